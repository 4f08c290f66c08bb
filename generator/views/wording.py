"""How values are written on paper: days in full, people and organisations by name, coded values in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from generator.definitions.forms import Shape
from generator.records.schema_fields import Field


def in_full(day: date) -> str:
    """2021年10月8日: the calendar, four digits of the year, no padding."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_of(day: date) -> str:
    return f"{day.year}年{day.month}月"


def span_of(first: date, last: date) -> str:
    """From one day to another, without repeating the year and month they share."""
    if first == last:
        return in_full(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{in_full(first)}至{last.day}日"
    return f"{in_full(first)}至{f'{last.month}月{last.day}日' if first.year == last.year else in_full(last)}"


@dataclass(frozen=True, slots=True)
class Wording:
    """`name_of(kind, id)`: the name behind an id, None when unknown; see `names.Names`."""

    name_of: Callable[[str, str], str | None]

    def text(self, value: Any, field: Field | None = None, shape: Shape = "") -> str:
        """`value` as it is written in a box; empty when there is none. `field` is what the record schema says of it."""
        if value is None:
            return ""
        if shape == "count":
            return str(len(value)) if isinstance(value, list | Mapping) else str(value)
        if isinstance(value, str):
            return self._word(value, field)
        if isinstance(value, list):
            item = field.item if field else None
            return "、".join(text for each in value if (text := self.text(each, item, shape)))
        if isinstance(value, Mapping):
            return self._mapping(value, field)
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, date):
            return month_of(value) if shape == "month" else in_full(value)
        if isinstance(value, Decimal):
            return f"{value:f}"
        return self._word(str(value), field)

    def _word(self, text: str, field: Field | None) -> str:
        if field is None:
            return text
        if field.ref:
            return self.name_of(field.ref, text) or text
        return field.values.get(text, text)

    def _mapping(self, value: Mapping[str, Any], field: Field | None) -> str:
        """Somebody of the records in a larger mapping, somebody or something outside the records, or a span of days."""
        below = (field.fields or {}) if field else {}
        for key, child in below.items():
            if child.ref and key in value:
                return self.text(value[key], child)
        if "name" in value:
            return str(value["name"])
        if "from" in value and "to" in value:
            return f"{self.text(value['from'])}至{self.text(value['to'])}"
        return self.text(value.get("text"))
