"""目录: one paper, one line, whether it is printed here, lies beside, or both; what is still to be signed says so."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from generator.audit.assessment import Assessment
from generator.audit.audit import Audit
from generator.definitions.papers import Material
from generator.definitions.shipped import shipped_root
from generator.definitions.source import shelf_for
from generator.diagnostics import Diagnostic, Place, Severity
from generator.prints.page import PrintTemplates
from generator.procedure.progress import PaperState
from generator.records.model import Person
from generator.views.chosen_forms import wanted
from generator.views.contents import ContentsLine, bind
from generator.views.desk import DossierDesk
from generator.views.enclosed import belongs, is_recorded, left_aside
from generator.views.ledger import Holding
from generator.views.material_list import list_materials
from generator.views.review import review_of
from generator.views.sheet import Sheet
from tests.prints.college import WHOLE

PROJECT = Path(__file__).parents[2]
REGISTER, LIST, REPORTS = "M15", "M45", "report"
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


def test_papers_on_record_that_nothing_counts_are_named_on_the_review_sheet(audit: Audit) -> None:
    """Those of an earlier application: in no list of the dossier, and not dropped in silence."""
    known, materials = audit.assessments[WHOLE], audit.definitions.materials
    assert not left_aside(known.person, known.progress.papers, audit.as_of)
    earlier = replace(known.progress.papers["M02"], places=())
    taken = replace(known, progress=replace(known.progress, papers={**known.progress.papers, "M02": earlier}))
    (paper,) = left_aside(taken.person, taken.progress.papers, audit.as_of)
    assert paper.code == "M02"
    assert not left_aside(taken.person, taken.progress.papers, date(2000, 1, 1))
    review = DossierDesk(audit, shelf_for(audit.root)).review(taken)
    (line,) = review.aside
    assert line == f"M02 {materials['M02'].title}　原件1份，登记在{paper.day}的记录里"
    html = PrintTemplates((shipped_root() / "templates" / "print",)).html("review.html", review=review)
    assert unescape(html).count(line) == 1
    assert "没有计入的材料" not in PrintTemplates((shipped_root() / "templates" / "print",)).html(
        "review.html", review=replace(review, aside=())
    )


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


def with_list_recorded(audit: Audit, originals: int) -> Assessment:
    """The person of the whole story, the list of papers signed and in the folder, or asked for and not there."""
    known = audit.assessments[WHOLE]
    state = "present" if originals else "missing"
    recorded = PaperState(LIST, state, True, REPORTS, originals=originals)
    papers = {**known.progress.papers, LIST: recorded}
    return replace(known, progress=replace(known.progress, papers=papers))


def test_the_list_of_papers_is_one_line_also_when_its_original_lies_beside(audit: Audit) -> None:
    taken = with_list_recorded(audit, originals=1)
    desk = DossierDesk(audit, shelf_for(audit.root))
    dossier, _ = desk.compile(taken)
    (line,) = (line for line in dossier.contents if "完整性审核" in line.title)
    assert (line.title, line.anchor, line.remark) == (dossier.papers.heading, "papers", "本册印制；原件随卷")
    holding = Holding.of(taken.progress, audit.definitions.materials, desk.forms)
    assert LIST in holding.codes
    assert dossier.papers.loose.startswith(f"{len(holding.here)}种：")
    assert len([line for line in dossier.contents if "随卷" in line.remark]) == len(holding.here)


def test_the_list_of_papers_is_to_be_signed_until_it_is_recorded(audit: Audit) -> None:
    """目录, 材料清单, 备考表 and ledger agree on what is to be signed, and on what is missing."""
    taken = with_list_recorded(audit, originals=0)
    materials = audit.definitions.materials
    desk = DossierDesk(audit, shelf_for(audit.root))
    dossier, _ = desk.compile(taken)
    (line,) = (line for line in dossier.contents if line.anchor == "papers")
    assert line.remark == "本册印制，待签"
    holding = Holding.of(taken.progress, materials, desk.forms)
    assert LIST in [state.code for state in holding.unsigned]
    assert dossier.papers.unsigned == tuple(materials[state.code].title for state in holding.unsigned)
    assert dossier.papers.missing == tuple(materials[state.code].title for state in holding.missing)
    assert f"待签 {'、'.join(state.code for state in holding.unsigned)}" in holding.gaps
    assert LIST not in "、".join(state.code for state in holding.missing)


def test_the_ledger_reads_well_where_no_pages_are_recorded(audit: Audit) -> None:
    taken = with_list_recorded(audit, originals=0)
    holding = Holding.of(taken.progress, audit.definitions.materials)
    assert all(state.pages is None for state in holding.here)
    assert re.fullmatch(r"[1-9][0-9]*份\n＿＿页", holding.amount)
    counted = replace(holding.here[0], pages=3)
    assert replace(holding, here=(counted,)).amount == f"{counted.originals + counted.copies}份\n3页"
    assert replace(holding, here=(counted, holding.here[1])).amount.endswith("已记3页")
    assert replace(holding, here=()).amount == "0份"


def test_the_list_explains_the_words_in_it_and_no_others(audit: Audit, materials: dict[str, Material]) -> None:
    plain = list_materials(materials, {}, {REGISTER: THERE})
    assert plain.note == ""
    printed = list_materials(materials, {}, {REGISTER: MISSING}, unsigned=[REGISTER])
    assert printed.note.count("“") == 1
    assert "“待签”" in printed.note
    known = audit.assessments[WHOLE].progress.papers
    everything = list_materials(audit.definitions.materials, {}, known)
    labels = {paper.label for group in everything.groups for paper in group.papers}
    explained = set(re.findall("“(.+?)”", everything.note))
    assert explained
    assert explained <= labels


def test_no_register_is_printed_beside_its_original(audit: Audit) -> None:
    """One that was written and signed over years is the paper; 全程纪实表 is a running sheet, printed of every day."""
    known = audit.assessments[WHOLE]
    desk = DossierDesk(audit, shelf_for(audit.root))
    register, running = ([form for form in desk.forms if code in form.materials] for code in (REGISTER, "M00"))
    assert len(register) == len(running) == 1
    signed = PaperState("M00", "present", True, "apply", originals=1)
    with_original = replace(known.progress, papers={**known.progress.papers, REGISTER: THERE, "M00": signed})
    without = replace(known.progress, papers={**known.progress.papers, REGISTER: MISSING})
    assert not wanted(register[0], with_original)
    assert wanted(register[0], without)
    assert wanted(running[0], with_original)
