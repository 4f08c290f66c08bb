"""The entries that the handbook shows for copying: together they are one story, which the check accepts from end to end."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from generator.audit.audit import run_audit
from generator.audit.read import load_schemas
from generator.definitions.load import load_definitions
from generator.definitions.model import Procedure, Step
from generator.definitions.source import shelf_for
from generator.diagnostics import Severity
from generator.records.load import check_text
from generator.views.record_fields import RecordFields, without_numbers
from tests.site.repository import BRANCH, COMMITTEE, PROJECT, write_records

DEFINITIONS = load_definitions(PROJECT)
CURRENT = DEFINITIONS.procedures[-1]
STEPS = CURRENT.steps
ENDS = ("move", "leave_party", "lost_contact", "arrival_review", "defer_conversion")
"""Steps of another story: each ends this one, or belongs to somebody who came from elsewhere."""
MORE = {
    "inspect": ("2027-10-08", "2028-03-30"),
    "probation_inspect": ("2029-05-08",),
    "sponsor_opinion": ("2028-05-08",),
    "report": ("2027-04-08", "2027-07-08", "2027-10-09"),
}
"""What is done several times: the days of the other times."""

ORGANISATION = "name: 临川学院党委\nprofile: national\n"
OFFICERS = """\
officers:
- {function: secretary, person: "0000001", from: 2024-09-01}
- {function: organisation, person: "0000002", from: 2024-09-01}
- {function: publicity, person: "0000003", from: 2024-09-01}
"""
SUBJECT = """\
name: 卓书言
sex: 女
ethnicity: 汉族
born: 2006-03-09
category: undergraduate
league: {joined: 2020-05-04}
enrolled: 2025-09-01
leaves: 2029-07-01
log:
"""
MEMBER = """\
name: {}
sex: 男
ethnicity: 汉族
born: 1985-02-11
category: teacher
baseline: {{arrived: 2015-09-01, status: full, admitted: 2006-06-12, full_since: 2007-06-12}}
log: []
"""


@cache
def fields_of(version: str) -> RecordFields:
    return RecordFields.load(shelf_for(PROJECT), next(p for p in DEFINITIONS.procedures if p.id == version))


def example(step: Step, procedure: Procedure = CURRENT) -> str:
    return fields_of(procedure.id).example(step)


def told(root: Path, entries: list[str], as_of: str = "2030-03-01", branch: str = "ug-1") -> list[str]:
    """What the check says of a person whose log consists of these entries: errors and warnings."""
    files = {
        "organisation.yaml": ORGANISATION,
        "cs/committee.yaml": COMMITTEE,
        "cs/ug-1/branch.yaml": BRANCH + OFFICERS,
        "cs/ug-2/branch.yaml": BRANCH,
        f"cs/{branch}/people/2025010101.yaml": SUBJECT + "\n".join(entries) + "\n",
    }
    for number, name in enumerate(("钟允恪", "柏知微", "阮秉文", "褚怀瑾"), 1):
        files[f"cs/ug-1/people/000000{number}.yaml"] = MEMBER.format(name)
    write_records(root, files)
    found = run_audit(root, date.fromisoformat(as_of)).findings
    return [
        f"{d.code} {d.place.path} {d.span.line if d.span else 0} {d.message}"
        for d in found
        if d.severity in (Severity.ERROR, Severity.WARNING) and "2025010101" in d.place.path
    ]


def on(day: str, text: str) -> str:
    """The entry on another day, with an opinion of its own: what is written twice in the same words is a finding."""
    moved = re.sub(r"(?m)^  date: .*$", f"  date: {day}", text, count=1)
    return re.sub(r"(?m)^  opinion: (.*)$", rf"  opinion: \1；{day} 又有进步", moved)


def day_of(text: str) -> str:
    found = re.search(r"(?m)^  date: (\S+)$", text)
    assert found, text
    return found[1]


def story(*, without: tuple[str, ...] = ENDS, until: str = "9") -> list[str]:
    """The examples in the order of their days; a step with several times stands there as often."""
    texts = []
    for step in STEPS.values():
        if step.id in without or "committee.type" in step.when:
            continue
        text = example(step)
        texts += [text, *(on(day, text) for day in MORE.get(step.id, ()))]
    second = [text.replace('"0000002"', '"0000003"') if day_of(text) in MORE["sponsor_opinion"] else text for text in texts]
    return sorted((text for text in second if day_of(text) <= until), key=day_of)


def test_there_are_steps() -> None:
    assert all(len(procedure.steps) > 30 for procedure in DEFINITIONS.procedures)


@pytest.mark.parametrize("procedure", DEFINITIONS.procedures, ids=lambda procedure: procedure.id)
def test_every_example_is_a_valid_entry(procedure: Procedure) -> None:
    schemas = load_schemas(PROJECT, DEFINITIONS)
    assert len(procedure.steps) > 40
    for step in procedure.steps.values():
        text = example(step, procedure)
        found = check_text("person", f"name: 甲乙\nlog:\n{text}\n", schemas)
        assert [f"{step.id}: {f.message}" for f in found] == []
        assert text.startswith(f"- step: {step.id}\n")
        assert step.entry, step.id


def test_the_examples_are_one_story_without_a_fault(tmp_path: Path) -> None:
    told_of = story()
    assert len(told_of) > 45
    assert told(tmp_path, told_of) == []


def test_the_story_with_one_wrong_day_has_a_fault(tmp_path: Path) -> None:
    wrong = [on("2026-08-24", text) if text.startswith("- step: talk\n") else text for text in story()]
    assert any("DEV004" in line for line in told(tmp_path, wrong))


def arrival() -> str:
    """The example of a transfer, made one into the branch during the probation period."""
    return on("2028-09-04", example(STEPS["transfer"])).replace("out_prov_in", "in_from_prov").replace("2029-06-2", "2028-09-0")


def searches() -> list[str]:
    text = example(STEPS["follow_up"]).replace("result: reached", "result: unreached")
    return [on(day, text) for day in ("2029-08-20", "2029-11-12", "2030-01-07")]


@pytest.mark.parametrize("step", ENDS)
def test_the_examples_of_other_stories_have_no_fault(tmp_path: Path, step: str) -> None:
    """Each with what comes before it on the same line of time."""
    text = example(STEPS[step])
    before = story(without=(*ENDS, "transfer", "follow_up"), until=day_of(text))
    before += {"defer_conversion": [arrival()], "lost_contact": searches()}.get(step, [])
    assert told(tmp_path, [*before, text], day_of(text), "ug-2" if step == "move" else "ug-1") == []


def test_examples_are_dated_under_the_version_in_force() -> None:
    days = {step.id: day_of(example(step)) for step in STEPS.values()}
    assert len(days) > 40
    assert {key: day for key, day in days.items() if day < CURRENT.from_.isoformat()} == {}


def test_every_field_of_an_example_is_explained() -> None:
    fields = fields_of(CURRENT.id)
    for step in STEPS.values():
        notes = {note.name: note for note in fields.notes(step)}
        written = set(re.findall(r"(?m)^  ([a-z_]+):", fields.example(step)))
        assert written <= set(notes), step.id
        assert all(note.meaning for note in notes.values()), step.id
        assert {name for name, note in notes.items() if note.rare} == set(notes) - written, step.id


def test_fields_that_belong_to_a_sibling_step_are_left_out() -> None:
    fields = fields_of(CURRENT.id)
    assert "extension_months" in {note.name for note in fields.notes(STEPS["conversion_meeting"])}
    assert "extension_months" not in {note.name for note in fields.notes(STEPS["admission_meeting"])}


def test_numbers_of_people_become_placeholders() -> None:
    assert without_numbers('["2008017", "2010022", "2008017"]') == '["0000001", "0000002", "0000001"]'


def test_a_step_without_an_entry_of_its_own_gets_one_of_the_usual_fields() -> None:
    made = fields_of(CURRENT.id).made_up(STEPS["admission_meeting"])
    assert "\n  result: passed\n" in made
    assert "\n  body: general_meeting\n" in made
    assert "reason:" not in made
    assert "written:" not in made
