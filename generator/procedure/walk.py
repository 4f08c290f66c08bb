"""Walks the entries of an attempt once, in order, and applies what they do to stage, status and probation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from generator.definitions.model import Transition
from generator.diagnostics import Place
from generator.procedure.attempt import Attempt, Mark, Reopening, StageMark, StatusMark
from generator.procedure.baseline import Baseline
from generator.procedure.book import CULTIVATED, Book, Clause
from generator.procedure.conditions import Facts, holds, recorded
from generator.procedure.scope import Scope
from generator.procedure.timeline import is_completed
from generator.records.model import Entry, Person


def walk(
    person: Person,
    book: Book,
    facts: Facts,
    entries: Sequence[Entry],
    baseline: Baseline | None,
    current: bool,
    as_of: date | None = None,
) -> Attempt:
    """Index the entries, then apply the transitions of the completed ones in order. A status beginning after `as_of` waits."""
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
    attempt.statuses.sort(key=lambda status: status.day)
    if as_of is not None:
        attempt.ahead = [status.day for status in attempt.statuses if status.day > as_of]
        attempt.statuses = [status for status in attempt.statuses if status.day <= as_of]
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
    entry = mark.entry
    for transition in clause.step.transitions:
        if not fires(transition, attempt.facts_on(entry.date), entry):
            continue
        scope = Scope(attempt, mark.index, entry.date)
        if transition.extends is not None:
            months = scope.value(transition.extends)
            if isinstance(months, int) and not isinstance(months, bool) and months > 0:
                attempt.extensions.append((mark.index, months))
            first = transition.extends.subject if transition.extends.subject != "own" else entry.step
            steps = mark.edition.done_again(transition.reopens, first, entry.step)
            attempt.reopenings.append(Reopening(mark.index, steps))
        named: Any = entry.get(transition.stage_from_field) if transition.stage_from_field else transition.stage
        dated = scope.first(transition.since)
        if isinstance(named, str) and named in mark.edition.stages:
            _enter(attempt, mark, named, dated.day if dated else None, dated.place if dated else None)
        if transition.status is not None and (dated is not None or not transition.since):
            day = max(entry.date, dated.day) if dated else entry.date
            attempt.statuses.append(StatusMark(mark.index, day, transition.status))
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
        attempt.reopenings.append(Reopening(mark.index, mark.edition.done_again((), ref.subject)))


def _enter(attempt: Attempt, mark: Mark, stage: str, since: date | None, place: Place | None) -> None:
    """`since` None: the day of the entry; for a stage the person falls back to, the day it counted from before."""
    order, before = mark.edition.stages[stage], attempt.stage
    if before is not None and order < mark.edition.stages.get(before.stage, order):
        # What had led further is to be done again, with all that rests on it.
        led = {attempt.marks[m.index].entry.step for m in attempt.stages if m.index >= 0 and mark.edition.stages.get(m.stage, 0) > order}
        again = led.union(*(mark.edition.dependents.get(step, frozenset()) for step in led))
        attempt.reopenings.append(Reopening(mark.index, frozenset(again)))
        held = next((m for m in reversed(attempt.stages) if m.stage == stage), None)
        if since is None and held is not None:
            since, place = held.since, held.place
    where = place or mark.entry.place("date")
    attempt.stages.append(StageMark(mark.index, mark.entry.date, stage, since or mark.entry.date, where))
