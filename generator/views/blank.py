"""A form without a person: every box and line left to the hand. Needs the definitions alone, no record of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.definitions.forms import (
    EntriesForm,
    ExtractsForm,
    FactsForm,
    Form,
    FormSection,
    PapersForm,
    RoomForm,
    StepsForm,
)
from generator.definitions.model import Procedure
from generator.definitions.papers import Material
from generator.views.grids import PAPER_COLUMNS, SHORT, STEP_COLUMNS, filled_up, grid_of
from generator.views.sheet import (
    BLANK,
    Cell,
    Column,
    FactsSection,
    RoomSection,
    Row,
    RowGroup,
    Section,
    Sheet,
    Signature,
    TableSection,
)

_ROWS = 3
"""Empty lines of a table that does not say how many it wants."""


@dataclass(frozen=True, slots=True)
class BlankForms:
    """Makes blank sheets after one version of the procedure. `sections`: section of the catalogue → its title."""

    procedure: Procedure
    materials: Mapping[str, Material]
    sections: Mapping[str, str]

    def sheet(self, form: Form) -> Sheet:
        made = tuple(section for each in form.sections for section in self._section(each))
        return Sheet(form.id, f"form-{form.id}", form.materials[0], form.title, made, form.subtitle, form.note, True)

    def _section(self, form: FormSection) -> list[Section]:
        if isinstance(form, FactsForm):
            return [_grid(form, form.title)]
        if isinstance(form, StepsForm):
            return [self._steps(form)]
        if isinstance(form, EntriesForm):
            return [_entries(form)]
        if isinstance(form, PapersForm):
            return [self._papers(form)]
        if isinstance(form, RoomForm):
            return [
                RoomSection(form.title, (), form.lines, tuple(Signature(s.label) for s in form.signatures), form.note)
            ]
        steps = self.procedure.steps
        return [_grid(form, steps[step].title) for step in form.steps if step in steps]

    def _steps(self, form: StepsForm) -> TableSection:
        phases = {step: phase.title for phase in self.procedure.phases for step in phase.steps}
        groups: dict[str, list[Row]] = {}
        numbered: set[int] = set()
        for row in form.rows:
            step = self.procedure.steps.get(row.step)
            if step is None:
                continue
            number = step.number if step.number is not None and step.number not in numbered else None
            numbered |= {number} if number is not None else set()
            cells = (Cell(str(number or "")), Cell(step.title), BLANK, BLANK, BLANK)
            groups.setdefault(phases.get(row.step, ""), []).append(Row(cells))
        made = tuple(RowGroup(title, tuple(rows)) for title, rows in groups.items())
        return TableSection(form.title, STEP_COLUMNS, made, 1, form.note, dense=True)

    def _papers(self, form: PapersForm) -> TableSection:
        groups: dict[str, list[Row]] = {}
        for material in sorted(self.materials.values(), key=lambda material: material.order):
            cells = (Cell(material.code), Cell(material.title), *[BLANK] * (len(PAPER_COLUMNS) - 2))
            groups.setdefault(material.section, []).append(Row(cells))
        made = tuple(RowGroup(self.sections.get(key, key), tuple(rows)) for key, rows in groups.items())
        return TableSection(form.title, PAPER_COLUMNS, made, 1, form.note, dense=True)


def _grid(form: FactsForm | ExtractsForm, title: str) -> FactsSection:
    rows = tuple(filled_up([(field, BLANK) for field in row], len(form.widths)) for row in form.rows)
    return grid_of(form, title, rows)


def _entries(form: EntriesForm) -> TableSection:
    columns = tuple(Column(field.label, field.width, field.align) for field in form.columns)
    count = form.empty or max(form.blank, _ROWS)
    rows = (Row((BLANK,) * len(columns), hand=True),) * count
    return TableSection(form.title, columns, (RowGroup("", rows),), form.head, form.note, together=count <= SHORT)
