"""One file to send to the printer: prints of many people one after another, with bookmarks, each beginning on a right-hand page.

For printing only: page tags and attachments stay behind in the single files, which are what is archived.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from io import BufferedWriter, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

from generator.diagnostics import JishiError
from generator.prints.endings import endings_held

_AT_ONCE = 1 << 20
"""The library writes a few bytes at a time."""


@dataclass(frozen=True, slots=True)
class Part:
    """One person's print; `group` and `title` are its bookmarks (branch, person)."""

    group: str
    title: str
    path: Path


@dataclass(frozen=True, slots=True)
class Joined:
    """`attached`: of each part what is attached to it, by file name: the records that it was printed from."""

    pages: int
    attached: Sequence[Mapping[str, bytes]]


def concatenate(parts: Sequence[Part], target: Path, *, title: str, day: date, duplex: bool) -> Joined:
    """Writes `target`. The same parts give the same bytes.

    `duplex`: blank pages are put in so that each part begins on an odd page.
    Raises `OSError`, and `JishiError` naming a part that cannot be read.
    """
    import pikepdf

    with ExitStack() as opened:
        made = opened.enter_context(pikepdf.new())
        bookmarks: dict[str, list[tuple[str, int, list[tuple[str, int]]]]] = {}
        attached: list[Mapping[str, bytes]] = []
        for part in parts:
            if duplex:
                _pad(made)
            start = len(made.pages)
            try:
                source = opened.enter_context(pikepdf.open(part.path))
                attached.append(_attached(source))
                sheets = _append(made, source)
            except pikepdf.PdfError as error:
                raise JishiError(f"{part.path} 不是完好的 PDF", "删除这个文件后重新运行。") from error
            bookmarks.setdefault(part.group, []).append((part.title, start, sheets))
        if duplex:
            _pad(made)
        _outline(made, bookmarks)
        _describe(made, title, day, duplex)
        with target.open("wb") as file:
            sink = _Sink(file)
            gathered: Any = BufferedWriter(sink, _AT_ONCE)
            # Raised in the midst of a write, an interrupt would end the whole process.
            with endings_held():
                made.save(gathered, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
                gathered.flush()
            sink.settle()
        return Joined(len(made.pages), attached)


def attachments(path: Path) -> Mapping[str, bytes]:
    """What is attached to a print, by file name."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        return _attached(pdf)


def _attached(pdf: Any) -> Mapping[str, bytes]:
    return {Path(name).name: pdf.attachments[name].get_file().read_bytes() for name in sorted(pdf.attachments)}


class _Sink(RawIOBase):
    """Writes through to a file. The library ends the whole process when a write fails: the error is kept and raised afterwards."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        if self.error is None:
            try:
                self._file.write(content)
            except OSError as error:
                self.error = error
        return len(content)

    def settle(self) -> None:
        """Raises what a write has failed with."""
        if self.error is None:
            self._file.flush()
        else:
            raise self.error


def _append(made: Any, source: Any) -> list[tuple[str, int]]:
    """Copies all pages; returns the bookmarks of the source with their pages in the new file, from 0."""
    start, where = len(made.pages), {page.objgen: index for index, page in enumerate(source.pages)}
    sheets = [(str(title), start + index) for title, index in _bookmarks(source.open_outline().root, where)]
    for page in source.pages:
        # Before the page is copied: whatever it names comes along.
        for key in ("/StructParents", "/Annots", "/Tabs"):
            if key in page:
                del page[key]
    made.pages.extend(source.pages)
    return sheets


def _bookmarks(items: Iterable[Any], where: dict[Any, int]) -> Iterator[tuple[str, int]]:
    for item in items:
        target = item.destination
        if target is not None and not isinstance(target, str) and target[0].objgen in where:
            yield item.title, where[target[0].objgen]
        yield from _bookmarks(item.children, where)


def _pad(made: Any) -> None:
    """An empty page where the next one would fall on the back of a leaf."""
    if len(made.pages) % 2:
        made.add_blank_page(page_size=_size(made.pages[-1]))


def _size(page: Any) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    return right - left, top - bottom


def _outline(made: Any, bookmarks: dict[str, list[tuple[str, int, list[tuple[str, int]]]]]) -> None:
    from pikepdf import OutlineItem

    with made.open_outline() as outline:
        for group, people in bookmarks.items():
            branch = OutlineItem(group, people[0][1], "Fit")
            for title, start, sheets in people:
                person = OutlineItem(title, start, "Fit")
                person.is_closed = True
                person.children.extend(OutlineItem(name, page, "Fit") for name, page in sheets)
                branch.children.append(person)
            outline.root.append(branch)


def _describe(made: Any, title: str, day: date, duplex: bool) -> None:
    from pikepdf import Dictionary, Name, String

    stamp = f"D:{day:%Y%m%d}000000Z"
    made.docinfo["/Title"] = String(title)
    made.docinfo["/Creator"] = String("jishi")
    made.docinfo["/CreationDate"] = String(stamp)
    made.docinfo["/ModDate"] = String(stamp)
    made.Root.Lang = String("zh-CN")
    made.Root.PageMode = Name.UseOutlines
    made.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None"))
    if duplex:
        made.Root.ViewerPreferences.Duplex = Name.DuplexFlipLongEdge
