"""What the records in data/ show, and that they show nothing else: the demo is also the fixture of much else."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bench.college.sealed import SEALED
from generator.audit.audit import Audit, run_audit
from generator.diagnostics import Severity
from generator.privacy.armor import look_at
from generator.procedure.progress import StepState
from generator.records.model import Entry, Person

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 11, 20)
CHANGE = date(2026, 5, 18)
SCANS = {".pdf", ".png", ".jpg"}


@cache
def audit() -> Audit:
    return run_audit(ROOT, AS_OF)


def people() -> list[Person]:
    found = list(audit().corpus.people.values())
    assert len(found) > 100
    return found


def entries() -> list[Entry]:
    found = [entry for person in people() for entry in person.entries]
    assert len(found) > 1000
    return found


def readme() -> str:
    return (ROOT / "data" / "README.md").read_text(encoding="utf-8")


# ---- findings


def test_findings_are_exactly_the_documented_ones() -> None:
    documented: Counter[tuple[str, str]] = Counter()
    for code, number, person in re.findall(r"(?m)^\| (DEV\d{3})(?:（(\d+) 项）)? \| (\d+) \|", readme()):
        documented[code, person] += int(number or 1)
    assert 5 <= len(documented) <= 15
    assert Counter((finding.code, finding.person or "") for finding in audit().findings) == documented


def test_no_finding_is_an_error() -> None:
    assert [finding for finding in audit().findings if finding.severity is Severity.ERROR] == []


def test_something_is_due_and_two_or_three_things_are_overdue() -> None:
    states = Counter(step.state for one in audit().assessments.values() for step in one.progress.steps.values())
    assert states[StepState.DUE] >= 20
    assert 2 <= states[StepState.OVERDUE] <= 3


def test_the_waiver_is_used() -> None:
    waived = [finding.code for one in audit().assessments.values() for finding in one.waived]
    assert waived == ["DEV004"]


def test_one_person_has_tables_still_to_print_and_no_two_of_them_are_missing_for_one_reason() -> None:
    ((person, number),) = Counter(one.person for one in audit().findings if one.code == "DEV067").most_common(1)
    assert number == len({one.step for one in audit().findings if one.person == person})
    assert number >= 10
    assert f"jishi dossier {person}`" in readme()


# ---- coverage


def test_every_stage_and_status_is_shown() -> None:
    progress = [one.progress for one in audit().assessments.values()]
    assert {one.stage for one in progress} >= {"applicant", "activist", "target", "probationary", "full"}
    assert {one.status for one in progress} == {"active", "suspended", "closed", "left", "cancelled", "transferred"}


def test_every_step_of_the_procedure_occurs() -> None:
    steps = set(audit().definitions.steps)
    assert len(steps) > 45
    assert steps <= {entry.step for entry in entries()}


def test_every_phase_is_open_for_somebody() -> None:
    """In each national phase somebody has something to do now."""
    open_phases = {step.step.phase for one in audit().assessments.values() for step in one.progress.next_steps}
    assert open_phases >= {"application", "cultivation", "selection", "admission", "conversion"}


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("apply", "decision", "returned"),
        ("decide_activist", "result", "failed"),
        ("file_activist", "decision", "returned"),
        ("propose_target", "result", "failed"),
        ("consent_target", "decision", "returned"),
        ("consent_target", "decision", "filed"),
        ("consent_target", "decision", "agreed"),
        ("publicise_target", "result", "objected"),
        ("train_target", "exam", "failed"),
        ("preview", "result", "failed"),
        ("admission_meeting", "result", "failed"),
        ("approve_admission", "result", "failed"),
        ("conversion_meeting", "outcome", "convert"),
        ("conversion_meeting", "outcome", "extend"),
        ("conversion_meeting", "outcome", "cancel"),
        ("approve_conversion", "outcome", "cancel"),
        ("superior_talk", "role", "organiser"),
        ("superior_talk", "role", "committee_member"),
    ],
)
def test_every_way_out_is_shown(step: str, field: str, value: str) -> None:
    assert [entry for entry in entries() if entry.step == step and entry.get(field) == value]


@pytest.mark.parametrize(
    "field",
    ["excluded", "written", "attendance", "delay_reason", "late", "letters_waived", "objections", "ended", "items"],
)
def test_optional_detail_is_shown(field: str) -> None:
    assert [entry for entry in entries() if entry.get(field)]


def test_both_versions_and_the_change_between_them() -> None:
    spans = {}
    for person in people():
        days = [
            entry.date
            for entry in person.entries
            if entry.step in ("decide_activist", "list_target", "admission_meeting")
        ]
        if len(days) == 3:
            spans[person.id] = (min(days), max(days))
    assert any(last < CHANGE for _, last in spans.values())
    assert any(first < CHANGE <= last for first, last in spans.values())
    assert any(entry.date >= CHANGE for entry in entries() if entry.step == "list_target")
    assert any(date(2026, 5, 11) <= entry.date < CHANGE for entry in entries())


def test_people_with_a_history_a_second_attempt_and_a_former_number() -> None:
    assert {person.get("baseline.status") for person in people()} >= {"full", "probationary"}
    assert [person for person in people() if sum(entry.step == "apply" for entry in person.entries) == 2]
    assert [person for person in people() if person.get("former_ids")]
    assert [person for person in people() if person.get("former_names")]
    assert [person for person in people() if person.get("sanctions")]
    assert {person.get("category") for person in people()} == {
        "undergraduate",
        "postgraduate",
        "teacher",
        "staff",
        "retired",
    }


def test_a_long_log_and_almost_empty_ones() -> None:
    lengths = [sum(entry.event is None for entry in person.entries) for person in people()]
    assert max(lengths) >= 40
    assert 0 in lengths
    assert 1 in lengths


def test_facts_are_written_in_either_way() -> None:
    in_logs = {entry.step for entry in entries() if entry.event is None}
    in_events = {entry.step for entry in entries() if entry.event is not None}
    assert len(in_logs & in_events) >= 15


def test_some_events_concern_several_people() -> None:
    sizes = [len(event.people) for event in audit().corpus.events]
    assert len(sizes) > 100
    assert max(sizes) >= 8
    assert min(sizes) == 1


# ---- bodies


def test_branches_of_every_kind() -> None:
    branches = audit().corpus.branches.values()
    kinds = Counter(branch.fields["kind"] for branch in branches)
    assert kinds == {"undergraduate": 3, "postgraduate": 2, "teacher": 2, "staff": 1}
    assert {branch.fields["has_groups"] for branch in branches} == {True, False}


def test_a_branch_has_a_committee_exactly_when_it_is_big_enough() -> None:
    members = Counter(
        person.branch
        for person in people()
        if (progress := audit().assessments[person.id].progress).stage == "full" and progress.status == "active"
        if person.get("leaves") is None or person.get("leaves") > AS_OF
    )
    without = [branch for branch in audit().corpus.branches.values() if branch.fields["has_committee"] is False]
    assert len(without) == 1
    for branch in audit().corpus.branches.values():
        assert (members[branch.id] >= 7) is branch.fields["has_committee"], branch.id


def test_one_committee_may_not_approve_and_the_school_does() -> None:
    committees = audit().corpus.committees
    assert {committee.fields["type"] for committee in committees.values()} == {"party_committee", "general_branch"}
    barred = {name for name, committee in committees.items() if not committee.may_approve}
    assert len(barred) == 1
    approvals = [
        (person.committee, entry)
        for person in people()
        for entry in person.entries
        if entry.step.startswith("approve_")
    ]
    theirs = [entry.get("body") for committee, entry in approvals if committee in barred]
    assert len(theirs) >= 3
    assert set(theirs) == {"school"}


def test_officers_were_full_members_when_they_took_office() -> None:
    checked = 0
    corpus = audit().corpus
    boards = [body.fields["officers"] for body in corpus.branches.values()] + [
        body.fields["officers"] for body in corpus.committees.values()
    ]
    for officer in (officer for board in boards for officer in board):
        person = audit().corpus.people[officer["person"]]
        assert person.get("baseline.full_since") <= officer["from"]
        assert person.get("baseline.arrived") <= officer["from"]
        checked += 1
    assert checked > 80


def test_organisers_had_been_full_members_for_three_years() -> None:
    organisers = list(audit().corpus.organisers.values())
    assert len(organisers) == 6
    for organiser in organisers:
        since = audit().corpus.people[organiser.id].get("baseline.full_since")
        assert organiser.fields["full_since"] == since
        assert since.replace(year=since.year + 3) <= organiser.fields["appointed"]


# ---- people


def test_unusual_names_are_each_there_once() -> None:
    names = [person.name for person in people()]
    for character in "䶮𬭎堃喆㛃":
        assert sum(character in name for name in names) == 1, character
    assert sum("·" in name for name in names) == 2
    assert [name for name in names if name.startswith(("上官", "司徒"))]
    assert len(set(names)) == len(names)


def test_nothing_looks_like_a_private_number() -> None:
    files = [path for path in (ROOT / "data").rglob("*") if path.is_file()]
    assert len(files) > 500
    for path in files:
        if path.suffix in SCANS:
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?!\d)", text), path


def test_papers_of_one_person_are_scanned_and_the_files_are_there() -> None:
    named = {
        (Path(person.path).parent / paper["scan"]).as_posix()
        for person in people()
        for entry in person.entries
        for paper in entry.get("materials") or ()
        if isinstance(paper, dict) and "scan" in paper
    }
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*") if path.suffix in SCANS}
    assert named == files
    assert {Path(path).suffix for path in files} == SCANS
    assert "样张" in readme()


def test_two_people_have_sealed_values_and_the_readme_says_who() -> None:
    sealed = {path.stem: path for path in (ROOT / "data").rglob("*.age")}
    assert sealed.keys() == set(SEALED)
    assert len(sealed) == 2
    for id, path in sealed.items():
        assert path.with_suffix(".yaml").relative_to(ROOT).as_posix() == audit().corpus.people[id].path
        assert (look_at(path.read_bytes()).state, look_at(path.read_bytes()).recipients) == ("sealed", 1)
        assert id in readme().partition("密封")[0].splitlines()[-1]


def test_the_readme_says_how_many_and_that_nobody_is_real() -> None:
    assert f"{len(people())} 人" in readme()
    assert "编造" in readme()
