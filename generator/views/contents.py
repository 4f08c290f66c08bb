"""目录: what is bound into the dossier, on which pages, and what lies beside it, in archive order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from generator.definitions.papers import Material
from generator.procedure.progress import PaperState
from generator.views.enclosed import Paper, ScanLeaf, bound, is_there
from generator.views.sheet import Sheet

PRINTED = "本册印制"
UNSIGNED = f"{PRINTED}，待签"
"""Of a paper whose form is printed here, while no paper is recorded."""
_LOOSE = "随卷"


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """`anchor`: where the sheet begins in this document, empty for a paper that is only enclosed; `end`: where it ends, when its
    pages are counted in the layout.
    """

    title: str
    count: str
    pages: str
    anchor: str
    remark: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing bound into the dossier: a printed sheet or a scan. `side` alternates, so that pages can be counted by leaf."""

    sheet: Sheet | None
    scan: ScanLeaf | None
    side: str

    @property
    def end(self) -> str:
        """The anchor at the end of a printed sheet."""
        return end_of(self.sheet.anchor) if self.sheet else ""


def end_of(anchor: str) -> str:
    """The anchor of the end of a sheet."""
    return f"{anchor}-end"


@dataclass(frozen=True, slots=True)
class Closing:
    """A sheet that ends every dossier. `codes`: the papers that it is itself, whose originals may lie beside."""

    title: str
    anchor: str
    codes: frozenset[str] = frozenset()


def printed_line(title: str, anchor: str, remark: str = PRINTED) -> ContentsLine:
    """A sheet that is printed here, its pages counted in the layout."""
    return ContentsLine(title, "1", "", anchor, remark, end_of(anchor))


def bind(
    sheets: Sequence[Sheet],
    scans: Sequence[ScanLeaf],
    materials: Mapping[str, Material],
    papers: Mapping[str, Sequence[Paper]],
    states: Mapping[str, PaperState],
    closing: Sequence[Closing],
    unsigned: Collection[str] = (),
) -> tuple[tuple[Leaf, ...], tuple[ContentsLine, ...]]:
    """What is bound, and the 目录 of it: of each paper the printed form, its scans, then what only lies beside the book.

    A form that is printed and whose paper lies beside as well is one paper, so one line. `unsigned`: codes of which only the form
    is there.
    """
    leaves: list[Leaf] = []
    lines: list[ContentsLine] = []
    known = {material.code for material in materials.values()}
    at_end = frozenset[str]().union(*(each.codes for each in closing))
    lying: dict[str, _Beside] = {}
    for material in sorted(materials.values(), key=lambda material: material.order):
        printed = [sheet for sheet in sheets if sheet.code == material.code]
        beside = _beside(material, states.get(material.code), papers.get(material.code, ()))
        for sheet in printed:
            leaves.append(_leaf(leaves, sheet=sheet))
            lines.append(printed_line(sheet.title, sheet.anchor, _remark(beside, material.code in unsigned)))
        for scan in (scan for scan in scans if scan.code == material.code):
            leaves.append(_leaf(leaves, scan=scan))
            count = str(scan.paper.count)
            lines.append(ContentsLine(scan.title, count, str(len(scan.pages)), scan.anchor, scan.remark))
        if beside is not None and material.code in at_end:
            lying[material.code] = beside
        elif beside is not None and not printed:
            lines.append(beside.line)
    for sheet in (sheet for sheet in sheets if sheet.code not in known):
        leaves.append(_leaf(leaves, sheet=sheet))
        lines.append(printed_line(sheet.title, sheet.anchor))
    for each in closing:
        original = next((lying[code] for code in sorted(each.codes) if code in lying), None)
        remark = _remark(original, not each.codes.isdisjoint(unsigned))
        lines.append(printed_line(each.title, each.anchor, remark))
    return tuple(leaves), tuple(lines)


def side_of(number: int) -> str:
    """The side of the so-manieth thing that is bound, from 0."""
    return "ab"[number % 2]


def _leaf(before: Sequence[Leaf], sheet: Sheet | None = None, scan: ScanLeaf | None = None) -> Leaf:
    return Leaf(sheet, scan, side_of(len(before)))


@dataclass(frozen=True, slots=True)
class _Beside:
    """The papers of one material of which no scan is bound in."""

    title: str
    count: int
    pages: int
    kind: str
    remark: str

    @property
    def line(self) -> ContentsLine:
        return ContentsLine(self.title, str(self.count), str(self.pages or ""), "", f"{_LOOSE}{self.remark}")

    @property
    def in_short(self) -> str:
        """Behind the remark on the printed form."""
        number = f"{self.count}份" if self.count > 1 else ""
        return f"{self.kind}{number}{_LOOSE}{self.remark}"


def _remark(beside: _Beside | None, unsigned: bool) -> str:
    """Of a form that is printed here."""
    if beside is not None:
        return f"{PRINTED}；{beside.in_short}"
    return UNSIGNED if unsigned else PRINTED


def _beside(material: Material, state: PaperState | None, papers: Sequence[Paper]) -> _Beside | None:
    """None when nothing lies beside the book that belongs into it."""
    if state is None or not is_there(material, state):
        return None
    left = [paper for paper in papers if not bound(paper, material)]
    copies = sum(paper.count for paper in left if paper.copy) if papers else state.copies
    count = sum(paper.count for paper in left) if papers else state.originals + state.copies
    if count == 0:
        return None
    pages = sum(paper.pages or 0 for paper in left) if papers else state.pages or 0
    kind = "复印件" if copies == count else "原件和复印件" if copies else "原件"
    remark = "；扫描件涉及他人，未装入" if any(paper.scan and paper.shared for paper in left) else ""
    title = material.title if len(left) == len(papers) or not papers else f"{material.title}（其余）"
    return _Beside(title, count, pages, kind, remark)
