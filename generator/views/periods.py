"""Who held a role over which time, from entries that each state the complete set from their day on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from generator.records.model import Entry


@dataclass(frozen=True, slots=True)
class Period:
    """`to` None: still held. `person` as written in the record: an id or {name, unit}."""

    person: Any
    from_: date
    to: date | None
    unit: str = ""


def periods(entries: Sequence[Entry], field: str, ended: str = "") -> tuple[Period, ...]:
    """The periods, by beginning. `field` holds the set, `ended` [{person, date}] those who left on another day."""
    done: list[Period] = []
    open_: dict[str, Period] = {}
    for entry in sorted(entries, key=lambda entry: entry.date):
        left = (
            {_key(item): item.get("date") for item in entry.get(ended) or [] if isinstance(item, Mapping)}
            if ended
            else {}
        )
        now = {_key(value): value for value in entry.get(field) or []}
        for key in [key for key in open_ if key not in now or key in left]:
            until = left.get(key)
            done.append(replace(open_.pop(key), to=until if isinstance(until, date) else entry.date))
        for key, value in now.items():
            if key not in open_ and key not in left:
                open_[key] = Period(
                    value, entry.date, None, str(value.get("unit", "")) if isinstance(value, Mapping) else ""
                )
    return tuple(sorted([*done, *open_.values()], key=lambda period: period.from_))


def _key(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("person") or f"{value.get('name')}/{value.get('unit', '')}")
    return str(value)
