"""One attempt, walked once: which entries complete their steps, and what they do to stage, status and probation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.definitions.model import Transition
from generator.diagnostics import Place
from generator.procedure.baseline import Baseline
from generator.procedure.book import CULTIVATED, Book, Clause, Edition
from generator.procedure.conditions import Facts, holds, recorded
from generator.procedure.timeline import is_completed
from generator.records.model import Entry, Person

ENDED = ("left", "cancelled")
"""Statuses in which a person has no place in the procedure."""


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
        status = "active"
        for mark in self.statuses:
            if mark.index >= index:
                break
            status = mark.status
        return status


def walk(person: Person, book: Book, facts: Facts, entries: Sequence[Entry], baseline: Baseline | None, current: bool) -> Attempt:
    """Index the entries, then apply the transitions of the completed ones in order."""
    attempt = Attempt(person, book, facts, baseline, current)
    for index, entry in enumerate(entries):
        clause = book.clause(entry.step, entry.date)
        mark = Mark(index, entry, book.on(entry.date), clause, is_completed(entry, book, facts))
        attempt.marks.append(mark)
        attempt.all_of.setdefault(entry.step, []).append(index)
        if mark.completed:
            attempt.completed_of.setdefault(entry.step, []).append(index)
        left = entry.get("from_branch")
        if isinstance(left, str) and left != person.branch:
            attempt.moves.append((entry.date, left, facts.at(left)))
    _inherit(attempt)
    for mark in attempt.marks:
        if mark.completed and mark.clause is not None:
            _apply(attempt, mark, mark.clause)
    return attempt


def _inherit(attempt: Attempt) -> None:
    base = attempt.baseline
    if base is None:
        return
    stages = attempt.book.editions[-1].stages
    limit = stages.get(base.stage or "", max(stages.values(), default=0))
    for stage, since in sorted(base.since.items(), key=lambda item: stages.get(item[0], 0)):
        if stage in stages and stages[stage] <= limit:
            attempt.stages.append(StageMark(-1, base.arrived or since, stage, since, base.places[stage]))
    if base.stage is not None and base.stage in stages and base.stage not in base.since:
        since = base.arrived or date.min
        attempt.stages.append(StageMark(-1, since, base.stage, since, attempt.person.place("baseline", "status")))


def fires(transition: Transition, facts: Facts, entry: Entry) -> bool:
    """Whether an entry has the effect: its condition holds, or nothing is recorded and the effect is the default."""
    if not transition.when or holds(transition.when, facts, entry):
        return True
    return transition.default and not recorded(transition.when, entry)


def _apply(attempt: Attempt, mark: Mark, clause: Clause) -> None:
    # Late import: a scope looks into an attempt, and an attempt dates its stages through a scope.
    from generator.procedure.scope import Scope

    entry = mark.entry
    for transition in clause.step.transitions:
        if not fires(transition, attempt.facts_on(entry.date), entry):
            continue
        scope = Scope(attempt, mark.index, entry.date)
        if transition.extends is not None:
            months = scope.value(transition.extends)
            if isinstance(months, int) and not isinstance(months, bool) and months > 0:
                attempt.extensions.append((mark.index, months))
            steps = frozenset(transition.reopens)
            if not steps:
                # The version does not say what is done again: what the extension was decided in, and all that follows.
                first = transition.extends.subject if transition.extends.subject != "own" else entry.step
                steps = mark.edition.dependents.get(first, frozenset()) | {first, entry.step}
            attempt.reopenings.append(Reopening(mark.index, steps))
        named: Any = entry.get(transition.stage_from_field) if transition.stage_from_field else transition.stage
        dated = scope.first(transition.since)
        if isinstance(named, str) and named in mark.edition.stages:
            _enter(attempt, mark, named, dated.day if dated else entry.date, dated.place if dated else None)
        if transition.status is not None:
            attempt.statuses.append(StatusMark(mark.index, entry.date, transition.status))
    counted = entry.get("counted_from")
    if isinstance(counted, date) and attempt.stage is not None and attempt.stage.stage == CULTIVATED:
        _enter(attempt, mark, CULTIVATED, counted, entry.place("counted_from"))
    if not attempt.book.on(entry.date).extends:
        _extend_by_period(attempt, mark)


def _extend_by_period(attempt: Attempt, mark: Mark) -> None:
    """Versions without an extending transition: the entry that names the months extends."""
    ref = mark.edition.procedure.probation.extended_by
    if ref is None or ref.subject != mark.entry.step:
        return
    months = mark.entry.get(ref.field)
    if isinstance(months, int) and not isinstance(months, bool) and months > 0:
        attempt.extensions.append((mark.index, months))
        steps = mark.edition.dependents.get(ref.subject, frozenset()) | {ref.subject}
        attempt.reopenings.append(Reopening(mark.index, steps))


def _enter(attempt: Attempt, mark: Mark, stage: str, since: date, place: Place | None) -> None:
    order, before = mark.edition.stages[stage], attempt.stage
    if before is not None and order < mark.edition.stages.get(before.stage, order):
        # What had led further is to be done again, with all that rests on it.
        led = {attempt.marks[m.index].entry.step for m in attempt.stages if m.index >= 0 and mark.edition.stages.get(m.stage, 0) > order}
        again = led.union(*(mark.edition.dependents.get(step, frozenset()) for step in led))
        attempt.reopenings.append(Reopening(mark.index, frozenset(again)))
    attempt.stages.append(StageMark(mark.index, mark.entry.date, stage, since, place or mark.entry.place("date")))
