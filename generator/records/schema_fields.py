"""Fields of records as the schema files state them: types expanded, labels and examples kept, Cerberus rules apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.diagnostics import JishiError
from generator.records.conversion import CONTAINERS, SCALARS

_OWN = frozenset(
    (
        "label",
        "values",
        "example",
        "rare",
        "ref",
        "entries",
        "parts",
        "type",
        "required",
        "schema",
        "keysrules",
        "valuesrules",
    )
)
_CERBERUS = frozenset(
    (
        "allowed",
        "regex",
        "min",
        "max",
        "minlength",
        "maxlength",
        "empty",
        "dependencies",
        "excludes",
        "contains",
        "forbidden",
    )
)
_DEFAULT_EXAMPLE = {
    "text": "文字",
    "id": "ug-1",
    "int": "20",
    "decimal": "2.5",
    "bool": "true",
    "date": "2024-05-20",
    "month": "2024-06",
    "list": "[…]",
    "dict": "{…}",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record.

    `fields` are the keys of a mapping, `item` the items of a list; a mapping with free keys has `part_key` and `part` instead.
    `rules` are passed to Cerberus as they stand.
    """

    key: str
    label: str
    types: tuple[str, ...]
    required: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    """Allowed value → Chinese name; empty: any."""
    example: str = ""
    ref: str | None = None
    """What an id refers to: person | committee | branch | step | platform."""
    rules: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Field] | None = None
    item: Field | None = None
    part_key: Field | None = None
    part: Field | None = None

    @property
    def sample(self) -> str:
        """A right example of the value, as it is written in YAML."""
        return self.example or next(iter(self.values), "") or _DEFAULT_EXAMPLE[self.types[0]]

    def child(self, key: str | int) -> Field | None:
        """The field of a key or list item; None when the schema has none."""
        if isinstance(key, int):
            return self.item
        if self.fields is not None and key in self.fields:
            return self.fields[key]
        return self.part

    def at(self, path: tuple[str | int, ...]) -> Field | None:
        found: Field | None = self
        for key in path:
            found = found.child(key) if found is not None else None
        return found

    def references(self) -> Iterator[tuple[tuple[str, ...], Field]]:
        """Paths of everything below (and including) this field that refers to something; `*` stands for any item or free key."""
        if self.ref:
            yield (), self
        for key, child in (self.fields or {}).items():
            for path, target in child.references():
                yield (key, *path), target
        for below in (self.item, self.part):
            if below is not None:
                for path, target in below.references():
                    yield ("*", *path), target

    def cerberus(self) -> dict[str, Any]:
        """The rules as Cerberus wants them."""
        rules: dict[str, Any] = {"type": list(self.types), **self.rules}
        if self.required:
            rules["required"] = True
        if self.values:
            rules["allowed"] = list(self.values)
        if self.fields is not None:
            rules["schema"] = {key: child.cerberus() for key, child in self.fields.items()}
        elif self.item is not None:
            rules["schema"] = self.item.cerberus()
        if self.part_key is not None:
            rules["keysrules"] = self.part_key.cerberus()
        if self.part is not None:
            rules["valuesrules"] = self.part.cerberus()
        return rules


class FieldReader:
    """Builds fields from the mappings of the schema files. Raises `JishiError` when a file is not as it should be."""

    def __init__(self, types: Mapping[str, Any], path: str) -> None:
        self.types = types
        self.path = path

    def mapping(self, label: str, fields: Mapping[str, Any]) -> Field:
        """A mapping with these keys."""
        return Field("", label, ("dict",), fields={key: self.field(key, raw) for key, raw in fields.items()})

    def field(self, key: str, raw: Any) -> Field:
        rules = self.expand(key, raw, ())
        types = rules.get("type", "dict" if "schema" in rules else "text")
        types = tuple(types) if isinstance(types, list) else (types,)
        unknown = [name for name in types if name not in SCALARS and name not in CONTAINERS]
        strange = [name for name in rules if name not in _OWN and name not in _CERBERUS]
        if unknown or strange:
            raise JishiError(f"{self.path}：字段“{key}”里有不认识的类型或规则：{'、'.join([*unknown, *strange])}")
        schema = rules.get("schema")
        is_list = "list" in types
        if schema is not None and not isinstance(schema, Mapping):
            raise JishiError(f"{self.path}：字段“{key}”的 schema 应是键值")
        label = str(rules.get("label", key))
        return Field(
            key=key,
            label=label,
            types=types,
            required=bool(rules.get("required", False)),
            values={str(name): str(text) for name, text in (rules.get("values") or {}).items()},
            example=str(rules.get("example", "")),
            ref=rules.get("ref"),
            rules={name: rules[name] for name in rules if name in _CERBERUS},
            fields={name: self.field(name, below) for name, below in schema.items()}
            if schema is not None and not is_list
            else None,
            item=self.inherit(label, self.field(key, schema)) if schema is not None and is_list else None,
            part_key=self.field(key, rules["keysrules"]) if "keysrules" in rules else None,
            part=self.field(key, rules["valuesrules"]) if "valuesrules" in rules else None,
        )

    @staticmethod
    def inherit(label: str, item: Field) -> Field:
        return item if item.label != item.key else replace(item, label=label)

    def expand(self, key: str, raw: Any, seen: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            raise JishiError(f"{self.path}：字段“{key}”应写成键值，例如 {{label: 名称, type: text}}")
        name = raw.get("type")
        if not isinstance(name, str) or name in SCALARS or name in CONTAINERS:
            return dict(raw)
        if name not in self.types or name in seen:
            raise JishiError(f"{self.path}：字段“{key}”的类型“{name}”没有定义", "类型见 schema/records/types.yaml")
        base = self.expand(key, self.types[name], (*seen, name))
        return {**base, **{rule: value for rule, value in raw.items() if rule != "type"}}
