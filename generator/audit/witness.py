"""What git's history says about each entry of the records: written in time, late, or not to be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from generator.audit.audit import Audit
from generator.history.commits import Commit
from generator.history.written import Written
from generator.records.model import Entry, Person


class Verdict(Enum):
    """`FOUNDING`: older than the history, and entered when it began. `CUT`: written before what this clone holds, or not in it."""

    PUNCTUAL = "punctual"
    LATE = "late"
    FOUNDING = "founding"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Testimony:
    """One entry and when it was first written. `commit` None: in no commit yet, so `written` is the as-of date."""

    entry: Entry
    verdict: Verdict
    written: date
    days: int
    """From the day the entry could be written to `written`."""
    commit: Commit | None = None
    instead_of: str | None = None


class Witness:
    """Asks the history about people, one after the other."""

    def __init__(self, audit: Audit, written: Written) -> None:
        self._audit = audit
        self._written = written
        self._former: dict[str, list[str]] = {}
        for former, present in audit.corpus.aliases.items():
            self._former.setdefault(present, []).append(former)

    def on(self, person: Person, limit: int) -> Iterator[Testimony]:
        """Every entry up to the as-of date, in the order of the records. `limit`: days after which writing is late."""
        ids = self._ids(person)
        arrived = person.get("baseline.arrived")
        count: Counter[tuple[str, str, date]] = Counter()
        for entry in person.entries:
            alike = entry.sources[0].path, entry.step, entry.date
            count[alike] += 1
            if entry.date > self._audit.as_of:
                continue
            # What happened before somebody came could be written down on arrival.
            due = max(entry.date, arrived) if isinstance(arrived, date) else entry.date
            yield self._testimony(entry, due, ids, count[alike], limit)

    def _testimony(self, entry: Entry, due: date, ids: set[str], n: int, limit: int) -> Testimony:
        first = self._written.of(ids, entry.step, entry.date, n)
        written = first.commit.day if first else self._audit.as_of
        days = (written - due).days
        verdict = Verdict.PUNCTUAL
        if days > limit:
            unseen = first.commit.boundary if first else self._written.gaps
            founding = first is not None and self._at_the_founding(due, written, limit)
            verdict = Verdict.CUT if unseen else Verdict.FOUNDING if founding else Verdict.LATE
        return Testimony(
            entry, verdict, written, days, first.commit if first else None, first.instead_of if first else None
        )

    def _at_the_founding(self, due: date, written: date, limit: int) -> bool:
        began = self._written.began
        # A shallow history begins where it was cut off, which says nothing.
        return began is not None and not self._written.shallow and due < began and (written - began) <= timedelta(limit)

    def _ids(self, person: Person) -> set[str]:
        """The id, those stated as former ones, and those under which the file lay before; never another person's."""
        ids = {person.id, *self._former.get(person.id, ())}
        for id in tuple(ids):
            ids |= {former for former in self._written.ids_before(id) if former not in self._audit.corpus.people}
        return ids
