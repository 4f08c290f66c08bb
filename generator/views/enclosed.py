"""The papers in a person's folder, one by one, as the entries list them; and the scans that are bound into the dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from generator.definitions.papers import Material
from generator.diagnostics import JishiError, Place
from generator.procedure.progress import PaperState
from generator.records.model import Entry, Person
from generator.views.wording import in_full

_IN_DOSSIER = "dossier"
_RECORDED = frozenset(("present", "defective"))


class ScanFile(Protocol):
    """A scan that was looked at: `wide` says of each page whether it lies on its side."""

    @property
    def digest(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def wide(self) -> tuple[bool, ...]: ...

    @property
    def is_pdf(self) -> bool: ...


ReadScan = Callable[[str, Place], ScanFile]
"""From the path as the record writes it, and where it is written. Raises `JishiError`."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One item of `materials`. `pages` as recorded; `place`: where its scan is named, or the item itself stands.

    `shared`: written for all the people of an event, so that its scan may show somebody else's part.
    """

    code: str
    day: str
    place: Place
    count: int = 1
    copy: bool = False
    pages: int | None = None
    scan: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class ScanPage:
    """`url`: how the printed page names the picture; it holds the digest, so that another scan makes another print."""

    number: int
    wide: bool
    url: str


def scan_url(digest: str, number: int) -> str:
    """The name of the picture of a page of a scan."""
    return f"jishi:scan/{digest}/{number}"


@dataclass(frozen=True, slots=True)
class ScanLeaf:
    """The pages of one scan. `digest` is the SHA-256 of the file, `path` where it lies, from the root of the records."""

    anchor: str
    code: str
    title: str
    paper: Paper
    digest: str
    path: str
    pages: tuple[ScanPage, ...]
    file: ScanFile = field(repr=False, compare=False)

    @property
    def fills(self) -> bool:
        """Whether the pictures fill the sheet: an image does not say how large the paper was, a page of a PDF does."""
        return not self.file.is_pdf

    @property
    def remark(self) -> str:
        """Says so when the record counts other pages than the scan has."""
        kind = "复印件" if self.paper.copy else "原件"
        told = f"扫描件；{kind}随卷"
        if self.paper.pages is not None and self.paper.pages != len(self.pages):
            told += f"；记录为{self.paper.pages}页"
        return told


def papers_of(
    person: Person, states: Mapping[str, PaperState], shared: Callable[[Entry], bool]
) -> dict[str, tuple[Paper, ...]]:
    """By code, in the order in which they arose. `shared`: whether the entry's list of papers is that of several people."""
    counted = _counted(states)
    found: dict[str, list[Paper]] = {}
    for entry, item, place in _listed(person):
        if place in counted:
            paper = _paper(item, place, entry, shared(entry))
            found.setdefault(paper.code, []).append(paper)
    return {code: tuple(papers) for code, papers in found.items()}


def left_aside(person: Person, states: Mapping[str, PaperState], as_of: date) -> tuple[Paper, ...]:
    """Papers on record that no list counts, such as those of an earlier application, in the order in which they arose."""
    counted = _counted(states)
    return tuple(
        _paper(item, place, entry, False)
        for entry, item, place in _listed(person)
        if place not in counted and entry.date <= as_of
    )


def _counted(states: Mapping[str, PaperState]) -> set[Place]:
    return {place for state in states.values() for place in state.places}


def _listed(person: Person) -> Iterator[tuple[Entry, object, Place]]:
    for entry in sorted(person.entries, key=lambda entry: (entry.date, entry.event or "", str(entry.sources[0]))):
        items = entry.get("materials")
        for index, item in enumerate(items if isinstance(items, list | tuple) else ()):
            yield entry, item, entry.place(f"materials.{index}")


def _paper(item: object, place: Place, entry: Entry, shared: bool) -> Paper:
    day = in_full(entry.date)
    if not isinstance(item, Mapping):
        return Paper(str(item), day, place, shared=shared)
    scan, pages, count = item.get("scan"), item.get("pages"), item.get("count")
    return Paper(
        code=str(item.get("code")),
        day=day,
        place=place.child("scan") if scan else place,
        count=count if isinstance(count, int) and count > 0 else 1,
        copy=item.get("kind") == "copy",
        pages=pages if isinstance(pages, int) else None,
        scan=str(scan or ""),
        shared=shared,
    )


def bind_scans(
    papers: Mapping[str, Iterable[Paper]], materials: Mapping[str, Material], read: ReadScan
) -> tuple[ScanLeaf, ...]:
    """The scans of papers that belong into the dossier, in archive order.

    Raises `JishiError` with everything that is wrong with any of them: a dossier without a paper that the records say is
    there would be a false statement in an archive.
    """
    leaves: list[ScanLeaf] = []
    faults: list[JishiError] = []
    for material in sorted(materials.values(), key=lambda material: material.order):
        held = tuple(papers.get(material.code, ()))
        for paper in held:
            if not bound(paper, material):
                continue
            try:
                file = read(paper.scan, paper.place)
            except JishiError as error:
                faults.append(error)
                continue
            title = material.title if len(held) == 1 else f"{material.title}（{paper.day}）"
            pages = tuple(ScanPage(number, wide, scan_url(file.digest, number)) for number, wide in enumerate(file.wide, 1))
            anchor = f"scan-{len(leaves) + 1}"
            leaves.append(ScanLeaf(anchor, material.code, title, paper, file.digest, file.path, pages, file))
    if faults:
        messages = "；".join(fault.message for fault in faults)
        raise JishiError(
            f"扫描件有问题，没有生成：{messages}", "；".join(dict.fromkeys(fault.hint for fault in faults))
        )
    return tuple(leaves)


def bound(paper: Paper, material: Material) -> bool:
    """Whether the scan of a paper is bound in: not when others keep the paper, nor when it was made of several people."""
    return bool(paper.scan) and belongs(material) and not paper.shared


def belongs(material: Material) -> bool:
    """Whether the paper goes into the person's dossier at all; others stay with the branch or the committee."""
    return _IN_DOSSIER in material.keep


def is_recorded(state: PaperState) -> bool:
    """Whether the records list the paper, wherever it lies."""
    return state.state in _RECORDED


def is_there(material: Material, state: PaperState) -> bool:
    """Whether it lies in the person's folder: 目录, 材料清单, 备考表 and ledger count the same papers."""
    return is_recorded(state) and belongs(material)
