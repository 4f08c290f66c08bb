"""What a rule is given about one person, and the questions rules ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from generator.audit.index import CorpusIndex
from generator.audit.papers import Paper, papers_of
from generator.definitions.model import Step
from generator.definitions.rules import Rules
from generator.diagnostics import Place, Related, Severity
from generator.procedure.calendar import add_days
from generator.procedure.progress import Progress
from generator.records.corpus import Corpus
from generator.records.model import Branch, Committee, Entry, Person


@dataclass(frozen=True, slots=True)
class Found:
    """A finding without what the register knows already. `severity` and `basis` only where they differ from the rule's."""

    place: Place
    message: str
    hint: str = ""
    step: str | None = None
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Today:
    """The as-of day, which rules only ask whether a day lies before it.

    `turns`: the days on which an answer given so far becomes another one, so that findings can be kept until the first of them.
    """

    day: date
    turns: set[date] = field(default_factory=set)

    def passed(self, day: date) -> bool:
        if day >= self.day and day < date.max:
            self.turns.add(add_days(day, 1))
        return day < self.day


@dataclass(frozen=True)
class Subject:
    """One person with everything a rule may look at. Rules read it, they never change it."""

    person: Person
    progress: Progress
    corpus: Corpus
    rules: Rules
    index: CorpusIndex
    today: Today
    explicit: bool = False
    """The day was asked for: what lies after it is left aside, not a fault."""

    def passed(self, day: date) -> bool:
        """Whether a day lies before the as-of day. No message may name that day, or count days to it: findings are kept longer."""
        return self.today.passed(day)

    @property
    def branch(self) -> Branch:
        return self.corpus.branches[self.person.branch]

    @property
    def committee(self) -> Committee:
        return self.corpus.committees[self.person.committee]

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Entries of the current attempt, oldest first."""
        start = self.progress.attempt_start
        return tuple(e for e in self.progress.timeline if start is None or e.date >= start)

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """Every paper of the current attempt, by entry."""
        return tuple(paper for entry in self.entries for paper in papers_of(entry))

    def step_of(self, entry: Entry) -> Step | None:
        found = self.progress.steps.get(entry.step)
        return found.step if found else None

    def at(self, code: str, *kinds: str) -> Iterator[tuple[Entry, Step]]:
        """Entries of the steps whose `pitfalls` in the procedure name the code (of these kinds only, if given), oldest first.

        This is what binds a rule to places in the procedure: rules name no step.
        """
        return ((e, step) for e, step in self._by_code.get(code, ()) if not kinds or step.kind in kinds)

    @cached_property
    def _by_code(self) -> dict[str, list[tuple[Entry, Step]]]:
        found: dict[str, list[tuple[Entry, Step]]] = {}
        for entry in self.entries:
            step = self.step_of(entry)
            for code in step.pitfalls if step is not None else ():
                found.setdefault(code, []).append((entry, self.progress.steps[entry.step].step))
        return found

    def completed(self, entry: Entry) -> bool:
        """False for an entry that was refused: a failed vote, a returned filing."""
        step = self.step_of(entry)
        return step is None or not any(entry.get(key) in values for key, values in step.refused_when.items())

    def followers(self, entry: Entry) -> Iterator[Entry]:
        """Completed entries of the steps that the procedure puts directly after this one."""
        for other in self.entries:
            step = self.step_of(other)
            if step is not None and self.completed(other) and any(after.step == entry.step for after in step.after):
                yield other

    def title(self, step_id: str) -> str:
        found = self.progress.steps.get(step_id)
        return found.step.title if found else step_id

    def person_named(self, reference: Any) -> Person | None:
        """The person of the records an id stands for; None for somebody outside the records."""
        return self.corpus.person(reference) if isinstance(reference, str) else None

    def name_of(self, reference: Any) -> str:
        """The name to print for an id or an outside person."""
        if isinstance(reference, Mapping):
            return str(reference.get("name", "（未写姓名）"))
        found = self.person_named(reference)
        organiser = self.corpus.organisers.get(str(reference))
        return found.name if found else str(organiser.fields.get("name", reference)) if organiser else str(reference)

    def full_member(self, person: Person, day: date) -> bool:
        """Full member with rights on a day; what nothing tells about counts as yes, since it cannot be held against anybody."""
        standing = self.index.standings.on(person.id, day)
        return standing.rights or not standing.known

    def branch_of(self, entry: Entry) -> str:
        """The branch in which an entry happened: the event's, else the one the person was in that day."""
        event_branch = self.index.event_branches.get(entry.event) if entry.event else None
        return event_branch or self.index.branch_on(self.person, entry.date)
