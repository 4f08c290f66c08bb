"""What `evaluate` may ask about the world around a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from generator.definitions.profile import Profile
from generator.procedure.calendar import WorkCalendar
from generator.procedure.conditions import dig
from generator.procedure.standing import Standing, Standings
from generator.records.model import Branch, Committee, Organisation, Person

UNLESS_STATED = {"has_committee": True}
"""What a branch is taken to be while its file says nothing; the manual tailored to it assumes the same."""


class Context(Protocol):
    """Surroundings of the people of one branch: read-only, the same for all of them."""

    @property
    def calendar(self) -> WorkCalendar: ...

    def standing(self, person_id: str, day: date) -> Standing: ...

    def attribute(self, key: str, branch: str | None = None) -> Any:
        """Value of `branch.…`, `committee.…`, `organisation.…` or `profile.…` for conditions; None when not stated.

        `branch`: the branch the person was in at the time, when not this one.
        """


@dataclass(frozen=True, slots=True)
class BranchContext:
    """The context of a branch, from the records."""

    organisation: Organisation
    committee: Committee
    branch: Branch
    profile: Profile
    calendar: WorkCalendar
    standings: Standings
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Derived attributes by full key, such as `branch.full_members`; they come before what the files state."""
    elsewhere: Mapping[str, tuple[Committee, Branch]] = field(default_factory=dict)
    """Other branches by id, for those who came from them."""

    def standing(self, person_id: str, day: date) -> Standing:
        return self.standings.on(person_id, day)

    def attribute(self, key: str, branch: str | None = None) -> Any:
        committee, here = self.elsewhere.get(branch or self.branch.id, (self.committee, self.branch))
        if here is self.branch and key in self.extra:
            return self.extra[key]
        head, _, rest = key.partition(".")
        if head == "branch":
            stated = dig(here.fields, rest)
            return UNLESS_STATED.get(rest) if stated is None else stated
        if head == "committee":
            return dig(committee.fields, rest)
        if head == "organisation":
            return dig(self.organisation.fields, rest)
        return dig(self.profile.settings, rest) if head == "profile" else None


class PersonFacts:
    """Conditions about one person: the own file and profile, the rest from the context; each attribute is looked up once."""

    __slots__ = ("_branch", "_context", "_known", "_person", "_profile")

    def __init__(self, person: Person, profile: Profile, context: Context, branch: str | None = None) -> None:
        self._person, self._profile, self._context, self._branch = person, profile, context, branch
        self._known: dict[str, Any] = {}

    def attribute(self, key: str) -> Any:
        if key not in self._known:
            head, _, rest = key.partition(".")
            if head == "person":
                self._known[key] = self._person.get(rest)
            elif head == "profile":
                self._known[key] = dig(self._profile.settings, rest)
            else:
                self._known[key] = self._context.attribute(key, self._branch)
        return self._known[key]

    def at(self, branch: str) -> PersonFacts:
        """The same person while in another branch."""
        return PersonFacts(self._person, self._profile, self._context, branch)
