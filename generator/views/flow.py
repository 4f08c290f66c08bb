"""The flow of the procedure as a drawing: boxes with places and links, in one column for each phase or in one column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.definitions.model import Phase, Step
from generator.views.actors import actor_family

_LINE = 21
_PAD = 9
_GAP = 15
_HEAD = 46
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Line:
    """One step in a box; a long title takes two rows. `y` is the base line of the first row."""

    y: int
    rows: tuple[str, ...]
    href: str
    optional: bool
    family: str
    label: str


@dataclass(frozen=True, slots=True)
class Box:
    """One number of the procedure with its steps."""

    x: int
    y: int
    width: int
    height: int
    number: int
    lines: tuple[Line, ...]
    tag: str
    """The limit in a few characters, such as 1个月内."""


@dataclass(frozen=True, slots=True)
class Column:
    """A phase: its heading and its boxes from top to bottom."""

    x: int
    y: int
    width: int
    ordinal: str
    title: tuple[str, ...]
    href: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """`bridges`: lines that lead from the foot of a phase to the head of the next."""

    name: str
    width: int
    height: int
    columns: tuple[Column, ...]
    bridges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlowSource:
    """What a drawing is made of: the phases with their numbered steps, and how to link and to tag them."""

    phases: Sequence[tuple[Phase, Sequence[Step]]]
    link_step: Callable[[str], str]
    link_phase: Callable[[str], str]
    tag: Callable[[Step], str]

    def wide(self) -> Drawing:
        """One column for each phase, for screens and for paper across."""
        width, gap = 224, 24
        columns = tuple(self._column(i, i * (width + gap) + 1, 1, width) for i in range(len(self.phases)))
        feet = [column.boxes[-1] for column in columns]
        height = max(box.y + box.height for box in feet) + 26
        bridges = []
        for i, foot in enumerate(feet[:-1]):
            start, lane = foot.x + foot.width // 2, foot.x + width + gap // 2
            bottom, top = foot.y + foot.height, _HEAD // 2 + 1
            bridges.append(f"M{start} {bottom} V{bottom + 13} H{lane} V{top} H{columns[i + 1].x - 3}")
        return Drawing("wide", len(columns) * (width + gap) - gap + 2, height, columns, tuple(bridges))

    def narrow(self) -> Drawing:
        """All phases one below the other, for telephones."""
        width, y, columns = 340, 1, []
        for i in range(len(self.phases)):
            column = self._column(i, 1, y, width)
            y = column.boxes[-1].y + column.boxes[-1].height + _GAP * 2
            columns.append(column)
        feet = [column.boxes[-1].y + column.boxes[-1].height for column in columns[:-1]]
        bridges = [f"M{width // 2} {foot} V{foot + _GAP * 2 - 3}" for foot in feet]
        return Drawing("narrow", width + 2, y - _GAP * 2 + 4, tuple(columns), tuple(bridges))

    def _column(self, index: int, x: int, y: int, width: int) -> Column:
        phase, steps = self.phases[index]
        top, boxes = y + _HEAD + _GAP, []
        for number, group in groupby((s for s in steps if s.number is not None), key=lambda s: s.number or 0):
            box = self._box(number, list(group), x, top, width)
            boxes.append(box)
            top += box.height + _GAP
        return Column(
            x,
            y,
            width,
            _NUMERALS[index],
            wrap(phase.title, (width - 56) // 14),
            self.link_phase(phase.id),
            tuple(boxes),
        )

    def _box(self, number: int, steps: list[Step], x: int, y: int, width: int) -> Box:
        lines, row = [], 0
        for step in steps:
            rows = wrap(step.title, (width - 50) // 13)
            base = y + _PAD + 15 + row * _LINE
            family = actor_family(step.actor)
            lines.append(Line(base, rows, self.link_step(step.id), step.optional, family, step.title))
            row += len(rows)
        tags = [tag for step in steps if not step.optional and (tag := self.tag(step))]
        height = row * _LINE + 2 * _PAD + (16 if tags else 0)
        return Box(x, y, width, height, number, tuple(lines), " · ".join(dict.fromkeys(tags)))


def wrap(text: str, limit: int) -> tuple[str, ...]:
    """`text` in rows of at most `limit` characters, broken before an opening bracket or behind 的 and 和 where possible."""
    if len(text) <= limit:
        return (text,)
    places = [i for i, c in enumerate(text) if c == "（"] + [i + 1 for i, c in enumerate(text) if c in "的和、"]
    cut = max((p for p in places if 0 < p <= limit), default=limit)
    return (text[:cut], *wrap(text[cut:], limit))
