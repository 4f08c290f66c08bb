"""The work desk: what is overdue, what falls due within 7, 30 and 90 days, and what is stuck, by branch and by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from generator.views.checklist import Checklist, FindingRow
from generator.views.duties import DutyRow, DutySpan
from generator.views.obstacles import Obstacle

SHOWN = 200
"""Lines of one span on the desk; the lists of the branches have all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`anchor`: the place on the list of the branch."""

    anchor: str
    count: int


@dataclass(frozen=True, slots=True)
class BranchRow:
    """Numbers of one branch: what is overdue and falls due, by span, and what is stuck."""

    id: str
    name: str
    people: int
    spans: tuple[Cell, ...]
    stuck: Cell
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Span:
    """A span over all branches; `rows` are the first ones by latest day."""

    id: str
    title: str
    count: int
    rows: tuple[DutyRow, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Dashboard:
    people: int
    branches: tuple[BranchRow, ...]
    spans: tuple[Span, ...]
    stuck: int
    obstacles: tuple[Obstacle, ...]
    """The first ones, by the day since which it is so."""

    @property
    def overdue(self) -> int:
        return self.spans[0].count


def dashboard(sheets: Sequence[Checklist], above: Sequence[DutySpan]) -> Dashboard:
    """The desk over these checklists, and over what the committees have to do."""
    stuck = sorted(chain.from_iterable(sheet.obstacles for sheet in sheets), key=lambda o: (o.since, o.person))
    return Dashboard(
        sum(len(sheet.people) for sheet in sheets),
        tuple(_branch_row(sheet) for sheet in sheets),
        tuple(_span(spans) for spans in zip(above, *(sheet.spans for sheet in sheets), strict=True)),
        len(stuck),
        tuple(stuck[:SHOWN]),
    )


def _span(spans: Sequence[DutySpan]) -> Span:
    rows = sorted(chain.from_iterable(span.rows for span in spans), key=lambda row: (str(row.latest or ""), row.person))
    return Span(spans[0].id, spans[0].title, len(rows), tuple(rows[:SHOWN]))


def _branch_row(sheet: Checklist) -> BranchRow:
    found: list[FindingRow] = [*sheet.findings, *chain.from_iterable(card.findings for card in sheet.people)]
    return BranchRow(
        sheet.id,
        sheet.name,
        len(sheet.people),
        tuple(Cell(span.id, len(span.rows)) for span in sheet.spans),
        Cell("stuck", len(sheet.obstacles)),
        sum(row.severity == "error" for row in found),
        sum(row.severity == "warning" for row in found),
    )
