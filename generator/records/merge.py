"""A person's own log and the events that name the person, as one set of entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.diagnostics import Place
from generator.records.load import Loaded
from generator.records.model import Entries, Entry, Event

_NOT_FIELDS = ("step", "date")


class Told(Entries):
    """What a person's own log and the events tell, made into entries each time it is asked for.

    Kept, the entries of a whole university would fill the memory, and most runs ask for those of few people only.
    """

    __slots__ = ("_own", "_parts", "_path", "_person")

    def __init__(self, person: str, own: Loaded) -> None:
        self._person, self._path, self._own = person, own.file.path, own.checked.entries
        self._parts: list[tuple[Event, str]] = []

    def add(self, event: Event, key: str) -> None:
        """The person's part in an event. `key` is the id the event uses."""
        self._parts.append((event, key))

    @property
    def events(self) -> list[str]:
        return [event.path for event, _ in self._parts]

    def __iter__(self) -> Iterator[Entry]:
        for index, item in self._own:
            yield self._own_entry(index, item)
        for event, key in self._parts:
            yield self._part_entry(event, key)

    def __len__(self) -> int:
        return len(self._own) + len(self._parts)

    def days(self) -> Iterator[date]:
        for _, item in self._own:
            yield item["date"]
        for event, _ in self._parts:
            yield event.date

    def having(self, *keys: str) -> Iterator[Entry]:
        for index, item in self._own:
            for wanted in keys:
                if wanted in item:
                    yield self._own_entry(index, item)
                    break
        for event, key in self._parts:
            for wanted in keys:
                if wanted in event.fields or wanted in event.people[key]:
                    yield self._part_entry(event, key)
                    break

    def _own_entry(self, index: int, item: Mapping[str, Any]) -> Entry:
        fields = {key: value for key, value in item.items() if key not in _NOT_FIELDS}
        return Entry(self._person, item["step"], item["date"], fields, (Place(self._path, ("log", index)),))

    def _part_entry(self, event: Event, key: str) -> Entry:
        part = event.people[key]
        from_event = dict.fromkeys((*_NOT_FIELDS, *event.fields), 1)
        return Entry(
            person=self._person,
            step=event.step,
            date=event.date,
            fields={**event.fields, **part},
            sources=(Place(event.path, ("people", key)), Place(event.path)),
            key_sources={**from_event, **dict.fromkeys(part, 0)} if part else from_event,
            event=event.path,
            companions=len(event.people) - 1,
        )


def event_of(loaded: Loaded) -> Event | None:
    """The event a file states; None when its step or date is missing or wrong (which is reported)."""
    fields = loaded.checked.fields
    if "step" not in fields or "date" not in fields:
        return None
    return Event(
        path=loaded.file.path,
        step=fields["step"],
        date=fields["date"],
        committee=loaded.file.committee,
        branch=loaded.file.branch,
        fields={key: value for key, value in fields.items() if key not in _NOT_FIELDS},
        people=loaded.checked.people,
    )
