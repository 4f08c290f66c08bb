"""Problems that reviews of dossiers wrote down (`problems` of an entry), and what has become of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.audit.waivers import entry_at
from generator.diagnostics import Diagnostic, Place
from generator.records.model import Entry, Person


@dataclass(frozen=True, slots=True)
class Problem:
    """One item of `problems`. `person` None: the branch, or nobody in particular. `place` is that of the item."""

    code: str
    person: str | None
    found: date
    due: date | None
    corrected: date | None
    step: str
    place: Place

    @property
    def name(self) -> str:
        """The code, or a word for a problem without one."""
        return self.code or "问题"

    def corrected_by(self, day: date) -> bool:
        return self.corrected is not None and self.corrected <= day

    def overdue_on(self, day: date) -> bool:
        """Past its term and not corrected on that day."""
        return self.due is not None and self.due < day and not self.corrected_by(day)


def problems_of(entry: Entry) -> Iterator[Problem]:
    """The problems of an entry. One in somebody's own part concerns that person, unless it names another."""
    written = entry.get("problems")
    own = entry.person if entry.key_sources.get("problems", 0) == 0 else None
    for index, item in enumerate(written if isinstance(written, list) else ()):
        if isinstance(item, Mapping):
            person = item.get("person")
            yield Problem(
                code=str(item.get("code", "")).strip().upper(),
                person=person if isinstance(person, str) else own,
                found=entry.date,
                due=_day(item, "due"),
                corrected=_day(item, "corrected"),
                step=entry.step,
                place=entry.place(f"problems.{index}"),
            )


def belongs_to_another(entry: Entry, named: Person | None) -> bool:
    """Whether a problem written in an entry names somebody else (`named`) whom the same event lists: it is told there."""
    if named is None or named.id == entry.person or entry.event is None:
        return False
    return any(other.event == entry.event for other in named.entries)


def still_found(problem: Problem, findings: Iterable[Diagnostic], timeline: Sequence[Entry]) -> Diagnostic | None:
    """The first finding of the same code about the same person that is not about an entry later than the correction."""
    return next((finding for finding, later in _alike(problem, findings, timeline) if not later), None)


def found_anew(problem: Problem, findings: Iterable[Diagnostic], timeline: Sequence[Entry]) -> Diagnostic | None:
    """The first such finding about an entry later than the correction."""
    return next((finding for finding, later in _alike(problem, findings, timeline) if later), None)


def _alike(
    problem: Problem, findings: Iterable[Diagnostic], timeline: Sequence[Entry]
) -> Iterator[tuple[Diagnostic, bool]]:
    for finding in findings:
        if finding.code == problem.code and problem.corrected is not None:
            entry = entry_at(timeline, finding.place)
            yield finding, entry is not None and entry.date > problem.corrected


def _day(item: Mapping[str, Any], key: str) -> date | None:
    value = item.get(key)
    return value if isinstance(value, date) else None
