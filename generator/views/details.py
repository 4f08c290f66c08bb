"""What an entry says, in one line: its fields by label, people and organisations by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.records.model import Entry, Fields
from generator.records.schema import RecordSchemas
from generator.records.schema_fields import Field
from generator.views.branch_titles import Called
from generator.views.wording import Wording

_APART = frozenset({"step", "date", "materials"})
"""Fields with a place of their own."""
_STEP = "step"


class Details:
    """`name_of(kind, id)` gives the name behind an id, None when it is unknown; `own(entry)`: the fields of an entry that are
    its person's own.
    """

    def __init__(
        self,
        schemas: RecordSchemas,
        name_of: Callable[[str, str], str | None],
        own: Callable[[Entry], Fields],
    ) -> None:
        self._schemas = schemas
        self._own = own
        self._name_of = name_of
        self._wording = Wording(name_of)

    def calling(self, called: Called) -> Details:
        """The same for a branch that has names of its own for the steps."""

        def name_of(kind: str, id: str) -> str | None:
            name = self._name_of(kind, id)
            return called(name) if name is not None and kind == _STEP else name

        return Details(self._schemas, name_of, self._own)

    def line(self, entry: Entry) -> str:
        """Label and value of every recorded field, in the order of the schema."""
        shape = self._schemas.entry(entry.step)
        if shape is None or shape.field.fields is None:
            return ""
        fields = self._own(entry)
        parts = [
            f"{field.label}：{text}"
            for name, field in shape.field.fields.items()
            if name not in _APART and (text := self._value(fields.get(name), field))
        ]
        return "；".join(parts)

    def part(self, entry: Entry, key: str) -> str:
        """Label and value of one field."""
        shape, value = self._schemas.entry(entry.step), self._own(entry).get(key)
        field = (shape.field.fields or {}).get(key) if shape is not None else None
        return f"{field.label}：{self._value(value, field)}" if field else str(value or "")

    def _value(self, value: Any, field: Field) -> str:
        if field.fields and isinstance(value, Mapping) and not any(child.ref for child in field.fields.values()):
            inner = [
                f"{c.label} {t}" for key, c in field.fields.items() if (t := self._wording.text(value.get(key), c))
            ]
            return "，".join(inner)
        return self._wording.text(value, field)
