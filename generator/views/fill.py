"""Fills a form with one person's records. Nothing is made up: what is not there is a blank, 缺 or 未记录."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from generator.definitions.forms import (
    EntriesForm,
    ExtractsForm,
    FactsForm,
    Form,
    FormField,
    RoomForm,
    StepRow,
    StepsForm,
)
from generator.procedure.progress import StepProgress, StepState
from generator.records.model import Entry
from generator.views.lookup import Subject
from generator.views.periods import Period, periods
from generator.views.sheet import (
    BLANK,
    Cell,
    Column,
    Fact,
    FactsSection,
    RoomSection,
    Row,
    RowGroup,
    Section,
    Sheet,
    Signature,
    TableSection,
)
from generator.views.wording import Wording, span_of

_ABSENT = frozenset((StepState.MISSING, StepState.OVERDUE))
_REACHED = frozenset((StepState.DONE, StepState.RUNNING, StepState.DUE, *_ABSENT))
_SHORT = 6
"""A table of so many rows is not split over pages."""
_STEP_COLUMNS = (
    Column("序", "8mm", "center"),
    Column("步骤", "41mm"),
    Column("日期", "35mm", "center"),
    Column("责任人", "22mm"),
    Column("办理情况"),
)


def wanted(form: Form, subject: Subject) -> bool:
    """Whether a form belongs into the person's dossier today."""
    states = (subject.progress.steps[step] for step in form.printed_for if step in subject.progress.steps)
    return not form.printed_for or any(step.entries or step.state in _REACHED for step in states)


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills forms for one person."""

    subject: Subject
    wording: Wording

    def sheet(self, form: Form) -> Sheet:
        sections: list[Section] = []
        extracts: list[tuple[date, Section]] = []
        for each in form.sections:
            if isinstance(each, ExtractsForm):
                extracts += self._extracts(each)
                continue
            sections += [section for _, section in _in_order(extracts)]
            extracts.clear()
            sections.append(self._section(each))
        sections += [section for _, section in _in_order(extracts)]
        anchor = f"form-{form.id}"
        return Sheet(form.id, anchor, form.materials[0], form.title, tuple(sections), form.subtitle, form.note)

    def _section(self, form: FactsForm | StepsForm | EntriesForm | RoomForm) -> Section:
        if isinstance(form, FactsForm):
            grid = self._grid(form.rows, len(form.widths), self._about)
            return FactsSection(form.title, _widths(form.widths), grid, form.note)
        if isinstance(form, StepsForm):
            return self._steps(form)
        if isinstance(form, EntriesForm):
            return self._entries(form)
        return self._room(form)

    def _text(self, field: FormField, entry: Entry | None = None) -> str:
        value, schema = self.subject.first(field.refs, entry)
        text = self.wording.text(value, schema, field.shape)
        return f"{text}{field.unit}" if text else ""

    def _about(self, field: FormField) -> Cell:
        text = self._text(field)
        if not text and self.subject.is_shut(field.refs):
            return Cell(state="sealed")
        if not text and any(self._is_absent(ref.partition(".")[0]) for ref in field.refs):
            return Cell(state="missing")
        return Cell(text)

    def _is_absent(self, step: str) -> bool:
        progress = self.subject.progress.steps.get(step)
        return progress is not None and progress.state in _ABSENT and not progress.entries

    def _grid(
        self, rows: tuple[tuple[FormField, ...], ...], columns: int, fill: Callable[[FormField], Cell]
    ) -> tuple[tuple[Fact, ...], ...]:
        filled = ([(field, fill(field)) for field in row] for row in rows)
        kept = ([(field, cell) for field, cell in row if cell.text or not field.optional] for row in filled)
        return tuple(_filled_up(row, columns) for row in kept if row)

    # Steps, one row each

    def _steps(self, form: StepsForm) -> TableSection:
        progress = self.subject.progress
        phases = {step: phase.title for phase in progress.procedure.phases for step in phase.steps}
        groups: dict[str, list[Row]] = {}
        numbered: set[int] = set()
        for row in form.rows:
            step = progress.steps.get(row.step)
            if step is None or _left_out(step):
                continue
            number = step.step.number
            first = number is not None and number not in numbered
            if number is not None:
                numbered.add(number)
            groups.setdefault(phases.get(row.step, ""), []).extend(self._step(row, step, str(number) if first else ""))
        return TableSection(
            form.title,
            _STEP_COLUMNS,
            tuple(RowGroup(title, tuple(rows)) for title, rows in groups.items()),
            1,
            form.note,
            dense=True,
        )

    def _step(self, row: StepRow, step: StepProgress, number: str) -> list[Row]:
        """A row for each entry; a series of which nothing particular is shown has one row in all."""
        title = Cell(step.step.title)
        if not step.entries:
            return [Row((Cell(number), title, _empty_date(step), BLANK, BLANK))]
        if not row.show and len(step.entries) > 1:
            days = sorted(entry.date for entry in step.entries)
            who = self._who(row, step.entries[-1])
            return [
                Row((Cell(number), title, Cell(_two_lines(span_of(days[0], days[-1]))), who, Cell(f"共{len(days)}次")))
            ]
        return [
            Row(
                (
                    Cell("" if index else number),
                    title,
                    self._days(row, entry),
                    self._who(row, entry),
                    self._result(row, entry),
                )
            )
            for index, entry in enumerate(step.entries)
        ]

    def _who(self, row: StepRow, entry: Entry) -> Cell:
        return Cell(self.wording.text(*self.subject.first(row.who, entry)))

    def _days(self, row: StepRow, entry: Entry) -> Cell:
        begun = self.subject.of_entry(entry, row.start)[0] if row.start else None
        return Cell(
            _two_lines(span_of(begun, entry.date)) if isinstance(begun, date) else self.wording.text(entry.date)
        )

    def _result(self, row: StepRow, entry: Entry) -> Cell:
        shown = ((field, self._text(field, entry)) for field in row.show)
        return Cell("；".join(f"{field.label}{'：' if field.label else ''}{text}" for field, text in shown if text))

    # Entries, one row each

    def _entries(self, form: EntriesForm) -> TableSection:
        columns = tuple(Column(field.label, field.width, field.align) for field in form.columns)
        rows = self._people(form) if form.people else [self._row(form, entry) for entry in self._matching(form)]
        # A table without a row is no table: one line is always there.
        rows += [Row((BLANK,) * len(columns), hand=True)] * (form.blank if rows else max(form.blank, 1))
        return TableSection(
            form.title, columns, (RowGroup("", tuple(rows)),), form.head, form.note, together=len(rows) <= _SHORT
        )

    def _matching(self, form: EntriesForm) -> list[Entry]:
        """Entries of the current attempt, oldest first."""
        steps = self.subject.progress.steps
        entries = [entry for step in form.steps if step in steps for entry in steps[step].entries]
        kept = (e for e in entries if all(str(e.get(key)) in allowed for key, allowed in form.where.items()))
        return sorted(kept, key=lambda entry: entry.date)

    def _row(self, form: EntriesForm, entry: Entry) -> Row:
        return Row(tuple(Cell(self._text(field, entry)) for field in form.columns))

    def _people(self, form: EntriesForm) -> list[Row]:
        found = periods(self._matching(form), form.people, form.ended)
        rows = []
        for period in found:
            values = {
                "name": self._name(form, period),
                "unit": period.unit or self._unit(period),
                "from": self.wording.text(period.from_),
                "to": self.wording.text(period.to),
            }
            cells = (next((values[ref] for ref in field.refs if ref in values), "") for field in form.columns)
            rows.append(Row(tuple(Cell(text) for text in cells)))
        return rows

    def _name(self, form: EntriesForm, period: Period) -> str:
        schema = self.subject.schemas.entry(form.steps[0])
        return self.wording.text([period.person], schema.field.at((form.people,)) if schema else None)

    def _unit(self, period: Period) -> str:
        """The branch of somebody of the records."""
        return (self.wording.name_of("unit", period.person) or "") if isinstance(period.person, str) else ""

    # Blocks

    def _room(self, form: RoomForm) -> RoomSection:
        recorded = (self.wording.text(*self.subject.find(ref)) for ref in form.text)
        signatures = tuple(
            Signature(
                line.label,
                self.wording.text(*self.subject.find(line.name)) if line.name else "",
                self.wording.text(*self.subject.find(line.date)) if line.date else "",
            )
            for line in form.signatures
        )
        return RoomSection(form.title, tuple(filter(None, recorded)), form.lines, signatures, form.note)

    def _extracts(self, form: ExtractsForm) -> list[tuple[date, Section]]:
        """A grid for each entry, with its day; what should be there and is not comes last."""
        sections: list[tuple[date, Section]] = []
        for step in self.subject.progress.steps.values():
            if step.step.id not in form.steps:
                continue
            for entry in step.entries:
                rows = self._grid(form.rows, len(form.widths), partial(self._minuted, entry))
                grid = FactsSection(step.step.title, _widths(form.widths), rows, form.note)
                sections.append((entry.date, grid))
            if not step.entries and step.state in _ABSENT:
                missing = ((Fact("记录", Cell(state="missing")),),)
                sections.append((date.max, FactsSection(step.step.title, ("24mm", ""), missing)))
        return sections

    def _minuted(self, entry: Entry, field: FormField) -> Cell:
        text = self._text(field, entry)
        return Cell(text) if text else Cell(state="unrecorded") if not field.optional else BLANK


def _two_lines(span: str) -> str:
    """A span of days does not fit a narrow column: it breaks before 至, not before its last character."""
    return span.replace("至", "\n至")


def _in_order(extracts: list[tuple[date, Section]]) -> list[tuple[date, Section]]:
    return sorted(extracts, key=lambda dated: dated[0])


def _filled_up(row: list[tuple[FormField, Cell]], columns: int) -> tuple[Fact, ...]:
    """A row as wide as its table: where boxes were left out, the last one takes their room."""
    free = columns - sum(1 + field.span for field, _ in row)
    last = len(row) - 1
    return tuple(
        Fact(field.label, cell, field.span + (free if index == last else 0), field.lines)
        for index, (field, cell) in enumerate(row)
    )


def _widths(widths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("" if width == "auto" else width for width in widths)


def _left_out(step: StepProgress) -> bool:
    """A row for a step that never was part of this person's way, and has no number to be missed."""
    beside = step.step.number is None or step.step.optional
    return not step.entries and beside and step.state not in _ABSENT


def _empty_date(step: StepProgress) -> Cell:
    if step.state in _ABSENT:
        return Cell("逾期" if step.state is StepState.OVERDUE else "", "missing")
    if step.state is StepState.NOT_APPLICABLE:
        return Cell(step.state.label, "void")
    if step.state is StepState.UNKNOWN:
        return Cell("本记录未载", "void")
    return BLANK
