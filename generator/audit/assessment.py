"""All that is known and found about one person: the only thing products read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from generator.diagnostics import Diagnostic, Severity
from generator.procedure.progress import Progress
from generator.records.model import Person


class Journey(Protocol):
    """A person, and how far the person has come."""

    @property
    def person(self) -> Person: ...

    @property
    def progress(self) -> Progress: ...


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A journey of which nothing has been found yet."""

    person: Person
    progress: Progress


@dataclass(frozen=True, slots=True)
class Assessment:
    """Progress plus every finding, waived ones apart. Whether these have lines is open: who shows them has them located."""

    person: Person
    progress: Progress
    findings: tuple[Diagnostic, ...]
    waived: tuple[Diagnostic, ...] = ()
    next_change: date | None = None
    """The first day after the as-of day on which the same records may give other findings; None: never."""

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)
