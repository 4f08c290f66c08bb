"""The texts of rules for people who do not write YAML: each field they name has its label from the record schemas beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.audit.rule import Rule
from generator.definitions.model import Procedure
from generator.records.schema import KINDS, RecordSchemas
from generator.records.schema_fields import Field
from generator.views.rule_pages import codes_of

_NAME = re.compile(r"(?<![\w.`-])[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*(?:: (?:true|false|[a-z_]+))?(?![\w`-])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text; `code`: as it is written in a record."""

    text: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class RuleFields:
    """`settings`: names of the switches of local rules, which are no fields."""

    schemas: RecordSchemas
    procedure: Procedure
    settings: Collection[str] = ()

    def pieces(self, rule: Rule, text: str) -> tuple[Piece, ...]:
        """A text of a rule; what stands in brackets is already said in words before them."""
        found, end = [], 0
        for name in _NAME.finditer(text):
            path = name.group().partition(":")[0]
            label = self._label(rule, path)
            if label is None and path not in self.settings:
                continue
            found.append(Piece(text[end : name.start()]))
            if label and not text[: name.start()].rstrip().endswith(("（", label)):
                found.append(Piece(f"{label} "))
            found.append(Piece(name.group(), code=True))
            end = name.end()
        return (*found, Piece(text[end:])) if end < len(text) else tuple(found)

    def legend(self, rule: Rule) -> Mapping[str, str]:
        """What the examples of a rule write → what it is called: keys and steps, in their order.

        A key that means different things in different places is called by all of their names.
        """
        found: dict[str, dict[str, None]] = {}
        for example in (rule.text.wrong, rule.text.right):
            for path, step in _keys(_parsed(example), ()):
                field = self._field(rule, path, step)
                if field is not None:
                    found.setdefault(path[-1], {})[field.label] = None
                if path == ("step",) and step is not None and step in self.procedure.steps:
                    found.setdefault(step, {})[self.procedure.steps[step].title] = None
        return {name: "或".join(labels) for name, labels in found.items()}

    def _label(self, rule: Rule, name: str) -> str | None:
        field = self._field(rule, tuple(name.split(".")), None)
        return field.label if field is not None else None

    def _field(self, rule: Rule, path: tuple[str, ...], step: str | None) -> Field | None:
        """The field that a rule means: of the step named, of the steps the rule belongs to, then of any."""
        mine = [step] if step else [each.id for each in self.procedure.steps.values() if rule.code in codes_of(each)]
        for place in (*self._of_steps(mine), *self._files, *self._of_steps(self.schemas.step_kinds)):
            found = _at(place, path)
            if found is not None:
                return found
        return None

    def _of_steps(self, steps: Iterable[str]) -> Iterator[Field]:
        shapes = (self.schemas.entry(step) for step in steps)
        return (shape.field for shape in shapes if shape is not None)

    @property
    def _files(self) -> Iterator[Field]:
        return (self.schemas.document(kind).field for kind in KINDS)


def _at(field: Field, path: tuple[str, ...]) -> Field | None:
    """The field at a path that leaves out the places in lists; a single key is also found one level down."""
    found: Field | None = field
    for key in path:
        while found is not None and found.item is not None:
            found = found.item
        found = found.child(key) if found is not None and key in (found.fields or {}) else None
    if found is None and len(path) == 1:
        below = (_at(child, path) for child in (field.fields or {}).values() if child.fields or child.item)
        return next((one for one in below if one is not None), None)
    return found


def _parsed(example: str) -> Any:
    try:
        return yaml.load(example, yaml.CBaseLoader)
    except yaml.YAMLError:
        return None  # the wrong example of a rule about the format itself


def _keys(value: Any, path: tuple[str, ...], step: str | None = None) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Every key with the keys above it, and the step of the entry it stands in; entries stand on their own."""
    if isinstance(value, list):
        for item in value:
            yield from _keys(item, path, step)
    elif isinstance(value, dict):
        if not path and isinstance(value.get("step"), str):
            step = value["step"]
        for key, below in value.items():
            yield (*path, str(key)), step
            yield from _keys(below, () if key == "log" else (*path, str(key)), step)
