"""Papers as the records list them: a bare code or the long form, read the same way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.diagnostics import Place
from generator.records.model import Entry


@dataclass(frozen=True, slots=True)
class Paper:
    """One item under `materials` of an entry. `fields` is empty for a bare code: one original, in order."""

    entry: Entry
    index: int
    code: str
    fields: Mapping[str, Any]

    @property
    def is_copy(self) -> bool:
        return self.fields.get("kind") == "copy"

    @property
    def shows(self) -> Mapping[str, Any]:
        """What the paper states, as transcribed: reference → value."""
        value = self.fields.get("shows")
        return value if isinstance(value, Mapping) else {}

    @property
    def defects(self) -> tuple[str, ...]:
        value = self.fields.get("defects")
        return tuple(value) if isinstance(value, list) else ()

    def lacks(self, field: str) -> bool:
        """True only when the record says so: `signed: false`."""
        return self.fields.get(field) is False

    def place(self, *keys: str | int) -> Place:
        place = self.entry.place(f"materials.{self.index}")
        return place.child(*keys) if keys else place


def papers_of(entry: Entry) -> Iterator[Paper]:
    materials = entry.fields.get("materials")
    for index, item in enumerate(materials if isinstance(materials, list) else ()):
        if isinstance(item, str):
            yield Paper(entry, index, item, {})
        elif isinstance(item, Mapping) and isinstance(item.get("code"), str):
            yield Paper(entry, index, item["code"], item)
