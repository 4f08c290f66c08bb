"""First pass: who was a full or probationary member, with which rights, on any day. From timelines alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from generator.definitions.rules import Rules
from generator.procedure.attempt import GONE, STOPPED, Attempt, StageMark
from generator.procedure.baseline import baseline_of
from generator.procedure.book import FULL, PROBATIONARY, book_of
from generator.procedure.conditions import dig
from generator.procedure.timeline import sort_entries, split_attempts
from generator.procedure.walk import walk
from generator.records.model import Organiser, Person

SUSPENDING = ("留党察看",)
EXPELLING = ("开除党籍",)


@dataclass(frozen=True, slots=True)
class Standing:
    """Membership on one day. `known` False: nothing tells; `since`: the day the membership counts from."""

    full: bool = False
    probationary: bool = False
    rights: bool = False
    """May vote, and recommend others: a full member not under 留党察看, and not 停止党籍."""
    known: bool = False
    since: date | None = None
    committee: str | None = None
    """Folder name of the 二级党委; None outside the records."""
    name: str = ""
    full_from: date | None = None
    """For somebody who is not a full member that day: the day on which that begins, if it does."""
    unread: bool = False
    """The person's file could not be read, which is reported: nothing can be held against anybody for it."""


UNKNOWN = Standing()
UNREAD = Standing(unread=True)


@dataclass(frozen=True, slots=True)
class Interval:
    """Both inclusive of `start`, exclusive of `end`; None: open."""

    start: date
    end: date | None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Membership:
    """One person's intervals."""

    committee: str | None
    full: tuple[Interval, ...]
    probationary: tuple[Interval, ...]
    suspended: tuple[Interval, ...]
    known: bool = True
    """False: the record tells nothing of a membership, neither history nor entries."""

    def on(self, day: date) -> Standing:
        full = next((i for i in self.full if i.covers(day)), None)
        probationary = next((i for i in self.probationary if i.covers(day)), None) if full is None else None
        rights = full is not None and not any(i.covers(day) for i in self.suspended)
        since = full.start if full else probationary.start if probationary else None
        ahead = min((i.start for i in self.full if i.start > day), default=None) if full is None else None
        return Standing(
            full is not None, probationary is not None, rights, self.known, since, self.committee, full_from=ahead
        )


class Standings:
    """Everybody's membership by id, worked out when it is first asked for."""

    def __init__(
        self,
        people: Mapping[str, Person],
        organisers: Mapping[str, Organiser],
        rules_of: Callable[[Person], Rules],
        as_of: date | None,
        unread: Set[str],
    ) -> None:
        self._people, self._organisers, self._rules_of, self._as_of = people, organisers, rules_of, as_of
        self._unread = unread
        self._members: dict[str, Membership | None] = {}

    def on(self, person_id: str, day: date) -> Standing:
        """Standing of a person or organiser on a day; of an id that is not in the records, not known."""
        if person_id in self._unread:
            return UNREAD
        member = self.of(person_id)
        return UNKNOWN if member is None else replace(member.on(day), name=self._name(person_id))

    def _name(self, id: str) -> str:
        person, organiser = self._people.get(id), self._organisers.get(id)
        return person.name if person else str(organiser.fields.get("name", "")) if organiser else ""

    def of(self, person_id: str) -> Membership | None:
        if person_id not in self._members:
            self._members[person_id] = self._membership(person_id)
        return self._members[person_id]

    def _membership(self, id: str) -> Membership | None:
        person, organiser = self._people.get(id), self._organisers.get(id)
        told = _told_of(organiser) if organiser is not None else None
        if person is None:
            return told
        member = membership_of(person, self._rules_of(person), self._as_of)
        if told is not None and not member.full:
            known = member.known or told.known
            return Membership(person.committee, told.full, member.probationary, member.suspended, known)
        return member


def standings(
    people: Iterable[Person],
    rules_of: Callable[[Person], Rules],
    organisers: Iterable[Organiser] = (),
    as_of: date | None = None,
    unread: Set[str] = frozenset(),
) -> Standings:
    """Membership of everybody; entries after `as_of` are not looked at. `unread`: people whose file could not be read."""
    by_id = {person.id: person for person in people}
    return Standings(by_id, {organiser.id: organiser for organiser in organisers}, rules_of, as_of, unread)


def _told_of(organiser: Organiser) -> Membership:
    since = organiser.fields.get("full_since")
    full = (Interval(since, None),) if isinstance(since, date) else ()
    suspended = _suspensions(organiser.fields.get("sanctions"))
    return Membership(organiser.committee, full, (), suspended, bool(full))


class _PersonFacts:
    """Conditions in the first pass: the person and the profile; branches do not make members."""

    __slots__ = ("_person", "_rules")

    def __init__(self, person: Person, rules: Rules) -> None:
        self._person, self._rules = person, rules

    def attribute(self, key: str) -> Any:
        head, _, rest = key.partition(".")
        if head == "person":
            return self._person.get(rest)
        return dig(self._rules.profile.settings, rest) if head == "profile" else None

    def at(self, branch: str) -> _PersonFacts:
        return self


def membership_of(person: Person, rules: Rules, as_of: date | None = None) -> Membership:
    """Intervals of one person, from the stage changes of every attempt."""
    book, facts = book_of(rules), _PersonFacts(person, rules)
    baseline = baseline_of(person, book.editions[-1])
    full: list[Interval] = []
    probationary: list[Interval] = []
    stopped: list[Interval] = []
    entries = sort_entries([e for e in person.entries if as_of is None or e.date <= as_of], book)
    arrived = baseline.arrived if baseline else None
    stretches = split_attempts(entries, book, facts, arrived, baseline is not None)
    for number, stretch in enumerate(stretches):
        last = number == len(stretches) - 1
        attempt = walk(person, book, facts, stretch.entries, baseline if stretch.inherits else None, last)
        _collect(attempt, full, probationary)
        stopped += _stopped(attempt)
    sanctions = person.get("sanctions")
    expelled = [i.start for i in _intervals(sanctions, EXPELLING)]
    for start in expelled:
        full = [Interval(i.start, start if i.end is None or i.end > start else i.end) for i in full if i.start < start]
    suspended = (*_suspensions(sanctions), *stopped)
    return Membership(person.committee, tuple(full), tuple(probationary), suspended, baseline is not None or bool(entries))


def _collect(attempt: Attempt, full: list[Interval], probationary: list[Interval]) -> None:
    """Stage changes as intervals; each lasts until the next change, or until the person leaves."""
    ended = next((mark.day for mark in attempt.statuses if mark.status in GONE), None)
    changes = attempt.stages
    for index, change in enumerate(changes):
        following = _until(change, changes[index + 1]) if index + 1 < len(changes) else None
        ends = [day for day in (following, ended) if day is not None]
        end = min(ends) if ends else None
        if end is not None and end <= change.since:
            continue
        if change.stage == FULL:
            full.append(Interval(change.since, end))
        elif change.stage == PROBATIONARY:
            probationary.append(Interval(change.since, end))


def _stopped(attempt: Attempt) -> Iterable[Interval]:
    """While membership is suspended because the person cannot be found."""
    for mark, after in zip_longest(attempt.statuses, attempt.statuses[1:]):
        if mark.status == STOPPED:
            yield Interval(mark.day, after.day if after else None)


def _until(change: StageMark, following: StageMark) -> date:
    """Who falls back to an earlier stage keeps its old date; the stage left ends on the day of the entry."""
    return following.since if following.since >= change.since else following.day


def _suspensions(sanctions: Any) -> tuple[Interval, ...]:
    return tuple(_intervals(sanctions, SUSPENDING))


def _intervals(sanctions: Any, kinds: tuple[str, ...]) -> Iterable[Interval]:
    for sanction in sanctions if isinstance(sanctions, list | tuple) else ():
        if not isinstance(sanction, Mapping) or sanction.get("kind") not in kinds:
            continue
        # The end of the sanction alone gives no rights back: that is a decision of its own.
        start, end = sanction.get("from"), sanction.get("rights_restored")
        if isinstance(start, date):
            yield Interval(start, end if isinstance(end, date) else None)
