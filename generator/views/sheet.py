"""What a printed sheet consists of, as plain data: templates only draw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CellState = Literal["", "missing", "unrecorded", "void", "sealed"]


@dataclass(frozen=True, slots=True)
class Cell:
    """The content of one box of a form.

    `missing`: something required is not there, shown as 缺 (text: why); `unrecorded`: the entry is there, but not this
    detail, shown as 未记录; `void`: does not apply or is not known (text: which); `sealed`: kept under
    a key that is not at hand, shown as （密封）. Otherwise the text; an empty one is a
    blank for the hand.
    """

    text: str = ""
    state: CellState = ""


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled box; `span` counts table columns of the value, `lines` its height in lines for the hand."""

    label: str
    value: Cell
    span: int = 1
    lines: int = 1


@dataclass(frozen=True, slots=True)
class FactsSection:
    """A grid of labelled boxes. `widths` are CSS widths of its columns, "" for the rest."""

    title: str
    widths: tuple[str, ...]
    rows: tuple[tuple[Fact, ...], ...]
    note: str = ""
    together: bool = True
    """Never split over pages; what it heads, a frame that follows at once, stays with it."""
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    width: str = ""
    align: Literal["", "center"] = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`hand`: an empty row, higher, to be written in."""

    cells: tuple[Cell, ...]
    hand: bool = False


@dataclass(frozen=True, slots=True)
class RowGroup:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TableSection:
    """A table whose head repeats on every page; `head` is the column that names the row; `dense`: set a little smaller."""

    title: str
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    head: int = 0
    note: str = ""
    together: bool = False
    dense: bool = False
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Signature:
    label: str
    name: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class RoomSection:
    """A framed block with what is recorded, room for the hand and signatures; with `together` it is never split over pages, and
    signatures never stand apart from the end of what they sign."""

    title: str
    paragraphs: tuple[str, ...]
    lines: int
    signatures: tuple[Signature, ...]
    note: str = ""
    together: bool = True
    kind: Literal["room"] = "room"


Section = FactsSection | TableSection | RoomSection


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed form. `code` is the material of the catalogue that it is, "" when none; `anchor` is its place in the document."""

    id: str
    anchor: str
    code: str
    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    note: str = ""
    by_hand: bool = False
    """What is blank on it is written by hand: rows are high enough for that."""
