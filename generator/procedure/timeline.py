"""A person's entries in order, cut at a day and split into attempts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.definitions.rules import Rules
from generator.diagnostics import Pointer
from generator.procedure.book import Book, book_of
from generator.procedure.conditions import Facts, holds
from generator.records.model import Entry, Person

SortKey = tuple[date, int, str, tuple[tuple[int, int, str], ...]]


def _pointer_key(pointer: Pointer) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, key, "") if isinstance(key, int) else (1, 0, key) for key in pointer)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All entries of a person: by date, on the same day in procedure order, then by path and place in the file."""

    entries: tuple[Entry, ...]

    def until(self, day: date) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """Entries up to a day, and the later ones."""
        cut = bisect_right(self.entries, day, key=lambda entry: entry.date)
        return self.entries[:cut], self.entries[cut:]


def timeline_of(person: Person, rules: Rules) -> Timeline:
    """Sort a person's entries; the order in the files plays no part."""
    return Timeline(tuple(sort_entries(person.entries, book_of(rules))))


def sort_entries(entries: Sequence[Entry], book: Book) -> list[Entry]:
    def key(entry: Entry) -> SortKey:
        clause = book.clause(entry.step, entry.date)
        place = entry.sources[0]
        return entry.date, clause.order if clause else 10_000, place.path, _pointer_key(place.pointer)

    return sorted(entries, key=key)


def is_completed(entry: Entry, book: Book, facts: Facts) -> bool:
    """Whether the entry completes its step: nothing recorded in it is a refusal."""
    clause = book.clause(entry.step, entry.date)
    if clause is None:
        return True
    refused = clause.step.refused_when
    # Any of the named fields with a refusing value refuses: {decision: [returned], result: [failed]}.
    return not any(entry.get(key) is not None and holds({key: allowed}, facts, entry) for key, allowed in refused.items())


@dataclass(frozen=True, slots=True)
class Stretch:
    """The entries of one attempt. `inherits`: the history stated in `baseline` belongs to it."""

    entries: tuple[Entry, ...]
    inherits: bool


def split_attempts(entries: Sequence[Entry], book: Book, facts: Facts, arrived: date | None, has_baseline: bool) -> list[Stretch]:
    """Cut where a completed opening entry follows another one.

    A refused opening opens nothing. An opening dated up to the arrival belongs to the history a person arrived with.
    """
    stretches: list[Stretch] = []
    current: list[Entry] = []
    inherits, opened = has_baseline, has_baseline
    for entry in entries:
        clause = book.clause(entry.step, entry.date)
        if clause is not None and clause.step.opens_attempt and is_completed(entry, book, facts):
            told = inherits and arrived is not None and entry.date <= arrived
            if opened and not told:
                stretches.append(Stretch(tuple(current), inherits))
                current, inherits = [], False
            opened = True
        current.append(entry)
    stretches.append(Stretch(tuple(current), inherits))
    return stretches
