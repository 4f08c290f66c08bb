"""Rules of a table that lie in one line are drawn as one line, not cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

from generator.prints.swift.swap import swap

_PLAIN = "solid"


def join_rules() -> None:
    """Makes WeasyPrint draw the rules of tables with collapsed borders this way."""
    from weasyprint.draw import draw_collapsed_borders

    # The same function, for which a line is one to be noted.
    names = {**draw_collapsed_borders.__globals__, "draw_line": _Note.line}
    find = FunctionType(draw_collapsed_borders.__code__, names)

    def draw(stream: Any, table: Any) -> None:
        note = _Note()
        find(note, table)
        if not note.lines:
            return
        if any(style != _PLAIN for *_, style, _ in note.lines):
            draw_collapsed_borders(stream, table)
            return
        with stream.artifact(), stream.stacked():
            width = None
            for x1, y1, x2, y2, thickness, _, color in _joined(note.lines):
                stream.set_color(color, stroke=True)
                if thickness != width:
                    width = thickness
                    stream.set_line_width(thickness)
                stream.move_to(x1, y1)
                stream.line_to(x2, y2)
                stream.stroke()

    swap(draw_collapsed_borders, draw)


class _Note:
    """Takes the place of the page and remembers the lines."""

    def __init__(self) -> None:
        self.lines: list[tuple[Any, ...]] = []

    def line(self, *line: Any) -> None:
        self.lines.append(line)

    @contextmanager
    def artifact(self) -> Iterator[None]:
        yield

    stacked = artifact


def _joined(lines: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Neighbours in one line put together; the order in which lines of different kinds lie on each other stays."""
    begun: dict[Any, list[Any]] = {}
    kind = None
    for x1, y1, x2, y2, *look in lines:
        if look != kind:
            yield from (tuple(line) for line in begun.values())
            begun, kind = {}, look
        level = y1 == y2
        along = (level, y1 if level else x1)
        line = begun.get(along)
        if line is not None and (line[2] >= x1 if level else line[3] >= y1):
            line[2], line[3] = max(line[2], x2), max(line[3], y2)
        else:
            if line is not None:
                yield tuple(line)
            begun[along] = [x1, y1, x2, y2, *look]
    yield from (tuple(line) for line in begun.values())
