"""Which version judges an entry, a missing step and an open clock; what is doubtful around the change."""

from __future__ import annotations

from dataclasses import replace

from generator.definitions.model import After
from generator.definitions.rules import Rules
from tests.procedure.world import SMALL_STEPS, codes, d, found, limit, person, procedure, run, small_rules, state, step

NOTICE = step("notice", "activist", after=(After("look"),))


def newer() -> Rules:
    """From 2026-05-18 (doubtful from 05-11) a notice comes before the meeting, and the meeting within a month of the look."""
    steps = []
    for each in SMALL_STEPS:
        if each.id == "meet":
            month = limit("meet-month", "within", "DEV041", ("look.date",), months=1)
            each = replace(each, after=(*each.after, After("notice")), limits=(*each.limits, month))
            steps.append(NOTICE)
        steps.append(each)
    later = procedure(*steps, id="new", version="2026", from_=d("2026-05-18"), uncertain_from=d("2026-05-11"))
    return small_rules(procedure(), later)


RULES = newer()
LOG = (("ask", "2024-10-08"), ("chat", "2024-10-20"), ("choose", "2024-12-01"), ("look", "2025-05-20"), ("look", "2025-11-10"))


def test_entries_before_the_change_are_judged_by_the_older_version() -> None:
    progress = run(person(*LOG, ("meet", "2026-05-10")), RULES, "2026-09-01")
    assert not {"DEV101", "DEV041", "DEV104"} & codes(progress)


def test_what_was_done_before_the_change_is_not_reopened() -> None:
    progress = run(person(*LOG, ("meet", "2026-05-10")), RULES, "2026-09-01")
    assert state(progress, "notice") == "not_applicable"
    assert state(progress, "meet") == "done"
    assert progress.procedure.id == "new"


def test_what_is_still_to_come_follows_the_newer_version() -> None:
    progress = run(person(*LOG, ("look", "2026-05-05")), RULES, "2026-05-20")
    assert state(progress, "notice") == "due"
    assert progress.steps["meet"].waits_for == ("notice",)


def test_a_step_missing_after_the_change_is_an_error() -> None:
    progress = run(person(*LOG, ("look", "2026-05-05"), ("meet", "2026-06-05")), RULES, "2026-09-01")
    assert [(f.step, f.severity.value) for f in found(progress, "DEV101")] == [("notice", "error")]


def test_a_limit_across_the_change_is_doubtful_only_where_the_versions_differ() -> None:
    log = (*LOG, ("look", "2026-05-05"), ("notice", "2026-05-20"))
    progress = run(person(*log, ("meet", "2026-06-06")), RULES, "2026-09-01")
    assert "DEV041" not in codes(progress)
    assert [(f.severity.value, f.place.pointer) for f in found(progress, "DEV104")] == [("info", ("log", 7, "date"))]
    assert "DEV041" in found(progress, "DEV104")[0].message
    both = run(person(*LOG, ("look", "2026-05-05"), ("meet", "2026-05-07"), ("confirm", "2026-08-08")), RULES, "2026-09-01")
    assert "DEV052" in codes(both), "both versions hold the same limit, so nothing is doubtful"


def test_a_limit_after_the_change_is_an_error() -> None:
    log = (*LOG, ("look", "2026-05-18"), ("notice", "2026-05-20"))
    assert "DEV041" in codes(run(person(*log, ("meet", "2026-06-19")), RULES, "2026-09-01"))


def test_the_days_between_issue_and_publication_are_doubtful() -> None:
    progress = run(person(*LOG, ("look", "2026-04-05"), ("meet", "2026-05-12")), RULES, "2026-05-13")
    assert not {"DEV101", "DEV041"} & codes(progress)
    doubts = found(progress, "DEV104")
    assert {f.step for f in doubts} == {"notice", "meet"}
    assert {f.severity.value for f in doubts} == {"info"}


def test_an_open_clock_across_the_change_is_not_overdue() -> None:
    progress = run(person(*LOG, ("look", "2026-05-05"), ("notice", "2026-05-20")), RULES, "2026-06-20")
    assert state(progress, "meet") == "due"
    assert "DEV104" in codes(progress)
    assert "DEV041" not in codes(progress)
    after = run(person(*LOG, ("look", "2026-05-18"), ("notice", "2026-05-20")), RULES, "2026-06-20")
    assert state(after, "meet") == "overdue"
    assert "DEV041" in codes(after)


def test_before_the_oldest_version_nothing_is_an_error() -> None:
    progress = run(person(("choose", "2013-03-08"), ("chat", "2013-12-20")), RULES, "2014-01-01")
    assert {f.severity.value for f in progress.findings} == {"info"}
    assert codes(progress) == {"DEV105"}
    assert any("DEV100" in f.message for f in progress.findings)


def test_the_next_version_is_a_day_of_change() -> None:
    assert run(person(*LOG, ("meet", "2026-01-10"), ("confirm", "2026-02-01")), RULES, "2026-05-01").next_change == d("2026-05-11")


def test_rules_of_a_layer_weigh_less() -> None:
    from generator.definitions.profile import Profile
    from generator.diagnostics import Severity

    local = limit("chat-week", "within", "DEV004", ("ask.date",), days=7, layer="local")
    steps = tuple(replace(s, limits=(local,)) if s.id == "chat" else s for s in SMALL_STEPS)
    someone = person(("ask", "2021-10-08"), ("chat", "2021-10-20"))
    assert [f.severity.value for f in run(someone, small_rules(procedure(*steps)), "2021-11-01").findings] == ["warning"]
    strict = Profile("x", "x", {}, severity={"DEV004": Severity.ERROR})
    assert [f.severity.value for f in run(someone, small_rules(procedure(*steps), profile=strict), "2021-11-01").findings] == ["error"]
    demanded = tuple(replace(s, optional=False, layer="platform") if s.id == "extra" else s for s in SMALL_STEPS)
    absent = run(person(*LOG), small_rules(procedure(*demanded)), "2025-11-11")
    assert [(f.step, f.severity.value) for f in found(absent, "DEV101")] == [("extra", "warning")]


def test_a_limit_only_the_older_version_has_is_doubtful_in_those_days() -> None:
    steps = tuple(replace(s, limits=()) if s.id == "chat" else s for s in SMALL_STEPS)
    later = procedure(*steps, id="new", from_=d("2026-05-18"), uncertain_from=d("2026-05-11"))
    rules = small_rules(procedure(), later)
    before = run(person(("ask", "2026-04-01"), ("chat", "2026-05-10")), rules, "2026-05-10")
    within = run(person(("ask", "2026-04-01"), ("chat", "2026-05-11")), rules, "2026-05-11")
    assert (codes(before), codes(within)) == ({"DEV004"}, {"DEV104"})
