"""The dossier of one person: everything that is printed, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from generator.audit.assessment import Assessment
from generator.definitions.forms import Form
from generator.definitions.papers import Material
from generator.procedure.progress import Progress, StepState
from generator.views import headings
from generator.views.chosen_forms import lists_of_papers, to_be_signed, wanted
from generator.views.contents import UNSIGNED, Closing, ContentsLine, Leaf, bind, side_of
from generator.views.enclosed import Paper, ScanLeaf
from generator.views.fill import Filler
from generator.views.footer import whose
from generator.views.lookup import Subject
from generator.views.material_list import MaterialList, list_materials
from generator.views.sheet import Cell, Fact, Sheet
from generator.views.slice import Slice
from generator.views.wording import Wording, in_full

_STATUS = {
    "suspended": "已暂停",
    "closed": "已终止",
    "left": "已出党",
    "cancelled": "已取消预备党员资格",
    "transferred": "组织关系已转出",
    "stopped": "已停止党籍",
}


@dataclass(frozen=True, slots=True)
class CoverLine:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """`title` and `archive` go into the file's properties: no name of a person there.

    `leaves`: what is bound between 目录 and 材料清单, in archive order. Findings are no part of it (`views.review`).
    """

    id: str
    name: str
    title: str
    archive: str
    school: str
    branch: str
    heading: str
    as_of: date
    as_of_text: str
    digest: str
    cover: tuple[CoverLine, ...]
    contents: tuple[ContentsLine, ...]
    forms: tuple[Sheet, ...]
    scans: tuple[ScanLeaf, ...]
    leaves: tuple[Leaf, ...]
    papers: MaterialList
    remarks: tuple[Fact, ...]

    @property
    def whose(self) -> str:
        """In the footer."""
        return whose(self.name, self.id)

    @property
    def closing_sides(self) -> tuple[str, str]:
        """Sides of 材料清单 and 卷内备考表, in turn with what is bound before them."""
        return side_of(len(self.leaves)), side_of(len(self.leaves) + 1)


def stage_title(progress: Progress) -> str:
    """The stage with what became of it, such as 发展对象（已暂停）; empty before the first application."""
    title = next((stage.title for stage in progress.procedure.stages if stage.id == progress.stage), "")
    status = _STATUS.get(progress.status, "")
    return f"{title}（{status}）" if title and status else title or status


def compile_dossier(
    assessment: Assessment,
    subject: Subject,
    materials: Mapping[str, Material],
    sections: Mapping[str, str],
    forms: Sequence[Form],
    wording: Wording,
    own: Slice,
    enclosed: Mapping[str, Sequence[Paper]] = MappingProxyType({}),
    scans: Sequence[ScanLeaf] = (),
) -> Dossier:
    """Fills every form that belongs into the dossier and puts the sheets into archive order."""
    progress, person = assessment.progress, assessment.person
    filler = Filler(subject, wording, materials=materials, sections=sections)
    order = {code: material.order for code, material in materials.items()}
    chosen = sorted(
        (form for form in forms if wanted(form, progress)), key=lambda form: order.get(form.materials[0], 999)
    )
    sheets = tuple(filler.sheet(form) for form in chosen)
    elsewhere = any(step.state is StepState.UNKNOWN for step in progress.steps.values())
    unsigned = to_be_signed(progress, forms)
    papers = list_materials(materials, sections, progress.papers, elsewhere=elsewhere, unsigned=unsigned)
    listed = frozenset(code for form in lists_of_papers(forms) for code in form.materials)
    closing = (Closing(papers.heading, "papers", listed), Closing("卷内备考表", "remarks"))
    leaves, contents = bind(sheets, scans, materials, enclosed, progress.papers, closing, unsigned)
    school = subject.organisation.name
    archive = subject.committee.name
    return Dossier(
        id=person.id,
        name=person.name,
        title=f"{headings.DOSSIER}（{person.id}）",
        archive=archive,
        school=school,
        branch=subject.branch.name,
        heading=headings.DOSSIER,
        as_of=progress.as_of,
        as_of_text=in_full(progress.as_of),
        digest=own.shown,
        cover=(
            CoverLine("姓名", person.name),
            CoverLine("学号（工号）", person.id),
            CoverLine("所在支部", subject.branch.name),
            CoverLine("发展阶段", subject.stage or "尚未申请入党"),
            CoverLine("建档机构", archive),
        ),
        contents=contents,
        forms=sheets,
        scans=tuple(scans),
        leaves=leaves,
        papers=papers,
        remarks=_remarks(papers, len(sheets) + len(closing), scans),
    )


def _remarks(papers: MaterialList, printed: int, scans: Sequence[ScanLeaf]) -> tuple[Fact, ...]:
    return (
        Fact("本册印制", Cell(f"{printed}种")),
        Fact("装入扫描件", Cell(f"{len(scans)}件，共{sum(len(scan.pages) for scan in scans)}页" if scans else "无")),
        Fact("随卷材料", Cell(papers.loose)),
        Fact("缺少的材料", Cell("、".join(papers.missing) or "无")),
        Fact(UNSIGNED, Cell("、".join(papers.unsigned) or "无")),
        Fact("有缺陷的材料", Cell("、".join(papers.defective) or "无")),
        Fact("说明", Cell(), lines=7),
    )
