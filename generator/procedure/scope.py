"""Resolves references of the procedure (`apply.received`, `since.activist`, `probation.expiry`, `own.start`) for one entry or absence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.definitions.model import Ref
from generator.diagnostics import Place
from generator.procedure.attempt import Attempt, Mark
from generator.procedure.book import PROBATIONARY, Edition
from generator.procedure.calendar import add_months
from generator.records.model import Entry

FIELD_NAMES = {
    "received": "收到日期", "decided": "决定日期", "reported": "上报日期", "start": "开始日期", "returned": "退回日期",
    "signed": "签署日期", "issued": "发放日期", "notice": "通知日期", "notified": "通知日期", "effective": "转正之日",
    "until": "推迟至日期", "expected": "预计日期", "next_meeting": "下次会议日期", "handed_over": "移交日期",
    "last_contact": "最后一次联系上的日期", "accepted": "接收日期",
}  # fmt: skip
PERSON_NAMES = {"leaves": "离校（离职）日期", "born": "出生日期", "enrolled": "入学（入职）日期"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day some limit counts from: its meaning in Chinese, its place, and the entry it belongs to (position in the attempt)."""

    day: date
    meaning: str
    where: Place | tuple[Entry, str] | None
    """The place, or the entry and field to look it up in: most anchors are never shown."""
    index: int | None = None
    step: str | None = None

    @property
    def place(self) -> Place | None:
        return self.where[0].place(self.where[1]) if isinstance(self.where, tuple) else self.where


@dataclass(frozen=True, slots=True)
class Expiry:
    """The probation period seen from one entry: first day, day of expiry, months of extension so far."""

    start: date
    expiry: date
    extended: int
    where: Place | tuple[Entry, str] | None
    index: int | None


class Scope:
    """References as seen from position `index` of an attempt, or from its end when a step is absent (`index` None)."""

    __slots__ = ("attempt", "day", "edition", "index")

    def __init__(self, attempt: Attempt, index: int | None, day: date, edition: Edition | None = None) -> None:
        self.attempt, self.index, self.day = attempt, index, day
        self.edition = edition or attempt.book.on(day)

    @property
    def entry(self) -> Entry | None:
        return None if self.index is None else self.attempt.marks[self.index].entry

    @property
    def mark(self) -> Mark | None:
        return None if self.index is None else self.attempt.marks[self.index]

    def title(self, step: str) -> str:
        clause = self.attempt.book.clause(step, self.day)
        return clause.step.title if clause else step

    def first(self, refs: tuple[Ref, ...]) -> Anchor | None:
        """The first reference that is present; a date in an entry, in the person's file, or a derived one."""
        for ref in refs:
            found = self.resolve(ref)
            if found is not None:
                return found
        return None

    def resolve(self, ref: Ref) -> Anchor | None:
        if ref.subject == "own":
            return self._own(ref.field)
        if ref.subject == "person":
            return self._person(ref.field)
        if ref.subject == "since":
            return self._since(ref.field)
        if ref.subject == "probation":
            return self._probation(ref.field)
        if ref.subject == "refused":
            return self._refused(ref.field)
        return self._step(ref)

    def value(self, ref: Ref) -> Any:
        """Any value a reference names, not only a date; None when absent."""
        if ref.subject == "own":
            return self.entry.get(ref.field) if self.entry else None
        if ref.subject == "person":
            return self.attempt.person.get(ref.field)
        mark = self.completed(ref.subject)
        return mark.entry.get(ref.field) if mark else None

    def completed(self, step: str) -> Mark | None:
        """The completed entry of a step meant here: the latest on or before the day, else the first after; for an absence, a live one."""
        attempt = self.attempt
        if self.index is None:
            return attempt.latest(step, len(attempt.marks), live=True)
        if attempt.marks[self.index].entry.step == step:
            return attempt.latest(step, self.index)
        return attempt.by_day(step, self.day)

    def _own(self, name: str) -> Anchor | None:
        entry = self.entry
        value = entry.get(name) if entry else None
        if entry is None or not isinstance(value, date):
            return None
        return Anchor(value, FIELD_NAMES.get(name, "日期"), (entry, name), self.index, entry.step)

    def _person(self, name: str) -> Anchor | None:
        value = self.attempt.person.get(name)
        if not isinstance(value, date):
            return None
        place = self.attempt.person.place(*name.split("."))
        return Anchor(value, PERSON_NAMES.get(name, "日期"), place)

    def _since(self, stage: str) -> Anchor | None:
        found, order = None, self.edition.stages.get(stage, 0)
        for mark in self.attempt.stages:
            if found is not None and self.index is not None and mark.day > self.day:
                break
            if mark.stage == stage:
                found = mark
            elif self.edition.stages.get(mark.stage, order) < order:
                found = None  # fell back: the stage no longer counts
        if found is None:
            return None
        title = next((s.title for s in self.edition.procedure.stages if s.id == stage), stage)
        index = found.index if found.index >= 0 else None
        return Anchor(found.since, f"成为{title}", found.place, index)

    def _probation(self, name: str) -> Anchor | None:
        period = self.period()
        if period is None:
            return None
        if name == "start":
            return Anchor(period.start, "预备期起算", period.where, period.index)
        return Anchor(period.expiry, "预备期满", period.where, period.index)

    def period(self) -> Expiry | None:
        """The probation period with the extensions that came before this position; None before it started."""
        rules = self.edition.procedure.probation
        anchor = self.resolve(rules.starts) if rules.starts.subject != "probation" else None
        if anchor is None:
            return None
        limit = len(self.attempt.marks) if self.index is None else self.index
        extended = sum(months for index, months in self.attempt.extensions if index < limit)
        base = self.attempt.baseline
        if base is not None and base.probation_end is not None and anchor.index is None:
            told = 0
            while told < 24 and add_months(anchor.day, rules.months + told) < base.probation_end:
                told += 1
            extended += told
        expiry = add_months(anchor.day, rules.months + extended)
        return Expiry(anchor.day, expiry, extended, anchor.where, anchor.index)

    def _step(self, ref: Ref) -> Anchor | None:
        mark = self.completed(ref.subject)
        if mark is None:
            return self._told(ref)
        value = mark.entry.get(ref.field)
        if not isinstance(value, date):
            return None
        name = self.title(ref.subject) + ("" if ref.field == "date" else FIELD_NAMES.get(ref.field, ""))
        return Anchor(value, name, (mark.entry, ref.field), mark.index, ref.subject)

    def _refused(self, step: str) -> Anchor | None:
        """The last entry of a step before this position that did not complete it: a failed vote, a returned filing."""
        end = len(self.attempt.marks) if self.index is None else self.index
        for index in reversed(self.attempt.all_of.get(step, ())):
            mark = self.attempt.marks[index]
            if index < end and not mark.completed:
                return Anchor(mark.entry.date, f"上次{self.title(step)}未通过", (mark.entry, "date"), index, step)
        return None

    def _told(self, ref: Ref) -> Anchor | None:
        """The baseline's date of a step that has no entry: the opening, and the one the probation period counts from."""
        base, person = self.attempt.baseline, self.attempt.person
        if base is None or ref.subject not in self.edition.clauses:
            return None
        if base.applied is not None and self.edition.clauses[ref.subject].step.opens_attempt:
            return Anchor(base.applied, self.title(ref.subject), person.place("baseline", "applied"))
        if ref == self.edition.procedure.probation.starts and base.probation_start is not None:
            return Anchor(base.probation_start, self.title(ref.subject), base.places.get(PROBATIONARY))
        return None
