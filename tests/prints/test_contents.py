"""目录: one paper, one line, whether it is printed here, lies beside, or both; what is still to be signed says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.audit.audit import Audit
from generator.definitions.model import Material
from generator.definitions.source import shelf_for
from generator.diagnostics import Diagnostic, Place, Severity
from generator.procedure.progress import PaperState
from generator.records.model import Person
from generator.views.contents import ContentsLine, bind
from generator.views.desk import DossierDesk
from generator.views.enclosed import belongs, is_recorded
from generator.views.ledger import Holding
from generator.views.material_list import list_materials
from generator.views.review import review_of
from generator.views.sheet import Sheet
from tests.prints.college import WHOLE

PROJECT = Path(__file__).parents[2]
REGISTER = "M15"
SHEET = Sheet("activist_register", "form-activist_register", REGISTER, "培养教育考察登记表", ())
THERE = PaperState(REGISTER, "present", True, "inspect", originals=1)
MISSING = PaperState(REGISTER, "missing", True, "inspect")


@pytest.fixture(scope="module")
def materials(audit: Audit) -> dict[str, Material]:
    return {REGISTER: audit.definitions.materials[REGISTER]}


def lines(materials: dict[str, Material], state: PaperState, *sheets: Sheet, unsigned: str = "") -> list[ContentsLine]:
    _, found = bind(sheets, (), materials, {}, {REGISTER: state}, (), [unsigned])
    return list(found)


def test_a_form_whose_original_lies_beside_is_one_line(materials: dict[str, Material]) -> None:
    (line,) = lines(materials, THERE, SHEET)
    assert (line.anchor, line.count, line.remark) == (SHEET.anchor, "1", "本册印制；原件随卷")


def test_how_many_and_of_what_kind_lie_beside_a_form(materials: dict[str, Material]) -> None:
    (line,) = lines(materials, replace(THERE, originals=0, copies=2), SHEET)
    assert line.remark == "本册印制；复印件2份随卷"
    (line,) = lines(materials, replace(THERE, originals=1, copies=1), SHEET)
    assert line.remark == "本册印制；原件和复印件2份随卷"


def test_a_paper_without_a_form_lies_beside(materials: dict[str, Material]) -> None:
    (line,) = lines(materials, replace(THERE, originals=3, pages=7))
    assert (line.anchor, line.count, line.pages, line.remark) == ("", "3", "7", "随卷")


def test_a_form_without_a_paper_is_to_be_signed(materials: dict[str, Material]) -> None:
    assert [line.remark for line in lines(materials, MISSING, SHEET, unsigned=REGISTER)] == ["本册印制，待签"]
    assert [line.remark for line in lines(materials, MISSING, SHEET)] == ["本册印制"]
    assert lines(materials, MISSING) == []


def test_what_is_to_be_signed_is_not_missing(materials: dict[str, Material]) -> None:
    title = materials[REGISTER].title
    without = list_materials(materials, {}, {REGISTER: MISSING})
    assert (without.missing, without.unsigned) == ((title,), ())
    printed = list_materials(materials, {}, {REGISTER: MISSING}, unsigned=[REGISTER])
    assert (printed.missing, printed.unsigned, printed.defective) == ((), (title,), ())
    (paper,) = printed.groups[0].papers
    assert (paper.label, paper.remark, paper.ticked) == ("待签", "本册印制", False)
    assert "待签1种" in printed.summary
    assert "缺" not in printed.summary


def test_dossier_of_somebody_whose_forms_are_to_be_signed(audit: Audit) -> None:
    """目录, 材料清单 and 卷内备考表 say the same."""
    known = audit.assessments[WHOLE]
    papers = known.progress.papers
    assert papers[REGISTER].step
    lost = replace(papers[REGISTER], state="missing", originals=0, copies=0, places=())
    taken = replace(known, progress=replace(known.progress, papers={**papers, REGISTER: lost}))
    desk = DossierDesk(audit, shelf_for(audit.root))
    dossier, _ = desk.compile(taken)
    title = audit.definitions.materials[REGISTER].title
    assert title in dossier.papers.unsigned
    assert title not in dossier.papers.missing
    remarks = {fact.label: fact.value.text for fact in dossier.remarks}
    assert title in remarks["本册印制，待签"]
    assert title not in remarks["缺少的材料"]
    (sheet,) = (sheet for sheet in dossier.forms if sheet.code == REGISTER)
    assert [line.remark for line in dossier.contents if line.anchor == sheet.anchor] == ["本册印制，待签"]


def test_all_parts_count_the_same_papers(audit: Audit) -> None:
    """Papers that stay with the branch or the committee are in none of them."""
    known = audit.assessments[WHOLE]
    materials, states = audit.definitions.materials, known.progress.papers
    elsewhere = [code for code, state in states.items() if is_recorded(state) and not belongs(materials[code])]
    assert elsewhere
    desk = DossierDesk(audit, shelf_for(audit.root))
    dossier, _ = desk.compile(known)
    listed = [paper for group in dossier.papers.groups for paper in group.papers]
    assert not [paper.code for paper in listed if paper.ticked and paper.code in elsewhere]
    holding = Holding.of(known.progress, materials)
    ticked = {paper.code: (paper.originals, paper.copies) for paper in listed if paper.ticked}
    assert ticked == {state.code: (str(state.originals or ""), str(state.copies or "")) for state in holding.here}
    assert dossier.papers.loose.startswith(f"{len(holding.here)}种：原件{sum(s.originals for s in holding.here)}份")
    beside = [line for line in dossier.contents if "随卷" in line.remark]
    assert len(beside) == len(holding.here)


def found(message: str, step: str, hint: str = "补登记。", code: str = "DEV067") -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, Place("data/x.yaml"), message, hint=hint, step=step)


def test_findings_that_one_hint_settles_are_one_line(audit: Audit) -> None:
    known = audit.assessments[WHOLE]
    steps = list(known.progress.steps)[:3]
    findings = [found(f"第{number}项缺材料", step) for number, step in enumerate(steps)]
    findings += [found("另一种", steps[0], hint="另办。"), found("又一条", steps[0], code="DEV001")]
    person = known.person
    nobody: list[Person] = []
    review = review_of(
        replace(known, findings=tuple(findings)),
        audit.corpus.branches[person.branch],
        audit.corpus.committees[person.committee],
        lambda finding: nobody,
        (),
    )
    assert [(line.code, line.message) for line in review.findings] == [
        ("DEV001", "又一条"),
        ("DEV067", "另一种"),
        ("DEV067", "第0项缺材料；第1项缺材料；第2项缺材料"),
    ]
    assert all(line.where.startswith("data/x.yaml") for line in review.findings)
