"""What is done, due, overdue, waiting or missing on a day; and what is found on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.definitions.model import After
from generator.diagnostics import Severity
from tests.procedure.world import SMALL_STEPS, World, codes, d, found, person, procedure, run, small_rules, state, step

START = (("ask", "2021-10-08"), ("chat", "2021-10-20"), ("choose", "2021-12-01"))
LOOKS = (("look", "2022-05-20"), ("look", "2022-11-10"))
ADMITTED = (*START, *LOOKS, ("meet", "2022-12-05"), ("confirm", "2023-01-10"))
RULES = small_rules()


@pytest.mark.parametrize(("chat", "late"), [("2021-11-08", False), ("2021-11-09", True)])
def test_the_last_day_of_the_month_is_in_time(chat: str, late: bool) -> None:
    progress = run(person(("ask", "2021-10-08"), ("chat", chat)), RULES, "2021-12-01")
    assert ("DEV004" in codes(progress)) == late


def test_a_late_day_is_told_with_its_numbers_and_places() -> None:
    finding = found(run(person(("ask", "2021-08-31"), ("chat", "2021-10-01")), RULES, "2021-12-01"), "DEV004")[0]
    assert finding.severity is Severity.ERROR
    assert finding.place.pointer == ("log", 1, "date")
    assert finding.related[0].place.pointer == ("log", 0, "date")
    assert finding.step == "chat"
    assert all(text in finding.message for text in ("2021-10-01", "2021-09-30", "2021-08-31"))


def test_a_clock_that_runs_and_then_runs_out() -> None:
    someone = person(("ask", "2021-10-08"))
    before, after = run(someone, RULES, "2021-11-08"), run(someone, RULES, "2021-11-09")
    assert state(before, "chat") == "due"
    assert before.steps["chat"].latest is not None
    assert before.steps["chat"].latest.day == d("2021-11-08")
    assert before.next_change == d("2021-11-09")
    assert not before.findings
    assert state(after, "chat") == "overdue"
    assert found(after, "DEV004")[0].place.pointer == ("log", 0, "date")
    assert [s.step.id for s in after.next_steps] == ["chat"]
    assert state(after, "choose") == "waiting"
    assert after.steps["choose"].waits_for == ("chat",)


def test_nobody_yet() -> None:
    progress = run(person(), RULES, "2021-11-08")
    assert progress.stage is None
    assert state(progress, "ask") == "due"
    assert state(progress, "chat") == "waiting"


def test_waiting_for_the_earliest_day() -> None:
    someone = person(*START, *LOOKS)
    early, ripe = run(someone, RULES, "2022-11-30"), run(someone, RULES, "2022-12-01")
    assert (state(early, "meet"), state(ripe, "meet")) == ("waiting", "due")
    assert early.steps["meet"].earliest is not None
    assert early.steps["meet"].earliest.day == d("2022-12-01") == early.next_change


def test_a_series_runs_is_due_and_overdue() -> None:
    someone = person(*START, ("look", "2022-05-20"))
    states = {day: state(run(someone, RULES, day), "look") for day in ("2022-06-01", "2022-10-20", "2022-11-20", "2022-11-21")}
    assert states == {"2022-06-01": "running", "2022-10-20": "due", "2022-11-20": "due", "2022-11-21": "overdue"}


@pytest.mark.parametrize(
    ("second", "severity"),
    [("2022-11-20", None), ("2022-11-21", "warning"), ("2022-12-05", "warning"), ("2022-12-06", "error")],
)
def test_gaps_of_a_series(second: str, severity: str | None) -> None:
    progress = run(person(*START, ("look", "2022-05-20"), ("look", second)), RULES, "2022-12-10")
    assert [f.severity.value for f in found(progress, "DEV014")] == ([severity] if severity else [])


def test_a_missing_step_is_told_once_where_it_is_first_presupposed() -> None:
    progress = run(person(("ask", "2021-10-08"), ("choose", "2021-12-01"), ("look", "2022-01-10")), RULES, "2022-02-01")
    assert state(progress, "chat") == "missing"
    assert [(f.step, f.place.pointer) for f in found(progress, "DEV101")] == [("chat", ("log", 1, "date"))]
    assert "DEV004" not in codes(progress)


def test_missing_steps_are_found_through_missing_ones() -> None:
    progress = run(person(("confirm", "2023-01-10")), RULES, "2023-02-01")
    assert {f.step for f in found(progress, "DEV101")} == {"ask", "chat", "choose", "look", "meet"}


def test_what_is_recorded_later_is_out_of_order_and_not_missing() -> None:
    progress = run(person(("ask", "2021-10-08"), ("choose", "2021-10-20"), ("chat", "2021-10-25")), RULES, "2022-02-01")
    assert "DEV101" not in codes(progress)
    finding = found(progress, "DEV100")[0]
    assert finding.place.pointer == ("log", 1, "date")
    assert finding.related[0].place.pointer == ("log", 2, "date")


def test_an_optional_step_is_never_asked_for_and_passed_through() -> None:
    progress = run(person(*START), RULES, "2022-01-01")
    assert state(progress, "extra") == "not_applicable"
    assert not progress.findings


def test_refusal_keeps_the_stage_and_the_step_open() -> None:
    progress = run(person(*START, *LOOKS, ("meet", "2022-12-05", {"result": "failed"})), RULES, "2022-12-20")
    assert progress.stage == "activist"
    assert state(progress, "meet") == "due"
    assert progress.steps["meet"].completed is None
    assert len(progress.steps["meet"].entries) == 1
    assert state(progress, "confirm") == "waiting"


def test_an_answer_stops_the_clock_even_when_it_is_no() -> None:
    progress = run(person(*START, *LOOKS, ("meet", "2022-12-05"), ("confirm", "2023-01-10", {"result": "failed"})), RULES, "2023-06-20")
    assert "DEV052" not in codes(progress)
    assert state(progress, "confirm") == "due"


def test_probation_counts_from_the_meeting() -> None:
    progress = run(person(*ADMITTED), RULES, "2023-02-01")
    assert progress.stage == "probationary"
    assert progress.stage_since == d("2022-12-05")
    assert progress.probation is not None
    assert progress.probation.expiry == d("2023-12-05")
    assert state(progress, "turn") == "waiting"
    assert state(run(person(*ADMITTED), RULES, "2023-12-05"), "turn") == "due"
    late = run(person(*ADMITTED), RULES, "2024-01-06")
    assert state(late, "turn") == "overdue"
    assert "DEV060" in codes(late)


def test_conversion_counts_from_the_expiry() -> None:
    someone = person(*ADMITTED, ("turn", "2023-12-08"), ("settle", "2024-01-10", {"outcome": "convert"}))
    progress = run(someone, RULES, "2024-02-01")
    assert (progress.stage, progress.stage_since) == ("full", d("2023-12-05"))
    assert not progress.findings


def test_an_extension_moves_the_expiry_and_reopens() -> None:
    log = (*ADMITTED, ("turn", "2023-12-08", {"months": 6}), ("settle", "2024-01-10", {"outcome": "extend"}))
    progress = run(person(*log), RULES, "2024-02-01")
    assert progress.stage == "probationary"
    assert progress.probation is not None
    assert (progress.probation.expiry, progress.probation.extended_months) == (d("2024-06-05"), 6)
    assert (state(progress, "turn"), state(progress, "settle")) == ("waiting", "waiting")
    early = run(person(*log, ("turn", "2024-06-04")), RULES, "2024-07-01")
    assert "DEV058" in codes(early)
    assert "DEV058" not in codes(run(person(*log, ("turn", "2024-06-05")), RULES, "2024-07-01"))
    unheld = run(person(*log, ("settle", "2024-07-01", {"outcome": "convert"})), RULES, "2024-08-01")
    assert "turn" in {f.step for f in found(unheld, "DEV101")}, "the meeting before the extension does not serve twice"


def test_cancellation_ends_the_procedure() -> None:
    progress = run(person(*ADMITTED, ("turn", "2023-12-08"), ("settle", "2024-01-10", {"outcome": "cancel"})), RULES, "2026-02-01")
    assert (progress.stage, progress.status) == (None, "cancelled")
    assert not progress.next_steps
    assert not progress.findings


def test_a_recorded_reason_lifts_the_limit() -> None:
    assert "DEV060" in codes(run(person(*ADMITTED, ("turn", "2024-01-06")), RULES, "2024-02-01"))
    assert "DEV060" not in codes(run(person(*ADMITTED, ("turn", "2024-01-06", {"late": {"cause": "person"}})), RULES, "2024-02-01"))


def test_nothing_is_due_while_suspended_and_lost_time_is_not_blamed() -> None:
    log = (("ask", "2021-10-08"), ("pause", "2021-10-20"))
    assert not run(person(*log), RULES, "2022-06-01").next_steps
    assert not run(person(*log), RULES, "2022-06-01").findings
    back = run(person(*log, ("resume", "2022-03-01")), RULES, "2022-06-01")
    assert state(back, "chat") == "due"
    assert not back.findings


def test_a_series_starts_again_after_a_suspension() -> None:
    log = (*START, ("pause", "2022-03-01"), ("resume", "2023-03-01"))
    progress = run(person(*log), RULES, "2023-08-01")
    assert "DEV014" not in codes(progress)
    assert progress.steps["look"].latest is not None
    assert progress.steps["look"].latest.day == d("2023-09-01")


def test_an_entry_while_out_of_the_procedure_is_told() -> None:
    progress = run(person(("ask", "2021-10-08"), ("pause", "2021-10-20"), ("chat", "2021-10-25")), RULES, "2022-01-01")
    assert [f.severity.value for f in found(progress, "DEV107")] == ["warning"]


def test_leaving() -> None:
    progress = run(person(*ADMITTED, ("go", "2023-03-01")), RULES, "2026-02-01")
    assert (progress.stage, progress.status, progress.next_steps) == (None, "left", ())
    assert not progress.findings


def test_a_stage_set_back_reopens_what_led_on() -> None:
    progress = run(person(*ADMITTED[:-1], ("adjust", "2023-01-05", {"to_stage": "applicant"})), RULES, "2023-01-06")
    assert progress.stage == "applicant"
    assert state(progress, "choose") == "due"
    assert state(progress, "meet") == "waiting"


def test_a_change_of_branch_may_restate_the_time() -> None:
    log = (*START, ("shift", "2022-03-01", {"from_branch": "ug-2", "to_branch": "ug-1", "counted_from": d("2022-02-01")}), *LOOKS)
    assert "DEV020" in codes(run(person(*log, ("meet", "2023-01-31")), RULES, "2023-02-01"))
    assert "DEV020" not in codes(run(person(*log, ("meet", "2023-02-01")), RULES, "2023-02-01"))


def test_a_new_application_opens_a_new_attempt() -> None:
    log = (("ask", "2019-10-08"), ("chat", "2019-12-20"), ("ask", "2021-10-08"), ("chat", "2021-10-20"))
    progress = run(person(*log), RULES, "2021-11-01")
    assert progress.attempt_start == d("2021-10-08")
    assert len(progress.steps["chat"].entries) == 1
    assert [f.place.pointer for f in found(progress, "DEV004")] == [("log", 1, "date")], "the earlier attempt is judged too"


def test_a_new_application_in_the_middle_is_told() -> None:
    progress = run(person(*START, ("ask", "2022-03-01")), RULES, "2022-03-10")
    assert [f.place.pointer for f in found(progress, "DEV110")] == [("log", 3, "date")]


def test_a_step_completed_twice_is_told() -> None:
    progress = run(person(("ask", "2021-10-08"), ("chat", "2021-10-20"), ("chat", "2021-10-21")), RULES, "2022-01-01")
    assert [f.place.pointer for f in found(progress, "DEV110")] == [("log", 2, "date")]


def test_later_entries() -> None:
    someone = person(("ask", "2021-10-08"), ("chat", "2021-10-20"))
    replay, today = run(someone, RULES, "2021-10-10"), run(someone, RULES, "2021-10-10", explicit=False)
    assert (replay.ignored_later, codes(replay)) == (1, set())
    assert [(f.code, f.severity.value, f.place.pointer) for f in today.findings] == [("DEV066", "error", ("log", 1, "date"))]
    assert state(today, "chat") == "due"
    assert today.next_change == d("2021-10-20")


def test_papers() -> None:
    copy = {"code": "M01", "kind": "copy", "pages": 2, "signed": False}
    log = (("ask", "2021-10-08", {"materials": [copy]}), ("chat", "2021-10-20", {"materials": ["M03"]}))
    progress = run(person(*log), RULES, "2021-11-01")
    papers = progress.papers
    assert list(papers) == ["M01", "M02", "M03"]
    assert (papers["M01"].state, papers["M01"].problems, papers["M01"].pages) == ("defective", ("复印件", "未签名"), 2)
    assert (papers["M02"].state, papers["M02"].required) == ("not_due", True)
    assert (papers["M03"].state, papers["M03"].required) == ("present", False)
    after = run(person(*START), RULES, "2022-01-01").papers
    assert (after["M01"].state, after["M02"].state) == ("missing", "not_kept")


def test_baseline_makes_earlier_steps_unknown() -> None:
    base = {"arrived": d("2022-03-01"), "status": "activist", "activist_since": d("2021-06-01"), "applied": d("2021-01-01")}
    progress = run(person(("look", "2022-06-01"), ("look", "2022-11-01"), ("meet", "2022-12-01"), baseline=base), RULES, "2022-12-02")
    assert not progress.findings
    assert {state(progress, s) for s in ("ask", "chat", "choose")} == {"unknown"}
    assert state(progress, "confirm") == "due"
    assert (progress.stage, progress.stage_since, progress.attempt_start) == ("activist", d("2021-06-01"), d("2021-01-01"))


def test_the_stated_start_counts_for_limits() -> None:
    base = {"arrived": d("2022-03-01"), "status": "activist", "activist_since": d("2022-01-10")}
    assert "DEV020" in codes(run(person(("look", "2022-06-01"), ("meet", "2022-12-01"), baseline=base), RULES, "2022-12-02"))


def test_arriving_on_probation() -> None:
    period = {"from": d("2021-06-01"), "to": d("2022-11-30")}
    base = {"arrived": d("2022-03-01"), "status": "probationary", "admitted": d("2021-06-01"), "probation": period}
    progress = run(person(baseline=base), RULES, "2022-12-02")
    assert progress.probation is not None
    assert (progress.probation.expiry, progress.probation.extended_months) == (d("2022-12-01"), 6)
    assert state(progress, "turn") == "due"


def test_what_comes_is_told_before_it_can_be_done() -> None:
    progress = run(person(*START, *LOOKS), RULES, "2022-11-30")
    assert [s.step.id for s in progress.coming_steps] == ["meet", "look"]
    assert not {s.step.id for s in progress.next_steps} & {"meet", "look"}


def test_a_full_member_has_nothing_due() -> None:
    base = {"arrived": d("2010-03-01"), "status": "full", "full_since": d("1999-06-01")}
    progress = run(person(baseline=base), RULES, "2022-12-02")
    assert (progress.stage, progress.next_steps, progress.findings) == ("full", (), ())


def test_former_branch_decides_what_applied_there() -> None:
    council = step("council", "activist", after=(After("meet"),), when={"committee.type": ("general_branch",)})
    steps = [replace(s, after=(*s.after, After("council"))) if s.id == "confirm" else s for s in SMALL_STEPS]
    rules = small_rules(procedure(*steps[:6], council, *steps[6:]))
    world = World(attributes={"committee.type": "general_branch"}, branches={"old": {"committee.type": "committee"}})
    assert "council" in {f.step for f in found(run(person(*ADMITTED), rules, "2023-03-01", world), "DEV101")}
    moved = run(person(*ADMITTED, ("shift", "2023-02-01", {"from_branch": "old"})), rules, "2023-03-01", world)
    assert not moved.findings


def test_a_strict_order_forbids_the_same_day() -> None:
    steps = [replace(s, after=(After("ask", strict=True, order="DEV025"),)) if s.id == "chat" else s for s in SMALL_STEPS]
    rules = small_rules(procedure(*steps))
    assert "DEV025" in codes(run(person(("ask", "2021-10-08"), ("chat", "2021-10-08")), rules, "2021-11-01"))
    assert "DEV025" not in codes(run(person(("ask", "2021-10-08"), ("chat", "2021-10-09")), rules, "2021-11-01"))
    assert not run(person(("ask", "2021-10-08"), ("chat", "2021-10-08")), RULES, "2021-11-01").findings
    waiting = run(person(("ask", "2021-10-08")), rules, "2021-10-08")
    assert (state(waiting, "chat"), waiting.next_change) == ("waiting", d("2021-10-09"))


def test_what_comes_before_the_first_application_belongs_to_it() -> None:
    progress = run(person(("chat", "2021-10-01"), ("ask", "2021-10-08")), RULES, "2021-11-01")
    assert [f.place.pointer for f in found(progress, "DEV100")] == [("log", 0, "date")]
    assert state(progress, "chat") == "done"


def test_only_the_first_answer_is_held_against_a_clock() -> None:
    log = (*START, *LOOKS, ("meet", "2022-12-05"), ("confirm", "2023-02-10", {"result": "failed"}), ("confirm", "2023-04-10"))
    assert "DEV052" not in codes(run(person(*log), RULES, "2023-05-01"))
    late = (*START, *LOOKS, ("meet", "2022-12-05"), ("confirm", "2023-04-10"))
    assert "DEV052" in codes(run(person(*late), RULES, "2023-05-01"))


def test_the_stated_probation_comes_before_the_stated_admission() -> None:
    base = {"arrived": d("2022-03-01"), "status": "probationary", "admitted": d("2021-06-20"), "probation": {"from": d("2021-06-01")}}
    progress = run(person(baseline=base), RULES, "2022-04-01")
    assert progress.probation is not None
    assert progress.probation.start == d("2021-06-01")


def test_a_stage_entered_again_counts_anew_and_only_from_then() -> None:
    again = (("adjust", "2022-12-20", {"to_stage": "applicant"}), ("choose", "2023-01-10"), ("look", "2023-05-01"))
    log = (*START, *LOOKS, ("meet", "2022-12-05"), *again)
    assert "DEV020" not in codes(run(person(*log), RULES, "2023-06-01")), "the meeting is judged by the stage of its time"
    early = run(person(*log, ("meet", "2023-06-05")), RULES, "2023-06-10")
    assert [f.place.pointer for f in found(early, "DEV020")] == [("log", 9, "date")]
