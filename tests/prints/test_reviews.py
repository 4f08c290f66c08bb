"""组织员审核单: beside the dossier, complete, an archival file like any other, and printed again only when it says something else."""

from __future__ import annotations

import shutil
from pathlib import Path

import page as validator
import pytest
from pypdf import PdfReader

from generator.audit.audit import Audit
from generator.prints.review_names import parted
from generator.prints.run import Report
from generator.views.paper_checks import paper_checks
from tests.prints.college import (
    GAPS,
    NAMES,
    NOTHING,
    OTHER,
    PRINTED,
    RARE,
    WHOLE,
    dossier,
    person_file,
    printed,
    review_sheet,
)

pytestmark = pytest.mark.usefixtures("drawn_once")


def pages_of(path: Path) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(path).pages]


def body(root: Path, person: str) -> str:
    return "".join(pages_of(review_sheet(root, person)))


def stamps(root: Path) -> dict[str, int]:
    """A print made anew is another file."""
    return {path.name: path.stat().st_ino for path in (root / "build" / "print").rglob("*.pdf")}


@pytest.fixture
def copy(college: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(college, tmp_path / "college"))


@pytest.mark.parametrize("person", [NOTHING, WHOLE])
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_conforms(college: Path, person: str, profile: str) -> None:
    result = validator.validate_pdf(str(review_sheet(college, person)), profile=profile)
    assert result.is_compliant, [(failure.rule_id, failure.message) for failure in result.failures]


@pytest.mark.parametrize("person", PRINTED)
def test_every_page_says_whose_it_is_and_that_it_is_not_archived(college: Path, person: str) -> None:
    pages = pages_of(review_sheet(college, person))
    assert pages
    for number, page in enumerate(pages, 1):
        assert "不归档" in page
        assert f"第{number}页共{len(pages)}页" in page
        assert f"{''.join(NAMES[person].split())}{person}" in page
    assert pages[-1].count("组织员签字") == 1
    properties = str(PdfReader(review_sheet(college, person)).metadata)
    assert person in properties
    assert NAMES[person] not in properties


def test_dossier_holds_nothing_of_it(audit: Audit, texts: dict[str, list[str]]) -> None:
    findings = audit.assessments[GAPS].findings
    assert findings
    dossier_text = "".join(texts[GAPS])
    assert not [finding for finding in findings if finding.code in dossier_text]
    assert "不归档" not in dossier_text
    assert "审核单" not in dossier_text


def test_lists_every_open_finding(audit: Audit, college: Path) -> None:
    findings = audit.assessments[GAPS].findings
    assert findings
    assert all(finding.code in body(college, GAPS) for finding in findings)


def test_says_what_to_look_for_on_paper(audit: Audit, college: Path) -> None:
    definitions, papers = audit.definitions, audit.assessments[WHOLE].progress.papers
    checks = paper_checks(definitions.materials, definitions.look, papers)
    assert len(checks) > 20
    text = body(college, WHOLE)
    assert all("".join(check.text.split()) in text for check in checks)


def test_names_nobody_else(college: Path) -> None:
    for person in PRINTED:
        assert NAMES[OTHER] not in body(college, person)


def test_a_finding_that_comes_prints_the_sheet_and_no_dossier(copy: Path) -> None:
    """A local rule is laid down: no record has changed."""
    before = stamps(copy)
    path = copy / "data" / "organisation.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "profile: wait-6-months\n", encoding="utf-8")
    result = dossier(copy, *PRINTED)
    assert result.exit_code == 0, result.output
    anew = {name for name, stamp in stamps(copy).items() if stamp != before[name]}
    assert anew
    assert all(name.endswith("-审核单.pdf") for name in anew)


def test_a_record_that_no_line_of_it_shows_prints_the_dossier_alone(copy: Path) -> None:
    before = stamps(copy)
    path = copy / person_file(RARE)
    path.write_text(path.read_text(encoding="utf-8").replace("山东诸城", "山东高密"), encoding="utf-8")
    result = dossier(copy, GAPS, RARE)
    assert result.exit_code == 0, result.output
    assert "审核单（组织员用，不归档）生成 0 份，未变 2 份" in result.output
    assert {name for name, stamp in stamps(copy).items() if stamp != before[name]} == {printed(copy, RARE).name}


def test_what_stops_both_prints_is_told_once(copy: Path) -> None:
    (copy / person_file(RARE)).write_text("name: [", encoding="utf-8")
    result = dossier(copy, RARE, GAPS)
    assert result.exit_code == 1
    assert result.output.count("无法读取，没有生成") == 1


def test_a_sheet_that_alone_fails_is_told() -> None:
    report = Report(
        [Path("1.pdf"), Path("1-审核单.pdf")],
        [Path("2.pdf")],
        [("3", "a", ""), ("3-审核单", "a", ""), ("2-审核单", "b", "")],
    )
    dossiers, reviews = parted(report)
    assert dossiers == Report([Path("1.pdf")], [Path("2.pdf")], [("3", "a", "")])
    assert reviews == Report([Path("1-审核单.pdf")], [], [("2-审核单", "b", "")])


def test_sheets_of_people_who_moved_are_dropped(copy: Path) -> None:
    assert review_sheet(copy, GAPS).exists()
    (copy / person_file(GAPS)).unlink()
    assert dossier(copy, "--branch", "ug-1").exit_code == 0
    assert not review_sheet(copy, GAPS).exists()
    assert not printed(copy, GAPS).exists()
    assert review_sheet(copy, RARE).exists()
