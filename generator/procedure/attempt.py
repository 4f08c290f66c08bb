"""One attempt: its entries, which of them complete their steps, and the stages, statuses and extensions that followed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date

from generator.diagnostics import Place
from generator.procedure.baseline import Baseline
from generator.procedure.book import Book, Clause, Edition
from generator.procedure.conditions import Facts
from generator.records.model import Entry, Person

ENDED = ("left", "cancelled")
"""Statuses in which a person has no place in the procedure."""
GONE = (*ENDED, "transferred")
"""Statuses in which a person does not belong to this organisation any more; who was transferred keeps the stage."""
STOPPED = "stopped"
"""Membership suspended because the person cannot be found."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry with its position, the version of its day and its step there (None: no version knows the step)."""

    index: int
    entry: Entry
    edition: Edition
    clause: Clause | None
    completed: bool


@dataclass(frozen=True, slots=True)
class StageMark:
    """A stage entered. `index` −1: stated by the baseline."""

    index: int
    day: date
    """Date of the entry."""
    stage: str
    since: date
    place: Place


@dataclass(frozen=True, slots=True)
class StatusMark:
    index: int
    day: date
    """From when it holds: the entry's date, or a later day that the entry names."""
    status: str


@dataclass(frozen=True, slots=True)
class Reopening:
    """Completions of these steps up to `index` no longer count after it."""

    index: int
    steps: frozenset[str]


@dataclass(slots=True)
class Attempt:
    """The entries of one attempt with what follows from them."""

    person: Person
    book: Book
    facts: Facts
    baseline: Baseline | None
    current: bool
    marks: list[Mark] = field(default_factory=list)
    all_of: dict[str, list[int]] = field(default_factory=dict)
    completed_of: dict[str, list[int]] = field(default_factory=dict)
    stages: list[StageMark] = field(default_factory=list)
    statuses: list[StatusMark] = field(default_factory=list)
    """By day."""
    ahead: list[date] = field(default_factory=list)
    """Days on which a status is still to begin."""
    extensions: list[tuple[int, int]] = field(default_factory=list)
    """(index, months) of every extension of the probation period."""
    reopenings: list[Reopening] = field(default_factory=list)
    moves: list[tuple[date, str, Facts]] = field(default_factory=list)
    """(day, branch left, conditions there) of every change of branch."""

    @property
    def stage(self) -> StageMark | None:
        return self.stages[-1] if self.stages else None

    @property
    def status(self) -> str:
        return self.statuses[-1].status if self.statuses else "active"

    @property
    def start(self) -> date | None:
        if self.baseline is not None and self.baseline.applied is not None:
            return self.baseline.applied
        for mark in self.marks:
            if mark.completed and mark.clause is not None and mark.clause.step.opens_attempt:
                return mark.entry.date
        return None

    def facts_on(self, day: date) -> Facts:
        """Conditions as they were in the branch the person was in on a day."""
        return next((facts for moved, _, facts in self.moves if day < moved), self.facts)

    def moved_since(self, day: date) -> bool:
        return any(day < moved for moved, _, _ in self.moves)

    def is_live(self, step: str, index: int, at: int) -> bool:
        """Whether a completion still counts at a position (no reopening between the two)."""
        return not any(index <= r.index < at and step in r.steps for r in self.reopenings)

    def latest(self, step: str, at: int, live: bool = False) -> Mark | None:
        """The latest completed entry of a step before a position."""
        indexes = self.completed_of.get(step)
        if not indexes:
            return None
        cut = bisect_left(indexes, at)
        if cut == 0:
            return None
        index = indexes[cut - 1]
        return self.marks[index] if not live or self.is_live(step, index, at) else None

    def by_day(self, step: str, day: date) -> Mark | None:
        """The latest completed entry on or before a day, else the first one after it."""
        indexes = self.completed_of.get(step)
        if not indexes:
            return None
        cut = bisect_right(indexes, day, key=lambda i: self.marks[i].entry.date)
        return self.marks[indexes[cut - 1] if cut else indexes[0]]

    def predecessor(self, step: str, mark: Mark) -> Mark | None:
        """The completion of a step that an entry rests on: the latest live one up to its day, else the first one after it."""
        indexes = self.completed_of.get(step)
        if not indexes:
            return None
        found = None
        for index in indexes:
            other = self.marks[index]
            if index == mark.index or (index < mark.index and not self.is_live(step, index, mark.index)):
                continue
            if other.entry.date <= mark.entry.date or found is None:
                found = other
            if other.entry.date > mark.entry.date:
                break
        return found

    def suspended(self, day: date) -> bool:
        """Whether the person was suspended on a day."""
        status = "active"
        for mark in self.statuses:
            if mark.day > day:
                break
            status = mark.status
        return status == "suspended"

    def resumed_within(self, start: date, end: date) -> date | None:
        """The last day within (start, end] on which a suspension ended."""
        found, before = None, "active"
        for mark in self.statuses:
            if before == "suspended" and mark.status == "active" and start < mark.day <= end:
                found = mark.day
            before = mark.status
        return found

    def status_before(self, index: int) -> str:
        status, day = "active", self.marks[index].entry.date
        for mark in self.statuses:
            if mark.index < index and mark.day <= day:
                status = mark.status
        return status
