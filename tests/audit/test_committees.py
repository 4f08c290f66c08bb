"""Findings about committees: kept as long as they hold, weighed by the profile of the committee, and about nobody's dossier."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.audit.above import said_about_committees
from generator.audit.audit import Audit, run_audit
from generator.diagnostics import JishiError
from generator.records import look
from tests.audit.case_files import Case, build

COMMITTEE = "data/cs/committee.yaml"
FILES = {
    COMMITTEE: "name: 计算机学院党委\ntype: party_committee\nmay_approve: true\nprofile: inspected\n",
    "schema/profiles/inspected.yaml": "id: inspected\ntitle: 检查制度\nsettings: {committee_inspection_months: 6}\n",
}
LAST = {"step": "inspection", "date": "2020-11-06", "by": "1995003", "result": "passed"}
IN_TIME, TOO_LATE = date(2021, 5, 6), date(2021, 5, 7)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("JISHI_CACHE", raising=False)
    monkeypatch.setattr(look, "KEPT_FROM", 1)
    (tmp_path / "root").mkdir()
    build(Case("-", "-", {"until": "talk", "add": [LAST], "files": dict(FILES)}), tmp_path / "root")
    return tmp_path / "root"


def codes(audit: Audit) -> list[str]:
    return [finding.code for finding in audit.findings]


def test_what_is_kept_is_given_up_on_the_day_it_turns(root: Path) -> None:
    assert codes(run_audit(root, IN_TIME)) == []
    assert list((root.parent / "cache").rglob("*")), "nothing is kept"
    assert codes(run_audit(root, IN_TIME)) == []
    assert codes(run_audit(root, TOO_LATE)) == ["DEV122"]
    assert codes(run_audit(root, IN_TIME)) == []


def test_the_day_on_which_it_turns_is_known(root: Path) -> None:
    audit = run_audit(root, IN_TIME)
    assert said_about_committees(audit.corpus, audit.definitions, IN_TIME).until == TOO_LATE
    said = said_about_committees(audit.corpus, audit.definitions, TOO_LATE)
    assert ([finding.code for finding in said.findings], said.until) == (["DEV122"], None)


def test_an_inspection_still_to_come_turns_it_too(root: Path) -> None:
    path = root / "data/cs/events/2021-06-01-inspection.yaml"
    path.parent.mkdir()
    path.write_text('step: inspection\ndate: 2021-06-01\npeople: {"2020000001": {result: passed}}\n', encoding="utf-8")
    audit = run_audit(root, TOO_LATE)
    assert codes(audit) == ["DEV122"]
    assert said_about_committees(audit.corpus, audit.definitions, TOO_LATE).until == date(2021, 6, 1)
    assert codes(run_audit(root, date(2021, 6, 1))) == []


def test_it_stands_in_the_file_of_the_committee_and_names_the_last_inspection(root: Path) -> None:
    (finding,) = run_audit(root, TOO_LATE).findings
    assert (finding.place.path, finding.person, finding.span.line if finding.span else None) == (COMMITTEE, None, 1)
    (related,) = finding.related
    assert related.span is not None
    assert "上一次检查是 2020-11-06" in finding.message


def test_it_is_nobodys_own(root: Path) -> None:
    audit = run_audit(root, TOO_LATE)
    assert len(audit.assessments) > 3
    assert all(not audit.findings_of(id) for id in audit.assessments)


def test_a_committee_under_unknown_rules_is_refused(root: Path) -> None:
    path = root / COMMITTEE
    path.write_text(path.read_text(encoding="utf-8").replace("inspected", "nowhere"), encoding="utf-8")
    with pytest.raises(JishiError, match="没有地方规则“nowhere”"):
        run_audit(root, TOO_LATE)
