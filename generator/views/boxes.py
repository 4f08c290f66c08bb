"""Boxes of a form: what one field, or a grid of fields, holds for one person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.definitions.forms import FormField
from generator.procedure.progress import StepState
from generator.records.model import Entry
from generator.views.grids import filled_up
from generator.views.lookup import Subject
from generator.views.sheet import BLANK, Cell, Fact
from generator.views.wording import Wording

ABSENT = frozenset((StepState.MISSING, StepState.OVERDUE))
REACHED = frozenset((StepState.DONE, StepState.RUNNING, StepState.DUE, *ABSENT))


@dataclass(frozen=True, slots=True)
class Manner:
    """`says_missing`: what should be there and is not is shown as 缺 or 未记录, else left blank for the hand; `hand_rows`: tables
    that go on have empty rows at their end."""

    says_missing: bool
    hand_rows: bool


SHEET_OF_DOSSIER = Manner(says_missing=True, hand_rows=True)
TO_BE_COMPLETED = Manner(says_missing=False, hand_rows=True)
COMPLETE = Manner(says_missing=True, hand_rows=False)


@dataclass(frozen=True, slots=True)
class Boxes:
    """Fills the boxes of one person."""

    subject: Subject
    wording: Wording
    manner: Manner = SHEET_OF_DOSSIER

    def text(self, field: FormField, entry: Entry | None = None) -> str:
        value, schema = self.subject.first(field.refs, entry)
        text = self.wording.text(value, schema, field.shape)
        return f"{text}{field.unit}" if text else ""

    def about(self, field: FormField) -> Cell:
        text = self.text(field)
        if not text and self.subject.is_shut(field.refs):
            return Cell(state="sealed") if self.manner.says_missing else BLANK
        if not text and any(self.is_absent(ref.partition(".")[0]) for ref in field.refs):
            return self.missing()
        return Cell(text)

    def missing(self, why: str = "") -> Cell:
        return Cell(why, "missing") if self.manner.says_missing else BLANK

    def is_absent(self, step: str) -> bool:
        progress = self.subject.progress.steps.get(step)
        return progress is not None and progress.state in ABSENT and not progress.entries

    def grid(
        self, rows: tuple[tuple[FormField, ...], ...], columns: int, fill: Callable[[FormField], Cell]
    ) -> tuple[tuple[Fact, ...], ...]:
        filled = ([(field, fill(field)) for field in row] for row in rows)
        kept = ([(field, cell) for field, cell in row if cell.text or not field.optional] for row in filled)
        return tuple(filled_up(row, columns) for row in kept if row)

    def minuted(self, entry: Entry, field: FormField) -> Cell:
        text = self.text(field, entry)
        unrecorded = self.manner.says_missing and not field.optional
        return Cell(text) if text else Cell(state="unrecorded") if unrecorded else BLANK
