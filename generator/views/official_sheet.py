"""What an official document consists of, as plain data: templates only draw it. Widths are counted in characters of the body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Style = Literal["body", "flush", "level1", "level2", "level3", "level4"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words, or (`blank` > 0) room of so many characters for a hand. `tail`: punctuation that stays with the room."""

    text: str = ""
    blank: int = 0
    tail: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`number` is already part of the runs."""

    style: Style
    runs: Line
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class RosterHead:
    label: str
    width: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """The first column holds the number of the row, the second one names the row. Rows all of empty texts are for a hand."""

    columns: tuple[RosterHead, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["roster"] = "roster"


@dataclass(frozen=True, slots=True)
class Room:
    lines: int
    kind: Literal["room"] = "room"


@dataclass(frozen=True, slots=True)
class Signatures:
    labels: tuple[str, ...]
    kind: Literal["signatures"] = "signatures"


Block = Paragraph | Roster | Room | Signatures


@dataclass(frozen=True, slots=True)
class Closing:
    """Who issues and when; the day is centred below the name. `right`: room to the right edge for the wider of the two."""

    issuer: Line
    date: Line
    issuer_right: float
    date_right: float
    note: Line = ()

    @property
    def right(self) -> float:
        return min(self.issuer_right, self.date_right)


@dataclass(frozen=True, slots=True)
class Part:
    """The document itself, an annex or a slip; each begins on a page of its own. `label`: 附件, 附件1 … of an annex."""

    title: tuple[Line, ...]
    blocks: tuple[Block, ...]
    label: str = ""
    number: Line = ()
    addressee: Line = ()
    annexes: tuple[str, ...] = ()
    closing: Closing | None = None


@dataclass(frozen=True, slots=True)
class Official:
    """One official document. `name` (of the kind of document) and `file` name nobody; `people` are those it concerns, by id.

    `author`: the issuing body, for the properties of the file.
    """

    document: str
    code: str
    name: str
    file: str
    author: str
    day: date
    parts: tuple[Part, ...]
    people: tuple[str, ...] = ()


def text_of(line: Line, room: str = "　") -> str:
    """The words of a line, with ideographic spaces for what is left to a hand."""
    return "".join(run.text + room * run.blank + run.tail for run in line)


def width_of(line: Line) -> float:
    """The width in characters; ASCII is half as wide."""
    return sum(run.blank + sum(0.5 if char.isascii() else 1 for char in run.text + run.tail) for run in line)


def plain_text(official: Official) -> str:
    """The whole document as lines of text, in the order in which it is read."""
    return "".join(f"{line}\n" for part in official.parts for line in _lines(part))


def _lines(part: Part) -> Iterator[str]:
    yield from filter(None, (part.label, text_of(part.number)))
    yield from (text_of(line) for line in part.title)
    if part.addressee:
        yield f"{text_of(part.addressee)}："
    for block in part.blocks:
        yield from _block_lines(block)
    for number, title in enumerate(part.annexes, 1):
        yield f"{'附件：' if number == 1 else ''}{f'{number}.' if len(part.annexes) > 1 else ''}{title}"
    if part.closing is not None:
        yield text_of(part.closing.issuer)
        yield text_of(part.closing.date)
        if part.closing.note:
            yield f"（{text_of(part.closing.note)}）"


def _block_lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield text_of(block.runs)
    elif isinstance(block, Roster):
        yield "\t".join(column.label for column in block.columns)
        yield from ("\t".join(row) for row in block.rows)
    elif isinstance(block, Signatures):
        yield from (f"{label}：" for label in block.labels)
