"""What filled and blank forms have in common: grids as wide as their table, and the columns of tables that every form has alike."""

from __future__ import annotations

from generator.definitions.forms import ExtractsForm, FactsForm, FormField
from generator.views.sheet import Cell, Column, Fact, FactsSection

SHORT = 6
"""A table of so many rows is not split over pages."""
_TALL = 12
"""A grid with rooms of so many lines in all may be split between its rows, else half a page stays empty before it."""
STEP_COLUMNS = (
    Column("序", "8mm", "center"),
    Column("步骤", "41mm"),
    Column("日期", "32mm", "center"),
    Column("责任人", "26mm"),
    Column("办理情况"),
)
PAPER_COLUMNS = (
    Column("编号", "14mm", "center"),
    Column("材料名称"),
    Column("情况", "20mm", "center"),
    Column("原件", "13mm", "center"),
    Column("复印件", "16mm", "center"),
    Column("页数", "13mm", "center"),
    Column("说明", "34mm"),
)


def filled_up(row: list[tuple[FormField, Cell]], columns: int) -> tuple[Fact, ...]:
    """A row as wide as its table: where boxes were left out, the last one takes their room."""
    free = columns - sum(1 + field.span for field, _ in row)
    last = len(row) - 1
    return tuple(
        Fact(field.label, cell, field.span + (free if index == last else 0), field.lines)
        for index, (field, cell) in enumerate(row)
    )


def css_widths(widths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("" if width == "auto" else width for width in widths)


def grid_of(form: FactsForm | ExtractsForm, title: str, rows: tuple[tuple[Fact, ...], ...]) -> FactsSection:
    rooms = sum(max(fact.lines for fact in row) for row in rows if any(fact.lines > 1 for fact in row))
    return FactsSection(title, css_widths(form.widths), rows, form.note, together=rooms < _TALL)
