"""A table of steps: a row for each entry of each step, and what is known where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.definitions.forms import StepRow, StepsForm
from generator.procedure.progress import StepProgress, StepState
from generator.records.model import Entry
from generator.views.boxes import ABSENT, Boxes
from generator.views.grids import STEP_COLUMNS
from generator.views.sheet import BLANK, Cell, Row, RowGroup, TableSection
from generator.views.wording import span_of


@dataclass(frozen=True, slots=True)
class StepTable:
    boxes: Boxes

    def table(self, form: StepsForm) -> TableSection:
        progress = self.boxes.subject.progress
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
            span = Cell(_two_lines(span_of(days[0], days[-1])))
            return [Row((Cell(number), title, span, self._all(row, step), Cell(f"共{len(days)}次")))]
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
        if step.state in ABSENT:
            return self.boxes.missing("逾期" if step.state is StepState.OVERDUE else "")
        if step.state is StepState.NOT_APPLICABLE:
            return Cell(step.state.label, "void")
        if step.state is StepState.UNKNOWN:
            return Cell("本记录未载", "void")
        return BLANK

    def _who(self, row: StepRow, entry: Entry) -> Cell:
        return Cell(self.boxes.wording.text(*self.boxes.subject.first(row.who, entry)))

    def _all(self, row: StepRow, step: StepProgress) -> Cell:
        """Everybody who acted in a series, once each."""
        acted = (self._who(row, entry).text for entry in step.entries)
        return Cell("、".join(dict.fromkeys(filter(None, acted))))

    def _days(self, row: StepRow, entry: Entry) -> Cell:
        begun = self.boxes.subject.of_entry(entry, row.start)[0] if row.start else None
        return Cell(
            _two_lines(span_of(begun, entry.date)) if isinstance(begun, date) else self.boxes.wording.text(entry.date)
        )

    def _result(self, row: StepRow, entry: Entry) -> Cell:
        shown = ((field, self.boxes.text(field, entry)) for field in row.show)
        return Cell("；".join(f"{field.label}{'：' if field.label else ''}{text}" for field, text in shown if text))


def _two_lines(span: str) -> str:
    """A span of days does not fit a narrow column: it breaks before 至, not before its last character."""
    return span.replace("至", "\n至")


def _left_out(step: StepProgress) -> bool:
    """A row for a step that never was part of this person's way, and has no number to be missed."""
    beside = step.step.number is None or step.step.optional
    return not step.entries and beside and step.state not in ABSENT
