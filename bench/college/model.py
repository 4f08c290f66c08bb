"""A college being made up: committees, branches, people, and what will be written about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

Fields = dict[str, Any]


@dataclass
class Officer:
    """A function held from … to (None: still)."""

    function: str
    person: Person
    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    def written(self) -> Fields:
        return {"function": self.function, "person": self.person.id, "from": self.start, "to": self.end}


@dataclass(eq=False)
class Person:
    id: str
    name: str
    branch: Branch
    fields: Fields
    """The file's content without the log."""
    scenario: str = ""
    log: list[Any] = field(default_factory=list)
    full_from: date | None = None
    """First day on which the person certainly counts as a full member of `branch`."""
    until: date | None = None
    """Last day in the branch; None: stays."""
    barred: tuple[date, date] | None = None
    """Days between which the rights of a member are suspended."""
    contacts: list[Person] = field(default_factory=list)
    sponsors: list[Person] = field(default_factory=list)
    needs_contacts_until: date | None = None
    load: int = 0
    """People in this member's care, as contact or sponsor."""
    papers: dict[str, int] = field(default_factory=dict)
    """Code → number of papers that lie in the folder so far."""
    own_log_only: bool = False
    heading: str = ""

    def votes(self, day: date) -> bool:
        """A full member of the branch with rights on that day."""
        if self.full_from is None or day < self.full_from or (self.until is not None and day > self.until):
            return False
        return self.barred is None or not self.barred[0] <= day <= self.barred[1]

    def stays_until(self, day: date) -> bool:
        return self.until is None or self.until > day


@dataclass(eq=False)
class Branch:
    id: str
    name: str
    kind: str
    """undergraduate | postgraduate | teacher | staff"""
    committee: Committee
    index: int
    fields: Fields
    has_committee: bool = True
    groups: tuple[str, ...] = ()
    officers: list[Officer] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    inspections: list[date] = field(default_factory=list)
    """Days of the half-yearly inspections, never more than six natural months apart."""

    def voters(self, day: date) -> list[Person]:
        return [person for person in self.people if person.votes(day)]

    def in_office(self, day: date) -> list[Officer]:
        return [officer for officer in self.officers if officer.holds(day)]

    def officer(self, function: str, day: date) -> Person:
        """Who held the function; the secretary stands in for a function nobody holds."""
        found = {officer.function: officer.person for officer in self.in_office(day)}
        return found.get(function) or found["secretary"]


@dataclass(eq=False)
class Organiser:
    person: Person
    fields: Fields


@dataclass(eq=False)
class Committee:
    id: str
    name: str
    subject: str
    index: int
    fields: Fields
    may_approve: bool = True
    officers: list[Officer] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)
    organisers: list[Organiser] = field(default_factory=list)

    def in_office(self, day: date) -> list[Officer]:
        return [officer for officer in self.officers if officer.holds(day)]

    def organiser(self, day: date) -> Person:
        for organiser in self.organisers:
            start, end = organiser.fields["appointed"], organiser.fields.get("left")
            if start <= day and (end is None or day <= end):
                return organiser.person
        raise LookupError(f"{self.id}: no organiser on {day}")


@dataclass(eq=False)
class Act:
    """One thing that happens to one person; who takes part in it is decided once everybody's course is known."""

    day: date
    order: int
    person: Person
    branch: Branch
    step: str
    home: str
    """log | branch | committee: where it is written."""
    own: Fields
    comment: str = ""
    """Written above the entry."""


@dataclass(eq=False)
class Event:
    folder: str
    step: str
    day: date
    order: int
    shared: Fields
    parts: dict[str, Fields] = field(default_factory=dict)
    owners: dict[str, Person] = field(default_factory=dict)


@dataclass(eq=False)
class College:
    seed: int
    as_of: date
    organisation: Fields
    books: int = 0
    """Number of 入党志愿书 issued so far."""
    committees: list[Committee] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    events: dict[tuple[str, str, date], Event] = field(default_factory=dict)
    extra_events: list[Event] = field(default_factory=list)

    @property
    def branches(self) -> Sequence[Branch]:
        return [branch for committee in self.committees for branch in committee.branches]

    @property
    def people(self) -> Sequence[Person]:
        return [person for branch in self.branches for person in branch.people]

    def chance(self, *key: object) -> Random:
        """Random numbers that depend on the seed and the key alone, so that one change moves nothing else."""
        return Random(f"{self.seed}/" + "/".join(map(str, key)))


def merged(*parts: Mapping[str, Any]) -> Fields:
    """Later parts override earlier ones; values that are None are dropped."""
    result: Fields = {}
    for part in parts:
        result.update(part)
    return {key: value for key, value in result.items() if value is not None}
