"""A person's own log and the events that name the person, as one set of entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.diagnostics import Place
from generator.records.load import Loaded
from generator.records.model import Entry, Event

_NOT_FIELDS = ("step", "date")


def own_entries(person: str, loaded: Loaded) -> Iterator[Entry]:
    """Entries of the person's own log."""
    for index, item in loaded.checked.entries:
        fields = {key: value for key, value in item.items() if key not in _NOT_FIELDS}
        yield Entry(person, item["step"], item["date"], fields, (Place(loaded.file.path, ("log", index)),))


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


def sources_of(event: Event) -> dict[str, int]:
    """Key → source of an entry to which the person's part adds nothing."""
    return dict.fromkeys((*_NOT_FIELDS, *event.fields), 1)


def part_entry(
    person: str, event: Event, key: str, part: Mapping[str, Any], from_event: Mapping[str, int]
) -> Entry:
    """A person's entry from an event: the person's part over the fields of the event. `key` is the id the event uses.

    `from_event` is what `sources_of` gives.
    """
    sources = {**from_event, **dict.fromkeys(part, 0)} if part else from_event
    return Entry(
        person=person,
        step=event.step,
        date=event.date,
        fields={**event.fields, **part},
        sources=(Place(event.path, ("people", key)), Place(event.path)),
        key_sources=sources,
        event=event.path,
    )
