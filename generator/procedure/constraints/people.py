"""People named in a field: ids, or somebody outside the records as {name, unit, full_since}; plain or inside {person, …}."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from generator.records.model import Entry


class Named(NamedTuple):
    """Somebody named at a path of an entry: an id, or the name of an outsider."""

    id: str | None
    name: str
    full_since: date | None
    path: str

    @property
    def key(self) -> str:
        """The same for the same person named twice."""
        return self.id if self.id is not None else f"外:{self.name}"


def named_in(entry: Entry, field: str) -> Iterator[Named]:
    value = entry.get(field)
    if isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _named(item, f"{field}.{index}")
    elif value is not None:
        yield from _named(value, field)


def _named(item: Any, path: str) -> Iterator[Named]:
    if isinstance(item, str):
        yield Named(item, item, None, path)
    elif isinstance(item, Mapping):
        if "person" in item:
            yield from _named(item["person"], f"{path}.person")
        elif "name" in item:
            since = item.get("full_since")
            yield Named(None, str(item["name"]), since if isinstance(since, date) else None, path)
