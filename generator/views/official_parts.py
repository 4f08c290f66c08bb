"""Puts the parts of an official document together: paragraphs numbered, rosters filled, the closing placed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from generator.definitions.documents import (
    DocumentBlock,
    DocumentForm,
    DocumentPart,
    RoomBlock,
    RosterBlock,
    SignaturesBlock,
    TextBlock,
)
from generator.views.official_sheet import (
    Block,
    Closing,
    Line,
    Paragraph,
    Part,
    Room,
    Roster,
    RosterHead,
    Run,
    Signatures,
    Style,
    text_of,
    width_of,
)
from generator.views.official_text import Concerned, Item, TextFiller, entry_is

_DIGITS = "〇一二三四五六七八九"
_DATE_RIGHT = 4.0
_NAME_RIGHT = 2.0
"""Room to the right edge: the day has four characters, a long name at least two."""


@dataclass(frozen=True, slots=True)
class PartFiller:
    """`items(ref)`: the items of a list of the one person concerned."""

    text: TextFiller
    items: Callable[[str], list[Item | None]]

    def parts(self, document: DocumentForm) -> tuple[Part, ...]:
        annexes = [part for part in document.parts if part.annex]
        titles = tuple(text_of(tuple(run for line in self.text.title(part.title) for run in line)) for part in annexes)
        main = self._part(document.main, "", titles)
        labels = iter(["附件"] if len(annexes) == 1 else [f"附件{n}" for n in range(1, len(annexes) + 1)])
        return main, *(self._part(part, next(labels) if part.annex else "", ()) for part in document.parts)

    def _part(self, part: DocumentPart, label: str, annexes: tuple[str, ...]) -> Part:
        return Part(
            title=self.text.title(part.title),
            blocks=tuple(self._blocks(part.blocks)),
            label=label,
            number=self.text.line(part.number),
            addressee=self.text.line(part.addressee),
            annexes=annexes,
            closing=closing_of(*map(self.text.line, (part.issuer, part.date, part.note))) if part.issuer else None,
        )

    def _blocks(self, blocks: Sequence[DocumentBlock]) -> Iterator[Block]:
        numbers = [0, 0, 0, 0]
        for block in blocks:
            if isinstance(block, TextBlock):
                yield from self._paragraphs(block, numbers)
            elif isinstance(block, RosterBlock):
                yield self._roster(block)
            elif isinstance(block, RoomBlock):
                yield Room(block.lines)
            elif isinstance(block, SignaturesBlock):
                yield Signatures(block.labels)

    def _paragraphs(self, block: TextBlock, numbers: list[int]) -> Iterator[Paragraph]:
        people = [one for one in self.text.people if one.matches(block.when)]
        if not people and (self.text.people or not entry_is(None, block.when)):
            return
        if block.optional and people and self.text.of(people).lacks(block.text):
            return
        groups: list[Sequence[Concerned]] = [[one] for one in people] if block.each and people else [people]
        if block.each and block.level in ("1", "2", "3", "4"):
            numbers[int(block.level) - 1] = 0
        for group in groups:
            line = self.text.of(group).line(block.text)
            alone = block.each and len(groups) == 1
            yield _paragraph(line, "body" if alone else block.level, numbers)

    def _roster(self, block: RosterBlock) -> Roster:
        columns = (RosterHead("序号", "12mm"), *(RosterHead(column.label, column.width) for column in block.columns))
        if block.items:
            each = [
                [Concerned(one.subject, one.about, item)]
                for one in self.text.people[:1]
                for item in self.items(block.items)
            ]
        else:
            each = [[one] for one in self.text.people]
        rows = [
            (str(n), *(self.text.of(group).words(column.text) for column in block.columns))
            for n, group in enumerate(each, 1)
        ]
        empty = ("",) * len(columns)
        return Roster(columns, tuple(rows) or (empty,) * max(block.blank, 1))


def closing_of(issuer: Line, day: Line, note: Line) -> Closing:
    """The day stands four characters from the edge and the name is centred above it, unless the name is too long for that."""
    lead = (width_of(issuer) - width_of(day)) / 2
    name = max(_NAME_RIGHT, _DATE_RIGHT - lead)
    return Closing(issuer, day, name, name + lead, note)


def _paragraph(line: Line, level: str, numbers: list[int]) -> Paragraph:
    if level in ("body", "flush"):
        return Paragraph(cast(Style, level), line)
    depth = int(level)
    numbers[depth - 1] += 1
    numbers[depth:] = [0] * (4 - depth)
    mark = numbered(depth, numbers[depth - 1])
    first, *rest = line
    joined = (Run(mark + first.text), *rest) if not first.blank else (Run(mark), *line)
    return Paragraph(cast(Style, f"level{depth}"), joined)


def numbered(depth: int, number: int) -> str:
    """The mark of a level: 一、（一）1.（1）."""
    if depth == 1:
        return f"{in_chinese(number)}、"
    if depth == 2:
        return f"（{in_chinese(number)}）"
    return f"{number}." if depth == 3 else f"（{number}）"


def in_chinese(number: int) -> str:
    """A whole number from 1 to 99 in Chinese figures."""
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones else "")
