"""The state of every step for one person on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.definitions.model import Limit
from generator.procedure.attempt import Attempt
from generator.procedure.book import Clause, Edition
from generator.procedure.calendar import add_days, add_months
from generator.procedure.conditions import about_entry, may_hold
from generator.procedure.constraints import judge
from generator.procedure.constraints.every import every
from generator.procedure.context import Context
from generator.procedure.findings import Ledger, doubt_about, same_limit
from generator.procedure.order import Presupposed, applies, is_asked, is_unknown, predecessors
from generator.procedure.progress import Deadline, StepProgress, StepState
from generator.procedure.scope import Scope
from generator.records.model import Entry

LEAD_MONTHS = 1
"""An instalment of a series counts as due this long before its latest day."""
DATING = frozenset({"within", "not_before", "age"})


@dataclass(slots=True)
class Clocks:
    """The days set by the limits of an absent step."""

    earliest: Deadline | None = None
    latest: Deadline | None = None
    overdue: bool = False


@dataclass(slots=True)
class Board:
    """Works out the states of one person; `turns` collects the days on which one of them changes."""

    attempt: Attempt
    edition: Edition
    context: Context
    ledger: Ledger
    missing: Mapping[str, Presupposed]
    as_of: date
    turns: list[date] = field(default_factory=list)
    _done: dict[str, int] = field(default_factory=dict)
    _waived: set[str] = field(default_factory=set)
    _exits: dict[int, tuple[Edition, date]] = field(default_factory=dict)

    def states(self) -> dict[str, StepProgress]:
        attempt, end = self.attempt, len(self.attempt.marks)
        for step in attempt.completed_of:
            mark = attempt.latest(step, end, live=True)
            if mark is not None:
                self._done[step] = mark.index
        self._note_exits()
        self._note_settled()
        result = {step: self._progress(clause) for step, clause in self.edition.clauses.items()}
        for step in attempt.all_of:
            if step not in result:
                old = attempt.marks[attempt.all_of[step][0]].clause
                if old is not None:
                    result[step] = self._recorded(old, StepState.DONE if step in self._done else StepState.NOT_APPLICABLE)
        return result

    def _note_exits(self) -> None:
        """For each stage passed: the version in force when it was left."""
        before = -1
        for mark in self.attempt.stages:
            order = self.edition.stages.get(mark.stage)
            if order is None:
                continue
            for passed in range(before, order):
                self._exits[passed] = (self.attempt.book.on(mark.day), mark.day)
            before = order

    def _note_settled(self) -> None:
        """Steps this version wants before something that was done under a version which did not: not reopened."""
        if all(mark.edition is self.edition for mark in self.attempt.marks):
            return
        for step, clause in self.edition.clauses.items():
            if step in self._done or step in self.missing or not is_asked(clause, self.attempt.facts):
                continue
            following = self.edition.dependents.get(step, frozenset())
            for done, index in self._done.items():
                if done in following and self.attempt.marks[index].edition is not self.edition:
                    self._waived.add(step)
                    break

    def _entries(self, step: str) -> tuple[Entry, ...]:
        return tuple(self.attempt.marks[index].entry for index in self.attempt.all_of.get(step, ()))

    def _recorded(
        self, clause: Clause, state: StepState, clocks: Clocks | None = None, waits_for: tuple[str, ...] = ()
    ) -> StepProgress:
        step = clause.step.id
        index = self._done.get(step)
        completed = self.attempt.marks[index].entry if index is not None else None
        earliest, latest = (clocks.earliest, clocks.latest) if clocks else (None, None)
        return StepProgress(clause.step, state, self._entries(step), completed, earliest, latest, waits_for)

    def _progress(self, clause: Clause) -> StepProgress:
        if clause.step.id in self._done:
            return self._series(clause) if clause.series else self._recorded(clause, StepState.DONE)
        if (clause.step.optional or not clause.step.duty) and clause.step.id not in self.attempt.all_of:
            return clause.untouched
        return self._absent(clause)

    def _absent(self, clause: Clause) -> StepProgress:
        step, attempt = clause.step, self.attempt
        if not applies(clause, attempt.facts):
            return self._recorded(clause, StepState.NOT_APPLICABLE)
        if step.id in self.missing:
            return self._recorded(clause, StepState.MISSING)
        if is_unknown(attempt, clause, self.edition):
            return self._recorded(clause, StepState.UNKNOWN)
        if not is_asked(clause, attempt.facts) or step.id in self._waived:
            return self._recorded(clause, StepState.NOT_APPLICABLE)
        if attempt.status != "active":
            idle = StepState.WAITING if attempt.status == "suspended" else StepState.NOT_APPLICABLE
            return self._recorded(clause, idle, waits_for=self._waits_for(clause))
        order, present = self.edition.stage_order(step.stage), self._stage_order()
        if order is not None and present is not None and present > order:
            return self._passed_over(clause, order)
        if clause.series:
            return self._series(clause)
        early = order is not None and (order > (present if present is not None else -1)) and not step.opens_attempt
        if early:
            # No clock of a later stage runs yet: the probation period, say, is only real once it is approved.
            return self._recorded(clause, StepState.WAITING, waits_for=self._waits_for(clause))
        clocks = self._clocks(clause, self.edition, self.as_of)
        waits_for = self._waits_for(clause, clocks)
        if clocks.overdue:
            return self._recorded(clause, StepState.OVERDUE, clocks, waits_for)
        if waits_for or (clocks.earliest is not None and clocks.earliest.day > self.as_of):
            return self._recorded(clause, StepState.WAITING, clocks, waits_for)
        return self._recorded(clause, StepState.DUE, clocks)

    def _stage_order(self) -> int | None:
        stage = self.attempt.stage
        return None if stage is None else self.edition.stages.get(stage.stage)

    def _waits_for(self, clause: Clause, clocks: Clocks | None = None) -> tuple[str, ...]:
        """Ids of the steps that must come first; one that must lie on an earlier day moves the earliest day on."""
        found = []
        for after, before in predecessors(self.edition, clause, self.attempt, None, self._done.keys()):
            step = before.step.id
            if after.strict and clocks is not None and step in self._done:
                self._not_before(Deadline(add_days(self.attempt.marks[self._done[step]].entry.date, 1), None), clocks)
            settled = step in self._done or step in self.missing or step in self._waived
            if not settled and not is_unknown(self.attempt, before, self.edition):
                found.append(step)
        return tuple(found)

    def _passed_over(self, clause: Clause, order: int) -> StepProgress:
        """A step of a stage the person has left: judged by the version in force when it was left."""
        edition, day = self._exits.get(order, (self.edition, self.as_of))
        then = edition.clauses.get(clause.step.id)
        if then is None or not is_asked(then, self.attempt.facts_on(day)):
            return self._recorded(clause, StepState.NOT_APPLICABLE)
        clocks = self._clocks(then, edition, day)
        return self._recorded(clause, StepState.MISSING, Clocks(latest=clocks.latest))

    def _clocks(self, clause: Clause, edition: Edition, day: date) -> Clocks:
        """Earliest and latest day by all limits; what has run out is reported. `day` decides the version in doubt."""
        clocks, attempt = Clocks(), self.attempt
        scope = Scope(attempt, None, self.as_of, edition)
        refused = max((i for i in attempt.all_of.get(clause.step.id, ()) if not attempt.marks[i].completed), default=-1)
        for limit in clause.limits:
            if limit.rule not in DATING or not self._may_bind(limit):
                continue
            verdict = judge(limit, clause.step.title, scope, self.context)
            self._not_before(verdict.earliest, clocks)
            latest = verdict.latest
            answered = refused >= 0 and (verdict.anchor_index is None or refused > verdict.anchor_index)
            if latest is None or answered or attempt.suspended(latest.day):
                continue
            self.turns.append(add_days(latest.day, 1))
            same = same_limit(clause.step.id, limit, edition)
            doubted = limit.doubtful or doubt_about(attempt.book, day, verdict.anchor, same) is not None
            for breach in verdict.breaches:
                self.ledger.broken(limit, clause.step, breach, day, same)
                clocks.overdue = clocks.overdue or not doubted
            if doubted and verdict.breaches:
                continue
            if clocks.latest is None or latest.day < clocks.latest.day:
                clocks.latest = latest
        for limit in clause.floors:
            if self._may_bind(limit):
                self._not_before(judge(limit, clause.step.title, scope, self.context).earliest, clocks)
        return clocks

    def _not_before(self, earliest: Deadline | None, clocks: Clocks) -> None:
        if earliest is None:
            return
        self.turns.append(earliest.day)
        if clocks.earliest is None or earliest.day > clocks.earliest.day:
            clocks.earliest = earliest

    def _may_bind(self, limit: Limit) -> bool:
        """A floor binds as long as it may; a deadline only when nothing about it depends on the entry to come."""
        if not limit.when:
            return True
        if limit.rule == "within" and about_entry(limit.when):
            return False
        return may_hold(limit.when, self.attempt.facts)

    def _series(self, clause: Clause) -> StepProgress:
        attempt, clocks = self.attempt, Clocks()
        started = ended = False
        open_ = attempt.status == "active"
        for limit in clause.series:
            if limit.when and not may_hold(limit.when, attempt.facts):
                continue
            verdict = every(limit, clause.step.id, clause.step.title, attempt, self.edition, self.as_of, open_)
            started, ended = started or verdict.started, ended or verdict.ended
            if verdict.latest is None:
                continue
            if clocks.latest is None or verdict.latest.day < clocks.latest.day:
                clocks.latest = verdict.latest
            self.turns += [add_days(verdict.latest.day, 1), add_months(verdict.latest.day, -LEAD_MONTHS)]
            if (grace := limit.params.get("grace_days")) and isinstance(grace, int):
                self.turns.append(add_days(verdict.latest.day, grace + 1))
            same = same_limit(clause.step.id, limit, self.edition)
            for day, breach in verdict.breaches:
                if day == self.as_of:
                    self.ledger.broken(limit, clause.step, breach, day, same)
        done = clause.step.id in self._done
        if clocks.latest is None:
            waits_for = () if done else self._waits_for(clause)
            return self._recorded(clause, StepState.DONE if done else StepState.WAITING, waits_for=waits_for)
        if self.as_of > clocks.latest.day:
            return self._recorded(clause, StepState.OVERDUE, clocks)
        near = self.as_of >= add_months(clocks.latest.day, -LEAD_MONTHS)
        return self._recorded(clause, StepState.DUE if near else StepState.RUNNING, clocks)
