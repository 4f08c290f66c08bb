"""Official documents (公文): what each of them says, and from which records (schema/documents/*.yaml).

A document is a text with places to fill. It concerns one person, or everybody named in one event; its main entry (`about`)
is the entry that gives occasion to it. A further document is a further file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generator.definitions.forms import Shape

Blank = int | Literal["date", "number"]
"""Room left for a hand where nothing is recorded: a width in characters, 年月日 with room before each, or a 发文字号."""

Condition = Mapping[str, tuple[str, ...]]
"""Field of the main entry, or (with a dot) reference → values; `false` also stands for what is not recorded, `true` for whatever
is. `found.CODE`: whether the procedure has that to say about the person, waived or not. Empty: always."""

Level = Literal["body", "flush", "1", "2", "3", "4"]
"""How a paragraph is set: indented text, text without indentation, or numbered 一、（一）1.（1）."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text: words, or a place to fill.

    References as in schema/forms, the first one present counts; besides: `about.…` the main entry, `item.…` the item of
    a list, `people`, `names`, `count` those whom the document concerns, `approver.name`, `requester.name` the committee that
    approves and the one that asks it, `branch.meeting` the meeting that decides in the branch. A place without a reference
    is always left to a hand. `labels`: words before the value, one for each reference; room follows the first.

    `open`: what stands instead of the words while the decision they tell of is still to come.
    """

    words: str = ""
    refs: tuple[str, ...] = ()
    shape: Shape = ""
    blank: Blank = 0
    labels: tuple[str, ...] = ()
    open: str | None = None


Text = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph. `each`: one for each person, numbered when there are several. `optional`: left out when one of its places
    has nothing recorded. `when`: for those people only whose main entry is so; left out when there is none."""

    level: Level
    text: Text
    when: Condition
    each: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class RosterColumn:
    label: str
    width: str
    text: Text


@dataclass(frozen=True, slots=True)
class RosterBlock:
    """A table with a row for each person, or for each item of the list at `items`; `blank` empty rows in a blank document,
    and where there is nothing."""

    columns: tuple[RosterColumn, ...]
    items: str = ""
    blank: int = 3


@dataclass(frozen=True, slots=True)
class RoomBlock:
    """Ruled lines for a hand."""

    lines: int


@dataclass(frozen=True, slots=True)
class SignaturesBlock:
    """A line for each signature by hand, with room for the day."""

    labels: tuple[str, ...]


DocumentBlock = TextBlock | RosterBlock | RoomBlock | SignaturesBlock


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """The document itself, an annex, or a slip to be returned. `title`: phrases, between which a line may end.

    `annex`: announced as 附件 in the document. `note`: set in brackets below the date.
    """

    title: tuple[Text, ...]
    blocks: tuple[DocumentBlock, ...]
    addressee: Text = ()
    issuer: Text = ()
    date: Text = ()
    note: Text = ()
    number: Text = ()
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """A step whose entry gives occasion to the document, if it is so and was made under one of the versions (none: any)."""

    step: str
    when: Condition
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """`name`: what the document is called in a list. `code`: material of the catalogue that it is or belongs to.

    `about`: the first of these that a person has counts. `single`: one document for each person; `items`: for each item of the list there.
    `exceptional`: tells of the less usual decision; made ahead of the decision only where `expected` says so.
    `expected`: what must have been decided before, for the document to be made ahead of its own decision.
    """

    id: str
    code: str
    name: str
    about: tuple[Occasion, ...]
    main: DocumentPart
    parts: tuple[DocumentPart, ...] = ()
    single: bool = False
    items: str = ""
    exceptional: bool = False
    expected: Occasion | None = None
