"""What of an event belongs to one person (schema/slice.yaml).

One decision for everything that speaks of one person: the attached slice, forms, official documents, checklists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from generator.records.model import Entry, Event, Fields

PEOPLE = "people"
_ANY, _WORD = "*", "-"
Path = tuple[str, ...]
_GONE = object()


@dataclass(frozen=True)
class Cut:
    """What of an event is kept. Paths are tuples of keys; `*` is any key, `-` a plain item of a list.

    `shared`: of what is written for several people at once, the same for everybody; `shared_in`: also in events of a step. `own`
    only declares that a field was thought of: what is named nowhere is somebody's own too.
    """

    shared: tuple[Path, ...]
    shared_in: Mapping[str, tuple[Path, ...]]
    about_somebody: frozenset[str]
    counted: Mapping[str, str]
    never: frozenset[str]
    own: tuple[Path, ...]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Cut:
        """From the text values of the YAML file."""
        return cls(
            _paths(data.get("shared", ())),
            {step: _paths(names) for step, names in data.get("shared_in", {}).items()},
            frozenset(data.get("about_somebody", ())),
            dict(data.get("counted", {})),
            frozenset(data.get("never", ())),
            _paths(data.get("own", ())),
        )

    def event(self, ids: Sequence[str], data: Mapping[str, Any]) -> dict[str, Any]:
        """One event as it concerns the person with these ids, present and former."""
        people = data.get(PEOPLE, {})
        person = next((known for known in ids if known in people), ids[0])
        shared = {key: value for key, value in data.items() if key != PEOPLE}
        kept = self.shared_part(ids, str(data.get("step", "")), shared, len(people) <= 1)
        return {**kept, PEOPLE: {person: self.own_part(ids, people.get(person) or {})}}

    def shared_part(self, ids: Collection[str], step: str, fields: Mapping[str, Any], alone: bool) -> dict[str, Any]:
        """What is written for all, as it concerns one; `alone`: the event concerns nobody else."""
        if alone:
            return self.own_part(ids, fields)
        below = self._below_key[step if step in self.shared_in else ""]
        kept = {
            key: value
            if key in self.about_somebody or key in self.counted
            else _allowed(value, below.get(key, below[_ANY]))
            for key, value in self._trimmed(ids, fields, alone=False)
        }
        return {key: value for key, value in kept.items() if value is not _GONE}

    @cached_property
    def _below_key(self) -> Mapping[str, Mapping[str, list[Path]]]:
        """Step with paths of its own, or nothing for all others → key → what of its value is shared. Worked out once: everybody's
        part in every event is cut.
        """
        steps = {"": self.shared, **{step: (*self.shared, *own) for step, own in self.shared_in.items()}}
        return {
            step: {key: _below(paths, key) for key in (_ANY, *(path[0] for path in paths))}
            for step, paths in steps.items()
        }

    def own_part(self, ids: Collection[str], fields: Mapping[str, Any]) -> dict[str, Any]:
        """The person's own part of an event, or an entry of the own log: nothing of others."""
        return dict(self._trimmed(ids, fields, alone=True))

    def _trimmed(self, ids: Collection[str], fields: Mapping[str, Any], alone: bool) -> Iterator[tuple[str, Any]]:
        for key, value in fields.items():
            if key in self.never:
                continue
            if key in self.about_somebody and isinstance(value, list | tuple):
                if on_the_person := [item for item in value if _is_about(item, ids, alone)]:
                    yield key, on_the_person
            elif key in self.counted and isinstance(value, list | tuple):
                yield key, _count(value, self.counted[key])
            elif alone or not (key in self.about_somebody or key in self.counted):
                yield key, value


class OwnPart:
    """An entry with what of it is its person's own. `events`: all there are."""

    def __init__(self, cut: Cut, events: Iterable[Event]) -> None:
        self._cut = cut
        self._events = {event.path: event for event in events}

    def __call__(self, entry: Entry) -> Entry:
        return replace(entry, fields=self.fields(entry))

    def fields(self, entry: Entry) -> Fields:
        """What of the entry's fields is its person's own."""
        event = self._events.get(entry.event or "")
        key = str(entry.sources[0].pointer[1]) if event is not None else entry.person
        ids = {entry.person, key}
        if event is None:
            return self._cut.own_part(ids, entry.fields)
        shared = self._cut.shared_part(ids, entry.step, event.fields, len(event.people) <= 1)
        return {**shared, **self._cut.own_part(ids, event.people[key])}


def _paths(names: Iterable[str]) -> tuple[Path, ...]:
    return tuple(tuple(name.split(".")) for name in names)


def _below(paths: Iterable[Path], key: str) -> list[Path]:
    return [path[1:] for path in paths if path[0] in (_ANY, key)]


def _allowed(value: Any, paths: list[Path]) -> Any:
    """What of a value is at one of the paths or below it."""
    if () in paths:
        return value
    if isinstance(value, Mapping):
        found = {key: kept for key, each in value.items() if (kept := _allowed(each, _open(paths, key))) is not _GONE}
        return found or _GONE
    if isinstance(value, list | tuple):
        items = [kept for each in value if (kept := _item(each, paths)) is not _GONE]
        return items or _GONE
    return _GONE


def _open(paths: list[Path], key: str) -> list[Path]:
    return _below([path for path in paths if path], key)


def _item(item: Any, paths: list[Path]) -> Any:
    if isinstance(item, Mapping | list | tuple):
        return _allowed(item, paths)
    return item if (_WORD,) in paths else _GONE


def _is_about(item: Any, ids: Collection[str], alone: bool) -> bool:
    """An item that names nobody is about the person only where there is nobody else."""
    who = item.get("person") if isinstance(item, Mapping) else None
    return alone if who is None else isinstance(who, str) and who in ids


def _count(items: Sequence[Any], key: str) -> dict[str, str | int]:
    """A single vote is not told: everybody knows whose it is."""
    votes = Counter(str(item[key]) for item in items if isinstance(item, Mapping) and key in item)
    return {"count": len(items), **(dict(sorted(votes.items())) if len(items) > 1 else {})}
