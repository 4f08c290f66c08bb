"""Fills a form with one person's records. Nothing is made up: what is not there is a blank, 缺 or 未记录.

How what is not there is shown depends on what the sheet is for (`Manner`): to be completed by hand, complete as it stands, or a sheet
of the dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from generator.definitions.forms import (
    EntriesForm,
    ExtractsForm,
    FactsForm,
    Form,
    FormField,
    FormSection,
    PapersForm,
    RoomForm,
    StepRow,
    StepsForm,
)
from generator.definitions.model import Material
from generator.procedure.progress import StepProgress, StepState
from generator.records.model import Entry
from generator.records.schema_fields import Field
from generator.views.grids import PAPER_COLUMNS, SHORT, STEP_COLUMNS, css_widths, filled_up
from generator.views.lookup import Subject, dig, shown_entry
from generator.views.material_list import PaperLine, list_materials
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


@dataclass(frozen=True, slots=True)
class Manner:
    """`says_missing`: what should be there and is not is shown as 缺 or 未记录, else left blank for the hand; `hand_rows`: tables
    that go on have empty rows at their end."""

    says_missing: bool
    hand_rows: bool


SHEET_OF_DOSSIER = Manner(says_missing=True, hand_rows=True)
TO_BE_COMPLETED = Manner(says_missing=False, hand_rows=True)
COMPLETE = Manner(says_missing=True, hand_rows=False)


def reached(form: Form, subject: Subject) -> bool:
    """Whether the person has come so far that the form concerns them."""
    steps = _steps_of(form, subject)
    return not form.printed_for or any(step.entries or step.state in _REACHED for step in steps)


def wanted(form: Form, subject: Subject) -> bool:
    """Whether a form is a sheet of the person's dossier today."""
    if form.dossier == "always":
        return reached(form, subject)
    if form.dossier == "never" or not any(step.entries for step in _steps_of(form, subject)):
        return False
    paper = subject.progress.papers.get(form.materials[0])
    return paper is None or not paper.originals


def _steps_of(form: Form, subject: Subject) -> list[StepProgress]:
    return [subject.progress.steps[step] for step in form.printed_for if step in subject.progress.steps]


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills forms for one person. `materials` and `sections` of the catalogue are needed by forms that list papers."""

    subject: Subject
    wording: Wording
    manner: Manner = SHEET_OF_DOSSIER
    materials: Mapping[str, Material] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)

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
        under = (form.reading if self.manner.says_missing else "") or form.subtitle
        return Sheet(form.id, anchor, form.materials[0], form.title, tuple(sections), under, form.note)

    def _section(self, form: FormSection) -> Section:
        if isinstance(form, FactsForm):
            grid = self._grid(form.rows, len(form.widths), self._about)
            return FactsSection(form.title, css_widths(form.widths), grid, form.note)
        if isinstance(form, StepsForm):
            return self._steps(form)
        if isinstance(form, EntriesForm):
            return self._entries(form)
        if isinstance(form, PapersForm):
            return self._papers(form)
        assert isinstance(form, RoomForm)
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
            return self._missing()
        return Cell(text)

    def _missing(self, why: str = "") -> Cell:
        return Cell(why, "missing") if self.manner.says_missing else BLANK

    def _is_absent(self, step: str) -> bool:
        progress = self.subject.progress.steps.get(step)
        return progress is not None and progress.state in _ABSENT and not progress.entries

    def _grid(
        self, rows: tuple[tuple[FormField, ...], ...], columns: int, fill: Callable[[FormField], Cell]
    ) -> tuple[tuple[Fact, ...], ...]:
        filled = ([(field, fill(field)) for field in row] for row in rows)
        kept = ([(field, cell) for field, cell in row if cell.text or not field.optional] for row in filled)
        return tuple(filled_up(row, columns) for row in kept if row)

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
            STEP_COLUMNS,
            tuple(RowGroup(title, tuple(rows)) for title, rows in groups.items()),
            1,
            form.note,
            dense=True,
        )

    def _step(self, row: StepRow, step: StepProgress, number: str) -> list[Row]:
        """A row for each entry; a series of which nothing particular is shown has one row in all."""
        title = Cell(step.step.title)
        if not step.entries:
            return [Row((Cell(number), title, self._empty_date(step), BLANK, BLANK))]
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

    def _empty_date(self, step: StepProgress) -> Cell:
        if step.state in _ABSENT:
            return self._missing("逾期" if step.state is StepState.OVERDUE else "")
        if step.state is StepState.NOT_APPLICABLE:
            return Cell(step.state.label, "void")
        if step.state is StepState.UNKNOWN:
            return Cell("本记录未载", "void")
        return BLANK

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
        if self.manner.hand_rows:
            return [Row((BLANK,) * columns, hand=True)] * (form.blank if filled else max(form.blank, 1))
        return (
            []
            if filled
            else [Row((*[BLANK] * form.head, Cell("无记录", "void"), *[BLANK] * (columns - form.head - 1)))]
        )

    def _items(self, form: EntriesForm) -> list[Row]:
        """A row for each item of a list that an entry holds."""
        steps = (self.subject.progress.steps.get(step) for step in form.steps)
        entry = next((entry for step in steps if step and (entry := shown_entry(step))), None)
        value, schema = self.subject.of_entry(entry, form.items) if entry else (None, None)
        item = schema.item if schema else None
        rows = []
        for each in value or []:
            texts = (self._item(each, column, (item.fields or {}) if item else {}) for column in form.columns)
            rows.append(Row(tuple(Cell(text) for text in texts)))
        return rows

    def _item(self, item: Any, column: FormField, schemas: Mapping[str, Field]) -> str:
        ref = column.refs[0] if column.refs else ""
        text = self.wording.text(dig(item, ref), schemas.get(ref), column.shape) if isinstance(item, Mapping) else ""
        return f"{text}{column.unit}" if text else ""

    def _papers(self, form: PapersForm) -> TableSection:
        progress = self.subject.progress
        elsewhere = any(step.state is StepState.UNKNOWN for step in progress.steps.values())
        papers = list_materials(self.materials, self.sections, progress.papers, elsewhere=elsewhere)
        groups = tuple(RowGroup(group.title, tuple(map(_paper, group.papers))) for group in papers.groups)
        return TableSection(form.title, PAPER_COLUMNS, groups, 1, form.note or papers.summary, dense=True)

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
                grid = FactsSection(step.step.title, css_widths(form.widths), rows, form.note)
                sections.append((entry.date, grid))
            if not step.entries and not self.manner.says_missing and step.state in _REACHED:
                rows = self._grid(form.rows, len(form.widths), lambda field: BLANK)
                sections.append((date.max, FactsSection(step.step.title, css_widths(form.widths), rows, form.note)))
            elif not step.entries and step.state in _ABSENT:
                missing = ((Fact("记录", Cell(state="missing")),),)
                sections.append((date.max, FactsSection(step.step.title, ("24mm", ""), missing)))
        return sections

    def _minuted(self, entry: Entry, field: FormField) -> Cell:
        text = self._text(field, entry)
        unrecorded = self.manner.says_missing and not field.optional
        return Cell(text) if text else Cell(state="unrecorded") if unrecorded else BLANK


def _two_lines(span: str) -> str:
    """A span of days does not fit a narrow column: it breaks before 至, not before its last character."""
    return span.replace("至", "\n至")


def _in_order(extracts: list[tuple[date, Section]]) -> list[tuple[date, Section]]:
    return sorted(extracts, key=lambda dated: dated[0])


def _paper(paper: PaperLine) -> Row:
    state = Cell(state="missing") if paper.state == "missing" else Cell(paper.label)
    texts = (paper.originals, paper.copies, paper.pages, paper.remark)
    return Row((Cell(paper.code), Cell(paper.title), state, *(Cell(text) for text in texts)))


def _left_out(step: StepProgress) -> bool:
    """A row for a step that never was part of this person's way, and has no number to be missed."""
    beside = step.step.number is None or step.step.optional
    return not step.entries and beside and step.state not in _ABSENT
