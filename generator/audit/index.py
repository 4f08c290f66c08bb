"""What rules ask about other people, prepared once for the whole corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.diagnostics import Place
from generator.procedure.calendar import WorkCalendar
from generator.procedure.standing import Standings
from generator.records.corpus import Corpus
from generator.records.model import Branch, Committee, Person

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CorpusIndex:
    """`serials`: number of a 志愿书 → who holds it, and where that is written."""

    serials: Mapping[str, tuple[tuple[Person, Place], ...]]
    moves: Mapping[str, tuple[tuple[date, str], ...]]
    """Person → (day of a move, branch left), oldest first."""
    event_branches: Mapping[str, str | None]
    """Path of an event → the branch whose event it is; None for one of the committee."""
    places: Mapping[str, tuple[Committee, Branch]]
    """Every branch by id, with its committee."""
    standings: Standings
    calendar: WorkCalendar

    def branch_on(self, person: Person, day: date) -> str:
        """The branch somebody was in on a day."""
        return next((left for moved, left in self.moves.get(person.id, ()) if moved > day), person.branch)

    def is_public_holiday(self, day: date) -> bool:
        """A day from Monday to Friday on which nobody works."""
        return day.weekday() < SATURDAY and not self.calendar.is_workday(day).workday


def index_of(corpus: Corpus, standings: Standings, calendar: WorkCalendar) -> CorpusIndex:
    serials: dict[str, list[tuple[Person, Place]]] = defaultdict(list)
    moves: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for person in corpus.people.values():
        for entry in person.entries.having("serial", "from_branch"):
            if entry.fields.get("serial") is not None:
                serials[str(entry.fields["serial"])].append((person, entry.place("serial")))
            if isinstance(left := entry.fields.get("from_branch"), str):
                moves[person.id].append((entry.date, left))
    return CorpusIndex(
        serials={serial: tuple(holders) for serial, holders in serials.items() if len(holders) > 1},
        moves={person: tuple(sorted(found)) for person, found in moves.items()},
        event_branches={event.path: event.branch for event in corpus.events},
        places={b.id: (corpus.committees[b.committee], b) for b in corpus.branches.values() if b.committee in corpus.committees},
        standings=standings,
        calendar=calendar,
    )
