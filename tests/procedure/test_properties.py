"""Properties of `evaluate` over any combination of entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.procedure.evaluate import evaluate
from generator.procedure.progress import StepState
from generator.procedure.standing import standings
from generator.procedure.timeline import timeline_of
from generator.records.model import Entries, Person
from tests.procedure.world import World, d, entry, person, real_rules

RULES = real_rules()
STEPS = sorted({step for procedure in RULES.procedures for step in procedure.steps})
DAYS = st.dates(date(2013, 1, 1), date(2027, 12, 31))
PEOPLE = st.one_of(st.sampled_from(["a", "b", "p", "nobody", "2021030117"]), st.just({"name": "外人", "full_since": d("2010-01-01")}))
NUMBERS = st.integers(0, 40)
BALLOTS = st.fixed_dictionaries({}, optional=dict.fromkeys(("issued", "returned", "for", "against", "abstain", "invalid"), NUMBERS))
MATERIAL = st.one_of(
    st.sampled_from(sorted(RULES.materials)),
    st.fixed_dictionaries(
        {"code": st.sampled_from([*sorted(RULES.materials)[:5], "M99"])},
        optional={
            "kind": st.sampled_from(["original", "copy"]),
            "signed": st.booleans(),
            "count": NUMBERS,
            "defects": st.just(["altered"]),
        },
    ),
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "received": DAYS, "reported": DAYS, "start": DAYS, "effective": DAYS, "until": DAYS, "counted_from": DAYS, "issued": DAYS,
    "result": st.sampled_from(["passed", "failed", "clear", "objected"]), "decision": st.sampled_from(["accepted", "returned", "filed"]),
    "outcome": st.sampled_from(["convert", "extend", "cancel"]), "extension_months": st.integers(1, 12), "exam": st.just("failed"),
    "contacts": st.lists(PEOPLE, max_size=3), "sponsors": st.lists(st.fixed_dictionaries({"person": PEOPLE}), max_size=3),
    "due": NUMBERS, "present": NUMBERS, "ballots": BALLOTS, "secret": st.booleans(), "one_by_one": st.booleans(),
    "written": st.lists(st.fixed_dictionaries({"vote": st.sampled_from(["for", "against"])}), max_size=3),
    "days": NUMBERS, "hours": st.decimals(0, 40, places=1), "by": st.sampled_from(["branch", "contacts"]),
    "to_stage": st.sampled_from(["applicant", "activist", "target", "nonsense"]), "from_branch": st.sampled_from(["ug-1", "ug-2"]),
    "category": st.sampled_from(["applicant", "member"]), "materials": st.lists(MATERIAL, max_size=3), "delay_reason": st.just("疫情"),
    "late": st.just({"cause": "person"}),
}  # fmt: skip
ENTRY = st.tuples(st.sampled_from(STEPS), DAYS, st.fixed_dictionaries({}, optional=FIELDS))
BASELINE = st.fixed_dictionaries(
    {"arrived": DAYS, "status": st.sampled_from(["applicant", "activist", "target", "probationary", "full"])},
    optional={**dict.fromkeys(("applied", "activist_since", "target_since", "admitted", "full_since"), DAYS),
              "probation": st.fixed_dictionaries({}, optional={"from": DAYS, "to": DAYS})},
)  # fmt: skip
PERSON = st.fixed_dictionaries({}, optional={"baseline": BASELINE, "leaves": DAYS, "category": st.just("teacher")})
WORLD = World(members={"a": d("2010-01-01"), "b": d("2020-01-01")}, probationary={"p"})
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


LIKELY = ("result", "outcome", "extension_months", "ballots", "due")


@st.composite
def likely_paths(draw: st.DrawFn) -> list[tuple[str, date, dict[str, Any]]]:
    """Steps in procedure order with growing days, some left out: paths that look like real ones and reach far."""
    day = draw(st.dates(date(2014, 6, 1), date(2025, 1, 1)))
    log = []
    for step in RULES.procedures[0].steps:
        if draw(st.integers(0, 5)):
            fields = draw(st.fixed_dictionaries({}, optional={name: FIELDS[name] for name in LIKELY}))
            log.append((step, day, fields))
            day += timedelta(days=draw(st.integers(0, 70)))
        if step == "archive":
            break
    return log


LOGS = st.one_of(st.lists(ENTRY, max_size=25), likely_paths())


def build(log: list[tuple[str, date, dict[str, Any]]], fields: dict[str, Any]) -> Person:
    entries = tuple(entry(i, step, day.isoformat(), more) for i, (step, day, more) in enumerate(log))
    return replace(person(**fields), entries=Entries(entries))


@QUICK
@given(LOGS, PERSON, DAYS, st.booleans())
def test_it_never_raises_and_its_findings_are_whole(log: Any, fields: dict[str, Any], as_of: date, explicit: bool) -> None:
    someone = build(log, fields)
    progress = evaluate(someone, timeline_of(someone, RULES), RULES, WORLD, as_of, explicit)
    standings([someone], lambda _: RULES).on(someone.id, as_of)
    assert set(progress.steps) >= set(progress.procedure.steps)
    assert len(progress.timeline) + progress.ignored_later == len(log)
    assert progress.next_change is None or progress.next_change > as_of
    for finding in progress.findings:
        assert finding.message
        assert finding.person == someone.id
        assert finding.place.path == someone.path
    keys = [(f.code, f.place, f.step, f.message) for f in progress.findings]
    assert len(keys) == len(set(keys))
    for step in progress.steps.values():
        assert (step.state is StepState.OVERDUE) <= (step.latest is not None and step.latest.day < as_of)


@QUICK
@given(LOGS, PERSON, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_log_plays_no_part(log: Any, fields: dict[str, Any], as_of: date, random: Random) -> None:
    someone = build(log, fields)
    shuffled = list(someone.entries)
    random.shuffle(shuffled)
    other = replace(someone, entries=Entries(shuffled))
    one = evaluate(someone, timeline_of(someone, RULES), RULES, WORLD, as_of, True)
    assert one == evaluate(other, timeline_of(other, RULES), RULES, WORLD, as_of, True)


@QUICK
@given(LOGS, PERSON, DAYS)
def test_a_past_day_is_replayed_as_it_was(log: Any, fields: dict[str, Any], as_of: date) -> None:
    now = build(log, fields)
    then = replace(now, entries=Entries(e for e in now.entries if e.date <= as_of))
    replay = evaluate(now, timeline_of(now, RULES), RULES, WORLD, as_of, True)
    past = evaluate(then, timeline_of(then, RULES), RULES, WORLD, as_of, True)
    # What is ignored will count one day.
    assert replace(replay, ignored_later=0, next_change=past.next_change) == past
    open_ = evaluate(now, timeline_of(now, RULES), RULES, WORLD, as_of, False)
    assert open_.steps == past.steps
    assert [f for f in open_.findings if f.code != "DEV066"] == list(past.findings)
    assert sum(f.code == "DEV066" for f in open_.findings) == replay.ignored_later


@QUICK
@given(LOGS, PERSON, DAYS, st.integers(0, 400))
def test_nothing_changes_before_the_announced_day(log: Any, fields: dict[str, Any], as_of: date, days: int) -> None:
    someone = build([item for item in log if item[1] <= as_of], fields)
    timeline = timeline_of(someone, RULES)
    today = evaluate(someone, timeline, RULES, WORLD, as_of)
    later_day = as_of + timedelta(days=days)
    if today.next_change is not None and later_day >= today.next_change:
        return
    later = evaluate(someone, timeline, RULES, WORLD, later_day)
    assert {k: s.state for k, s in today.steps.items()} == {k: s.state for k, s in later.steps.items()}
    assert [(f.code, f.place, f.severity) for f in today.findings] == [(f.code, f.place, f.severity) for f in later.findings]


def test_amounts_of_any_kind_are_taken() -> None:
    someone = build([("train_target", d("2022-03-01"), {"hours": Decimal("23.5"), "days": 2})], {})
    findings = evaluate(someone, timeline_of(someone, RULES), RULES, WORLD, d("2022-03-02"), True).findings
    assert "DEV027" in {f.code for f in findings}
