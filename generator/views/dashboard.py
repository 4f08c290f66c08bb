"""The work desk: what is overdue, what falls due within 7, 30 and 90 days, and what is stuck, by branch and by person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
class BranchDesk:
    """What the desk needs of a branch: its numbers, and the first lines of each span and of what is stuck."""

    row: BranchRow
    spans: tuple[DutySpan, ...]
    obstacles: tuple[Obstacle, ...]


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


def branch_desk(sheet: Checklist) -> BranchDesk:
    spans = tuple(DutySpan(span.id, span.title, _first(span.rows)) for span in sheet.spans)
    return BranchDesk(_branch_row(sheet), spans, _first_stuck(sheet.obstacles))


def dashboard(branches: Sequence[BranchDesk], above: Sequence[DutySpan]) -> Dashboard:
    """The desk over these branches, and over what the committees have to do."""
    spans = []
    for place, mine in enumerate(above):
        count = len(mine.rows) + sum(branch.row.spans[place].count for branch in branches)
        rows = chain(mine.rows, chain.from_iterable(branch.spans[place].rows for branch in branches))
        spans.append(Span(mine.id, mine.title, count, _first(rows)))
    return Dashboard(
        sum(branch.row.people for branch in branches),
        tuple(branch.row for branch in branches),
        tuple(spans),
        sum(branch.row.stuck.count for branch in branches),
        _first_stuck(chain.from_iterable(branch.obstacles for branch in branches)),
    )


def _first(rows: Iterable[DutyRow]) -> tuple[DutyRow, ...]:
    return tuple(sorted(rows, key=lambda row: (str(row.latest or ""), row.person))[:SHOWN])


def _first_stuck(obstacles: Iterable[Obstacle]) -> tuple[Obstacle, ...]:
    return tuple(sorted(obstacles, key=lambda obstacle: (obstacle.since, obstacle.person))[:SHOWN])


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
