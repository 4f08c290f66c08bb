"""Records as typed, immutable Python values. They keep where they came from; text positions are looked up on demand.

A *fact* is a value with a place: every value of a model object can be traced to its file through `place(...)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, overload

from generator.diagnostics import Place

Fields = Mapping[str, Any]
"""Typed content of a YAML mapping: str, int, Decimal, bool, date, list, dict. Absent keys are absent, never None."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened to one person: a log entry, or that person's part in an event.

    `fields` holds the event's fields overridden by the person's own part (without `step`, `date`, `people`).
    `sources` are the mappings the fields were taken from, the person's own part first.
    """

    person: str
    step: str
    date: date
    fields: Fields
    sources: tuple[Place, ...]
    key_sources: Mapping[str, int] = field(default_factory=dict)
    """Top-level key (also `date` and `step`) → index into `sources` of the mapping that gave its value."""
    event: str | None = None
    """Path of the event file, or None for an entry of the person's own log."""
    companions: int = 0
    """How many others the event names."""

    def get(self, path: str) -> Any:
        """The value at a dotted path such as `ballots.for` or `date`; None when absent."""
        if path == "date":
            return self.date
        if "." not in path:
            return self.fields.get(path)
        value: Any = self.fields
        for key in path.split("."):
            if not isinstance(value, Mapping) or key not in value:
                return None
            value = value[key]
        return value

    def place(self, path: str = "") -> Place:
        """Where the value at a dotted path stands (`date`, `ballots.for`, `sponsors.0.person`).

        For an absent value: the key of the deepest mapping that is there. Without a path: the person's own part.
        """
        if not path:
            return self.sources[0]
        keys = [int(key) if key.isdigit() else key for key in path.split(".")]
        place = self.sources[self.key_sources.get(str(keys[0]), 0)]
        value: Any = self.fields
        if keys[0] in ("date", "step"):
            value = {"date": self.date, "step": self.step}
        for key in keys:
            present = (
                key in value if isinstance(value, Mapping) else isinstance(value, list) and key in range(len(value))
            )
            if not present:
                return place.key()
            place, value = place.child(key), value[key]
        return place


class Entries(Sequence[Entry]):
    """Own log and event parts of one person, in no particular order; `procedure.timeline` sorts them."""

    __slots__ = ("_entries",)

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        return tuple(self)[index]

    def with_more(self, *more: Entry) -> Entries:
        return Entries((*self, *more))

    def days(self) -> Iterator[date]:
        return (entry.date for entry in self)

    def having(self, *keys: str) -> Iterator[Entry]:
        """The entries in which one of these fields is given."""
        return (entry for entry in self if not entry.fields.keys().isdisjoint(keys))


@dataclass(frozen=True, slots=True)
class Person:
    """One person's file. `id` is the 学号/工号 (the file's name); `branch` and `committee` are folder names."""

    id: str
    name: str
    committee: str
    branch: str
    path: str
    fields: Fields
    entries: Entries

    def get(self, path: str) -> Any:
        value: Any = self.fields
        for key in path.split("."):
            if not isinstance(value, Mapping) or key not in value:
                return None
            value = value[key]
        return value

    def place(self, *keys: str | int) -> Place:
        return Place(self.path, tuple(keys))

    @property
    def born(self) -> date | None:
        value = self.get("born")
        return value if isinstance(value, date) else None


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting, 公示, class or approval that concerns several people."""

    path: str
    step: str
    date: date
    committee: str
    branch: str | None
    fields: Fields
    """Everything but `step`, `date`, `people`."""
    people: Mapping[str, Fields]


@dataclass(frozen=True, slots=True)
class Branch:
    """A 党支部. `id` is its folder name, unique in the tree; officers: [{function, person, from, to}]."""

    id: str
    committee: str
    path: str
    fields: Fields

    @property
    def name(self) -> str:
        return str(self.fields.get("name", self.id))

    def place(self, *keys: str | int) -> Place:
        return Place(self.path, tuple(keys))


@dataclass(frozen=True, slots=True)
class Committee:
    """A 二级党委 or 党总支; `may_approve` says whether it may approve probationary members (党总支 never, 细则 §23)."""

    id: str
    path: str
    fields: Fields

    @property
    def name(self) -> str:
        return str(self.fields.get("name", self.id))

    @property
    def may_approve(self) -> bool:
        return self.fields.get("may_approve") is True

    def place(self, *keys: str | int) -> Place:
        return Place(self.path, tuple(keys))


@dataclass(frozen=True, slots=True)
class Organiser:
    """An 组织员."""

    id: str
    committee: str
    path: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Organisation:
    """The school: name, platform, profile, terms, upper bodies."""

    path: str
    fields: Fields

    @property
    def name(self) -> str:
        return str(self.fields.get("name", ""))
