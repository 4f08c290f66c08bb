"""The shipped procedure: a proper path is clean on every day, and what comes next is what is due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from generator.procedure.progress import StepState
from tests.procedure.world import World, codes, d, found, only_2014, person, real_rules, run, state

BALLOTS = {"issued": 20, "returned": 20, "for": 18, "against": 1, "abstain": 1, "invalid": 0}
VOTE = {"due": 23, "present": 20, "ballots": BALLOTS, "result": "passed", "secret": True, "one_by_one": True}
SPONSORS = {"sponsors": [{"person": "a"}, {"person": "b"}]}
OPEN = (StepState.DUE, StepState.RUNNING)

UNDER_2014: list[tuple[str, str, dict[str, Any]]] = [
    ("apply", "2021-10-08", {"received": d("2021-10-09")}),
    ("talk", "2021-11-09", {"by": ["a"]}),
    ("recommend", "2021-11-20", {"method": "league"}),
    ("decide_activist", "2021-12-01", {"result": "passed"}),
    ("file_activist", "2021-12-20", {"decision": "filed"}),
    ("assign_contacts", "2021-12-21", {"contacts": ["a", "b"]}),
    ("inspect", "2022-05-30", {"by": "branch"}),
    ("inspect", "2022-11-20", {"by": "branch"}),
    ("collect_opinions", "2022-12-05", {}),
    ("propose_target", "2022-12-10", {"result": "passed"}),
    ("consent_target", "2022-12-20", {"decision": "filed"}),
    ("list_target", "2022-12-25", {}),
    ("assign_sponsors", "2023-01-05", SPONSORS),
    ("political_review", "2023-03-01", {"result": "passed"}),
    ("train_target", "2023-03-20", {"days": 3}),
    ("committee_review", "2023-04-01", {"result": "passed"}),
    ("preview", "2023-04-20", {"result": "passed"}),
    ("fill_book", "2023-04-25", {}),
    ("sponsor_opinion", "2023-04-26", {}),
    ("admission_meeting", "2023-05-10", VOTE),
    ("superior_talk", "2023-06-01", {}),
    ("approve_admission", "2023-06-20", {"result": "passed"}),
    ("join_group", "2023-06-22", {}),
    ("file_admission", "2023-07-01", {}),
    ("oath", "2023-07-01", {}),
    ("probation_inspect", "2023-11-20", {}),
    ("probation_inspect", "2024-04-20", {}),
    ("apply_conversion", "2024-04-28", {}),
    ("collect_opinions_conversion", "2024-05-08", {}),
    ("committee_review_conversion", "2024-05-09", {"result": "passed"}),
    ("conversion_meeting", "2024-05-12", {**VOTE, "outcome": "convert"}),
    ("approve_conversion", "2024-06-12", {"outcome": "convert", "effective": d("2024-05-10")}),
    ("archive", "2024-07-01", {"category": "member"}),
]
PUBLICITY = ("publicise_target", "2022-12-23", {"start": d("2022-12-19"), "result": "clear"})


def shifted(log: list[tuple[str, str, dict[str, Any]]], days: int) -> list[tuple[str, str, dict[str, Any]]]:
    """The same path so many days later."""

    def move(value: Any) -> Any:
        return value + timedelta(days=days) if hasattr(value, "isoformat") else value

    # The expiry of the probation period falls on the same day of the year, whatever the leap years between.
    return [(s, move(d(day)).isoformat(), {k: move(v) for k, v in more.items() if k != "effective"}) for s, day, more in log]


WORLD = World(members={"a": d("2010-01-01"), "b": d("2010-01-01")})


def test_a_proper_path_ends_clean() -> None:
    progress = run(person(*UNDER_2014), only_2014(), "2024-08-01", WORLD)
    assert not progress.findings
    assert progress.stages == {
        "applicant": d("2021-10-08"), "activist": d("2021-12-01"), "target": d("2022-12-25"),
        "probationary": d("2023-05-10"), "full": d("2024-05-10"),
    }  # fmt: skip
    assert not progress.next_steps


@pytest.mark.parametrize("number", range(1, len(UNDER_2014)))
def test_what_comes_next_is_due_on_its_day(number: int) -> None:
    step, day, _ = UNDER_2014[number]
    progress = run(person(*UNDER_2014[:number]), only_2014(), day, WORLD)
    assert not progress.findings
    assert progress.steps[step].state in OPEN


def test_a_path_under_2026_needs_the_publicity() -> None:
    log = [item if item[0] != "consent_target" else ("consent_target", "2022-12-18", item[2]) for item in UNDER_2014]
    at = next(i for i, item in enumerate(log) if item[0] == "list_target")
    days = 261 * 7
    world = World(members=WORLD.members)
    rules = real_rules()
    proper = run(person(*shifted([*log[:at], PUBLICITY, *log[at:]], days), born=d("2003-05-17")), rules, "2029-12-01", world)
    assert not [f for f in proper.findings if f.severity.value == "error"]
    without = run(person(*shifted(log, days)), rules, "2029-12-01", world)
    errors = [f for f in without.findings if f.severity.value == "error"]
    assert [(f.step, f.severity.value) for f in errors] == [("publicise_target", "error")]


def test_a_general_branch_reviews_before_the_approval() -> None:
    world = World(members=WORLD.members, attributes={"committee.type": "general_branch"})
    progress = run(person(*UNDER_2014), only_2014(), "2024-08-01", world)
    assert [(f.code, f.step) for f in progress.findings] == [("DEV053", "general_branch_review")]


def test_a_deferral_moves_the_last_day() -> None:
    log = UNDER_2014[:30]
    assert "DEV060" in codes(run(person(*log), only_2014(), "2024-06-11", WORLD))
    deferred = [*log, ("defer_conversion", "2024-05-11", {"until": d("2024-10-10"), "reason": "转入"})]
    assert "DEV060" not in codes(run(person(*deferred), only_2014(), "2024-11-10", WORLD))
    assert "DEV060" in codes(run(person(*deferred), only_2014(), "2024-11-11", WORLD))
    long = [*log, ("defer_conversion", "2024-05-11", {"until": d("2024-11-11"), "reason": "转入"})]
    assert [f.place.pointer for f in found(run(person(*long), only_2014(), "2024-06-01", WORLD), "DEV062")] == [("log", 30, "until")]


def test_no_probation_runs_before_the_approval() -> None:
    progress = run(person(*UNDER_2014[:20]), only_2014(), "2024-08-01", WORLD)
    assert progress.probation is None
    assert "DEV060" not in codes(progress)
    assert state(progress, "conversion_meeting") == "waiting"
    assert [f.severity.value for f in found(progress, "DEV052")] == ["error"]


def test_an_extension_asks_for_everything_of_the_second_discussion() -> None:
    log = list(UNDER_2014[:30])
    log += [
        ("conversion_meeting", "2024-05-12", {**VOTE, "outcome": "extend", "extension_months": 6}),
        ("approve_conversion", "2024-06-12", {"outcome": "extend"}),
    ]
    progress = run(person(*log), only_2014(), "2024-07-01", WORLD)
    assert not progress.findings
    assert progress.probation is not None
    assert progress.probation.expiry == d("2024-11-10")
    waiting = ("apply_conversion", "conversion_meeting", "approve_conversion")
    assert {state(progress, step) for step in waiting} == {"waiting"}
    assert state(run(person(*log), only_2014(), "2024-10-10", WORLD), "apply_conversion") == "due"


def test_every_mistake_has_its_code() -> None:
    def broken(step: str, day: str | None = None, **fields: Any) -> set[str]:
        log = [(s, day if s == step and day else when, {**more, **fields} if s == step else more) for s, when, more in UNDER_2014]
        return codes(run(person(*log), only_2014(), "2024-08-01", WORLD))

    assert broken("talk", "2021-11-10") == {"DEV004"}
    assert broken("assign_contacts", contacts=["a", "b", "c"]) >= {"DEV011"}
    assert broken("assign_sponsors", sponsors=[{"person": "a"}]) == {"DEV030"}
    assert broken("train_target", days=2) == {"DEV027"}
    assert broken("admission_meeting", ballots={**BALLOTS, "for": 11, "against": 8}) == {"DEV044"}
    assert broken("admission_meeting", present=11) >= {"DEV043"}
    assert broken("approve_admission", "2023-11-11") >= {"DEV052"}
    assert broken("approve_conversion", effective=d("2024-05-12")) == {"DEV064"}
    assert broken("conversion_meeting", "2024-05-09") >= {"DEV058"}
    assert broken("political_review", result="failed") == {"DEV034"}


def test_arrival_on_probation_leaves_what_follows_at_once_unknown() -> None:
    base = {"arrived": d("2024-01-10"), "status": "probationary", "admitted": d("2023-05-10")}
    progress = run(person(baseline=base), only_2014(), "2024-02-01", WORLD)
    assert {state(progress, step) for step in ("file_admission", "join_group", "oath")} == {"unknown"}
    assert state(progress, "probation_inspect") != "unknown"
    base = {"arrived": d("2024-01-10"), "status": "target", "target_since": d("2023-05-10"), "activist_since": d("2022-01-10")}
    progress = run(person(baseline=base), only_2014(), "2024-02-01", WORLD)
    assert state(progress, "political_review") != "unknown"


def test_no_paper_is_missing_of_a_series_that_has_only_begun() -> None:
    begun = person(*(entry for entry in UNDER_2014 if entry[0] != "inspect" and entry[1] <= "2021-12-21"))
    progress = run(begun, only_2014(), "2022-01-10", WORLD)
    assert state(progress, "inspect") == "running"
    assert progress.papers["M15"].state == "not_due"


def test_a_transfer_ends_the_duties_on_the_day_of_acceptance() -> None:
    log = (("transfer", "2024-06-10", {"route": "out_other_prov", "accepted": d("2024-07-09")}),)
    base = {"arrived": d("2023-09-01"), "status": "probationary", "admitted": d("2023-07-10")}
    someone = person(*log, baseline=base)
    under_way, gone = (run(someone, only_2014(), day) for day in ("2024-07-08", "2024-07-09"))
    assert (under_way.status, gone.status) == ("active", "transferred")
    assert under_way.next_change == d("2024-07-09")
    assert gone.stage == "probationary"
    assert under_way.next_steps
    assert not gone.next_steps


def test_what_leads_up_to_a_step_waits_as_long_as_that_step() -> None:
    """Article 13: opinions are heard about an activist of a year; only the meeting is judged by the year."""
    filed = [entry for entry in UNDER_2014 if entry[1] <= "2021-12-21"]
    before, after = (run(person(*filed), only_2014(), day, WORLD) for day in ("2022-11-30", "2022-12-01"))
    assert [state(each, "collect_opinions") for each in (before, after)] == ["waiting", "due"]
    earliest = before.steps["collect_opinions"].earliest
    assert earliest is not None
    assert earliest.day == d("2022-12-01")
    assert before.next_change is not None
    assert before.next_change <= d("2022-12-01")
    early = [("collect_opinions", "2022-11-01", {}) if entry[0] == "collect_opinions" else entry for entry in UNDER_2014]
    assert codes(run(person(*early), only_2014(), "2024-08-01", WORLD)) == codes(run(person(*UNDER_2014), only_2014(), "2024-08-01", WORLD))
