"""A file that cannot be read is one fault, not the cause of many."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.audit.audit import Audit, run_audit
from generator.diagnostics import Diagnostic

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 20)
CAUTION = "没有读出"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


@pytest.fixture(scope="module")
def whole() -> Audit:
    return run_audit(ROOT, DAY)


def _new(audit: Audit, whole: Audit) -> list[Diagnostic]:
    known = {(one.code, one.place) for one in whole.findings}
    return [one for one in audit.findings if (one.code, one.place) not in known]


def test_what_an_unread_event_leaves_missing_says_so(root: Path, whole: Audit) -> None:
    path = max((root / "data/cs/cs-ug1/events").glob("*-admission_meeting.yaml"))
    path.write_text('step: admission_meeting\ndate: 2026-06-04\npeople: {"20: \n', encoding="utf-8")
    audit = run_audit(root, DAY)
    new = _new(audit, whole)
    assert [one.code for one in new if one.place.path.endswith(path.name)] == ["YML010"]
    follow = [one for one in new if not one.code.startswith("YML")]
    assert follow
    assert all(path.name in one.hint and CAUTION in one.hint for one in follow)
    elsewhere = [one for one in audit.findings if "/cs-ug1/" not in one.place.path]
    assert elsewhere
    assert not any(CAUTION in one.hint for one in elsewhere)
    someone = next(one.person for one in follow if one.person)
    assert any(CAUTION in one.hint for one in audit.findings_of(someone))


def test_a_detail_of_another_entry_is_not_blamed_on_it(root: Path, whole: Audit) -> None:
    path = max((root / "data/cs/cs-ug1/events").glob("*-admission_meeting.yaml"))
    path.write_text("step: [\n", encoding="utf-8")
    details = [one for one in run_audit(root, DAY).findings if one.code == "DEV116" and "/cs-ug1/" in one.place.path]
    assert details
    assert not any(CAUTION in one.hint for one in details)


@pytest.mark.parametrize("field", ["contacts", "sponsors"])
def test_nothing_is_held_against_whoever_could_not_be_read(root: Path, whole: Audit, field: str) -> None:
    named = {
        str(item if isinstance(item, str) else item.get("person"))
        for person in whole.corpus.people.values()
        for entry in person.entries
        for item in entry.fields.get(field) or ()
        if isinstance(item, str | dict)
    }
    people = sorted(named & whole.corpus.people.keys())
    assert len(people) > 3
    for id in people:
        (root / whole.corpus.people[id].path).write_text("name: [\n", encoding="utf-8")
    new = _new(run_audit(root, DAY), whole)
    assert {one.code[:3] for one in new if one.person in people} <= {"YML"}
    assert not [one for one in new if one.code in ("DEV012", "DEV013", "DEV031", "DEV047")]
