"""目录: what is bound into the dossier, on which pages, and what lies beside it, in archive order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.definitions.model import Material
from generator.procedure.progress import PaperState
from generator.views.enclosed import IN_DOSSIER, Paper, ScanLeaf, bound
from generator.views.sheet import Sheet

PRINTED = "本册印制"
_LOOSE = "随卷"
_HERE = frozenset(("present", "defective"))


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


def printed_line(title: str, anchor: str) -> ContentsLine:
    """A sheet that is printed here, its pages counted in the layout."""
    return ContentsLine(title, "1", "", anchor, PRINTED, end_of(anchor))


def bind(
    sheets: Sequence[Sheet],
    scans: Sequence[ScanLeaf],
    materials: Mapping[str, Material],
    papers: Mapping[str, Sequence[Paper]],
    states: Mapping[str, PaperState],
    closing: Iterable[ContentsLine],
) -> tuple[tuple[Leaf, ...], tuple[ContentsLine, ...]]:
    """What is bound, and the 目录 of it: of each paper the printed form, its scans, then what only lies beside the book."""
    leaves: list[Leaf] = []
    lines: list[ContentsLine] = []
    known = {material.code for material in materials.values()}
    for material in sorted(materials.values(), key=lambda material: material.order):
        for sheet in (sheet for sheet in sheets if sheet.code == material.code):
            leaves.append(_leaf(leaves, sheet=sheet))
            lines.append(printed_line(sheet.title, sheet.anchor))
        for scan in (scan for scan in scans if scan.code == material.code):
            leaves.append(_leaf(leaves, scan=scan))
            count = str(scan.paper.count)
            lines.append(ContentsLine(scan.title, count, str(len(scan.pages)), scan.anchor, scan.remark))
        state = states.get(material.code)
        if state is not None and state.state in _HERE and IN_DOSSIER in material.keep:
            lines.extend(_beside(material, state, papers.get(material.code, ())))
    for sheet in (sheet for sheet in sheets if sheet.code not in known):
        leaves.append(_leaf(leaves, sheet=sheet))
        lines.append(printed_line(sheet.title, sheet.anchor))
    return tuple(leaves), (*lines, *closing)


def side_of(number: int) -> str:
    """The side of the so-manieth thing that is bound, from 0."""
    return "ab"[number % 2]


def _leaf(before: Sequence[Leaf], sheet: Sheet | None = None, scan: ScanLeaf | None = None) -> Leaf:
    return Leaf(sheet, scan, side_of(len(before)))


def _beside(material: Material, state: PaperState, papers: Sequence[Paper]) -> Iterable[ContentsLine]:
    """The papers of which no scan is bound in: one line."""
    left = [paper for paper in papers if not bound(paper, material)]
    count = sum(paper.count for paper in left) if papers else state.originals + state.copies
    if count == 0:
        return
    pages = sum(paper.pages or 0 for paper in left) if papers else state.pages or 0
    remark = f"{_LOOSE}；扫描件涉及他人，未装入" if any(paper.scan and paper.shared for paper in left) else _LOOSE
    title = material.title if len(left) == len(papers) else f"{material.title}（其余）"
    yield ContentsLine(title, str(count), str(pages) if pages else "", "", remark)
