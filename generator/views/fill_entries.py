"""A table of entries: a row for each entry, for each person in a role, or for each item of a list that an entry holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.definitions.forms import EntriesForm, FormField
from generator.records.model import Entry
from generator.records.schema_fields import Field
from generator.views.boxes import Boxes
from generator.views.grids import SHORT
from generator.views.lookup import dig, shown_entry
from generator.views.periods import Period, periods
from generator.views.sheet import BLANK, Cell, Column, Row, RowGroup, TableSection


@dataclass(frozen=True, slots=True)
class EntryTable:
    boxes: Boxes

    def table(self, form: EntriesForm) -> TableSection:
        columns = tuple(Column(field.label, field.width, field.align) for field in form.columns)
        if form.people:
            rows = self._people(form)
        elif form.items:
            rows = self._items(form)
        else:
            rows = [self._row(form, entry) for entry in self._matching(form)]
        rows += self._empty_rows(form, len(columns), bool(rows))
        return TableSection(
            form.title, columns, (RowGroup("", tuple(rows)),), form.head, form.note, together=len(rows) <= SHORT
        )

    def _empty_rows(self, form: EntriesForm, columns: int, filled: bool) -> list[Row]:
        """Room for the hand. A table without a row is no table: one line is always there."""
        if self.boxes.manner.hand_rows:
            return [Row((BLANK,) * columns, hand=True)] * (form.blank if filled else max(form.blank, 1))
        return (
            []
            if filled
            else [Row((*[BLANK] * form.head, Cell("无记录", "void"), *[BLANK] * (columns - form.head - 1)))]
        )

    def _matching(self, form: EntriesForm) -> list[Entry]:
        """Entries of the current attempt, oldest first."""
        steps = self.boxes.subject.progress.steps
        entries = [entry for step in form.steps if step in steps for entry in steps[step].entries]
        told = map(self.boxes.subject.told, entries)
        kept = (e for e in told if all(str(e.get(key)) in allowed for key, allowed in form.where.items()))
        return sorted(kept, key=lambda entry: entry.date)

    def _row(self, form: EntriesForm, entry: Entry) -> Row:
        return Row(tuple(Cell(self.boxes.text(field, entry)) for field in form.columns))

    def _items(self, form: EntriesForm) -> list[Row]:
        """A row for each item of a list that an entry holds."""
        steps = (self.boxes.subject.progress.steps.get(step) for step in form.steps)
        entry = next((entry for step in steps if step and (entry := shown_entry(step))), None)
        value, schema = self.boxes.subject.of_entry(entry, form.items) if entry else (None, None)
        item = schema.item if schema else None
        rows = []
        for each in value or []:
            texts = (self._item(each, column, (item.fields or {}) if item else {}) for column in form.columns)
            rows.append(Row(tuple(Cell(text) for text in texts)))
        return rows

    def _item(self, item: Any, column: FormField, schemas: Mapping[str, Field]) -> str:
        ref = column.refs[0] if column.refs else ""
        text = (
            self.boxes.wording.text(dig(item, ref), schemas.get(ref), column.shape) if isinstance(item, Mapping) else ""
        )
        return f"{text}{column.unit}" if text else ""

    def _people(self, form: EntriesForm) -> list[Row]:
        found = periods(self._matching(form), form.people, form.ended)
        rows = []
        for period in found:
            values = {
                "name": self._name(form, period),
                "unit": period.unit or self._unit(period),
                "from": self.boxes.wording.text(period.from_),
                "to": self.boxes.wording.text(period.to),
            }
            cells = (next((values[ref] for ref in field.refs if ref in values), "") for field in form.columns)
            rows.append(Row(tuple(Cell(text) for text in cells)))
        return rows

    def _name(self, form: EntriesForm, period: Period) -> str:
        schema = self.boxes.subject.schemas.entry(form.steps[0])
        return self.boxes.wording.text([period.person], schema.field.at((form.people,)) if schema else None)

    def _unit(self, period: Period) -> str:
        """The branch of somebody of the records."""
        return (self.boxes.wording.name_of("unit", period.person) or "") if isinstance(period.person, str) else ""
