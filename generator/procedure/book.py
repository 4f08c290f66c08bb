"""All versions and layers of the rules in the form the engine reads: indexed once, used for every person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.definitions.floors import shared_floors
from generator.definitions.model import After, Limit, Procedure, Step
from generator.definitions.rules import Rules
from generator.procedure.progress import StepProgress, StepState

FULL = "full"
PROBATIONARY = "probationary"
CULTIVATED = "activist"
"""The stage whose length a change of branch may restate (`counted_from`)."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A step in one version; its limits are those of every layer (definitions fold them in)."""

    step: Step
    order: int
    limits: tuple[Limit, ...]
    series: tuple[Limit, ...]
    """The periodic limits; they look at all entries of the step at once."""
    floors: tuple[Limit, ...]
    """Of later parts of the same numbered step: they set the earliest day of this one too, and find nothing."""
    untouched: StepProgress
    """The state of a step that is not asked for and has no entries, shared by everybody."""

    def limit(self, limit_id: str) -> Limit | None:
        return next((limit for limit in (*self.limits, *self.series) if limit.id == limit_id), None)

    def predecessor(self, step: str) -> After | None:
        return next((after for after in self.step.after if after.step == step), None)


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of the procedure, indexed."""

    procedure: Procedure
    clauses: Mapping[str, Clause]
    stages: Mapping[str, int]
    """Stage id → order."""
    dependents: Mapping[str, frozenset[str]]
    """Step → every step that comes after it, directly or not."""
    extends: bool
    """Some transition of the version extends the probation period."""

    @property
    def from_(self) -> date:
        return self.procedure.from_

    def stage_order(self, stage: str | None) -> int | None:
        return None if stage is None else self.stages.get(stage)

    def done_again(self, stated: Iterable[str], *decided: str) -> frozenset[str]:
        """Steps reopened by an extension: those the version states, else what it was decided in and all that follows the first of these."""
        return frozenset(stated) or self.dependents.get(decided[0], frozenset()).union(decided)


@dataclass(frozen=True, slots=True)
class Book:
    """The versions, oldest first."""

    rules: Rules
    editions: tuple[Edition, ...]
    keep: tuple[object, ...] = field(default=(), repr=False)
    _days: dict[date, Edition] = field(default_factory=dict, repr=False, compare=False)

    def on(self, day: date) -> Edition:
        """The version in force; before the oldest one, the oldest (see `too_early`)."""
        found = self._days.get(day)
        if found is None:
            found = self.editions[0]
            for edition in self.editions:
                if edition.from_ <= day:
                    found = edition
            self._days[day] = found
        return found

    def too_early(self, day: date) -> bool:
        """Before the oldest version held: limits are to be checked by hand."""
        return day < self.editions[0].from_

    def pending(self, day: date) -> Edition | None:
        """The next version, when a day lies in the days in which it may already hold."""
        for edition in self.editions:
            start = edition.procedure.uncertain_from
            if start is not None and start <= day < edition.from_:
                return edition
        return None

    def clause(self, step: str, day: date) -> Clause | None:
        """The step as of a day; a step that this version no longer has is looked up in the others, newest first."""
        edition = self._days.get(day) or self.on(day)
        found = edition.clauses.get(step)
        return found or next((e.clauses[step] for e in reversed(self.editions) if step in e.clauses), None)


_BOOKS: dict[tuple[int, ...], Book] = {}
_LIMIT = 512


def book_of(rules: Rules) -> Book:
    """The indexed form of the rules; kept, since thousands of people share a handful of rules."""
    parts = (*rules.procedures, rules.materials, rules.platform, rules.profile)
    key = tuple(id(part) for part in parts)
    book = _BOOKS.get(key)
    if book is None:
        if len(_BOOKS) >= _LIMIT:
            _BOOKS.clear()
        # `keep` holds the parts alive, so that their ids stay theirs.
        book = Book(rules, tuple(_edition(procedure) for procedure in rules.procedures), parts)
        _BOOKS[key] = book
    return book


def _edition(procedure: Procedure) -> Edition:
    clauses: dict[str, Clause] = {}
    for order, step in enumerate(procedure.steps.values()):
        clauses[step.id] = Clause(
            step=step,
            order=order,
            limits=tuple(limit for limit in step.limits if limit.rule != "every"),
            series=tuple(limit for limit in step.limits if limit.rule == "every"),
            floors=tuple(limit for _, limit in shared_floors(step, procedure.steps.values())),
            untouched=StepProgress(step, StepState.NOT_APPLICABLE),
        )
    return Edition(
        procedure=procedure,
        clauses=clauses,
        stages={stage.id: stage.order for stage in procedure.stages},
        dependents=_dependents(procedure),
        extends=any(t.extends is not None for step in procedure.steps.values() for t in step.transitions),
    )


def _dependents(procedure: Procedure) -> dict[str, frozenset[str]]:
    direct: dict[str, set[str]] = {step: set() for step in procedure.steps}
    for step in procedure.steps.values():
        for after in step.after:
            direct.setdefault(after.step, set()).add(step.id)
    result: dict[str, frozenset[str]] = {}
    for start in direct:
        found: set[str] = set()
        stack = list(direct[start])
        while stack:
            step_id = stack.pop()
            if step_id not in found:
                found.add(step_id)
                stack.extend(direct.get(step_id, ()))
        result[start] = frozenset(found)
    return result
