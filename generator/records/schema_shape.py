"""The fields of one kind of mapping, and the check of data against them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from cerberus import TypeDefinition, Validator

from generator.diagnostics import Diagnostic, Place
from generator.records.conversion import Unconverted
from generator.records.schema_errors import explain, flatten
from generator.records.schema_fast import Convert, compile_field
from generator.records.schema_fields import Field


class _Validator(Validator):  # type: ignore[misc]
    types_mapping: ClassVar[dict[str, Any]] = {
        "text": TypeDefinition("text", (str,), (Unconverted,)),
        "id": TypeDefinition("id", (str,), (Unconverted,)),
        "month": TypeDefinition("month", (str,), (Unconverted,)),
        "int": TypeDefinition("int", (int,), (bool,)),
        "decimal": TypeDefinition("decimal", (Decimal,), ()),
        "bool": TypeDefinition("bool", (bool,), ()),
        "date": TypeDefinition("date", (date,), (datetime,)),
        "list": TypeDefinition("list", (list,), ()),
        "dict": TypeDefinition("dict", (dict,), ()),
    }


class Shape:
    """The fields of one kind of mapping, with the means to check it."""

    __slots__ = ("_convert", "_validator", "field", "references")

    def __init__(self, fields: Field) -> None:
        self.field = fields
        self._convert: Convert | None = None
        self._validator: _Validator | None = None
        self.references = tuple(fields.references())

    def __getstate__(self) -> tuple[Field, tuple[tuple[tuple[str, ...], Field], ...]]:
        return self.field, self.references

    def __setstate__(self, state: tuple[Field, tuple[tuple[tuple[str, ...], Field], ...]]) -> None:
        self.field, self.references = state
        self._convert = self._validator = None

    def check(self, data: dict[str, Any], place: Place, found: list[Diagnostic]) -> dict[str, Any]:
        """Typed copy of `data`, without what does not fit; that is reported to `found`."""
        if self._convert is None:  # most files hold few of the steps there are
            self._convert = compile_field(self.field)
        amiss: list[bool] = []
        typed: dict[str, Any] = self._convert(data, amiss)
        if not amiss:
            return typed
        return self.check_fully(typed, place, found)

    def check_fully(self, typed: dict[str, Any], place: Place, found: list[Diagnostic]) -> dict[str, Any]:
        if self._validator is None:  # made once: Cerberus takes far longer to check a schema than a record
            self._validator = _Validator({key: child.cerberus() for key, child in (self.field.fields or {}).items()})
        validator = self._validator
        validator.validate(typed, normalize=False)
        unfit: set[tuple[str | int, ...]] = set()
        for error in flatten(validator._errors):
            said = explain(error, self.field, place, typed)
            if said not in found:
                found.append(said)
            unfit.add(self._unfit(tuple(error.document_path)))
        return _prune(typed, unfit)

    def _unfit(self, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        """What must go when the value at `path` does: the value, or the mapping that cannot do without it."""
        while len(path) > 1:
            here = self.field.at(path)
            if here is None or not here.required:
                break
            path = path[:-1]
        return path


def _prune(typed: dict[str, Any], unfit: set[tuple[str | int, ...]]) -> dict[str, Any]:
    for path in sorted(unfit, key=lambda path: [str(key).zfill(9) for key in path], reverse=True):
        holder: Any = typed
        try:
            for key in path[:-1]:
                holder = holder[key]
            del holder[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue
    return typed
