"""The fields of entries as the record schema names them: labels for sentences, and an entry ready to copy for each step."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.definitions.model import Procedure, Ref, Step
from generator.definitions.source import Shelf
from generator.views.steps import FieldNote

_NUMBER = re.compile(r'"\d{5,}"')


def without_numbers(yaml_text: str) -> str:
    """An example with placeholders ("0000001", "0000002" …) for the numbers of people, so that nobody copies a real one."""
    placeholders: dict[str, str] = {}

    def placeholder(found: re.Match[str]) -> str:
        return placeholders.setdefault(found.group(), f'"{len(placeholders) + 1:07}"')

    return _NUMBER.sub(placeholder, yaml_text)


def _writes(entry: str, name: str) -> bool:
    return re.search(rf"^  {name}:", entry, re.MULTILINE) is not None


@dataclass(frozen=True)
class RecordFields:
    """`types` and `kinds` as in schema/records/types.yaml and entries.yaml; every scalar is text."""

    types: Mapping[str, Any]
    entries: Mapping[str, Any]
    person: Mapping[str, Any]
    branch: Mapping[str, Any]
    procedure: Procedure

    @classmethod
    def load(cls, shelf: Shelf, procedure: Procedure) -> RecordFields:
        types, entries, person, branch = (
            shelf.read(f"schema/records/{name}.yaml").data for name in ("types", "entries", "person", "branch")
        )
        return cls(types, entries, person["fields"], branch["fields"], procedure)

    def label(self, step: str, name: str) -> str:
        """Chinese label of a field of a step's entries; of a person's file when `step` is empty."""
        if not step:
            return str(self._resolved(self.person.get(name, {})).get("label", name))
        return str(self._field(step, name).get("label", "日期" if name == "date" else name))

    def word(self, step: str, name: str, value: str) -> str:
        """A value of a field of a step's entries in words, such as 退回 for `decision: returned`."""
        return str(self._field(step, name).get("values", {}).get(value, value))

    def _field(self, step: str, name: str) -> Mapping[str, Any]:
        known = self.procedure.steps.get(step)
        fields = dict(self._fields(known.kind)) if known else {}
        return self._resolved(fields.get(name, {}))

    def branch_word(self, name: str, value: Any) -> str:
        """A value of a branch's field in words, such as 本科生 for `kind: undergraduate`."""
        return str(self.branch.get(name, {}).get("values", {}).get(str(value), value))

    def example(self, step: Step) -> str:
        """An entry of a person's log for this step, to be copied: the definition's own, else one made of the fields' examples."""
        return step.entry or self.made_up(step)

    def made_up(self, step: Step) -> str:
        """An entry of the usual fields, each with the example that the schema gives."""
        rows = [("- step", step.id), ("  date", "2026-10-12")]
        rows += [
            (f"  {name}", self._value(schema, step.actor))
            for name, schema in self._own(step)
            if not schema.get("rare")
        ]
        papers = [material.code for material in step.materials]
        if papers:
            rows.append(("  materials", f"[{', '.join(papers)}]"))
        return "\n".join(f"{key}: {value}" for key, value in rows)

    def notes(self, step: Step) -> tuple[FieldNote, ...]:
        """Every field that an entry of this step may have, in words; what is written in some cases only comes last."""
        key = (step.id, step.kind, step.entry)
        if key not in self._noted:
            self._noted[key] = self._notes(step)
        return self._noted[key]

    @cached_property
    def _noted(self) -> dict[tuple[str, str, str], tuple[FieldNote, ...]]:
        """The notes already made: the manuals of all branches show the same ones."""
        return {}

    def _notes(self, step: Step) -> tuple[FieldNote, ...]:
        shown = step.entry or self.made_up(step)
        found = [FieldNote("date", step.date_means or "日期", False)]
        found += [FieldNote(name, self._comment(s), not _writes(shown, name)) for name, s in self._own(step)]
        common = ((name, self._resolved(self.entries["common"][name])) for name in ("organiser_signed", "materials"))
        found += [FieldNote(name, self._comment(schema), False) for name, schema in common if _writes(shown, name)]
        return tuple(sorted(found, key=lambda each: each.rare))

    def _own(self, step: Step) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The fields of the step's kind, resolved, without those that only its siblings have."""
        foreign = self._fields_of_others(step)
        for name, schema in self._fields(step.kind):
            if name not in foreign or _writes(step.entry, name):
                yield name, self._resolved(schema)

    def _fields(self, kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        described = self.entries["kinds"].get(kind, {})
        own = described.get("fields") or {}
        for mixin in described.get("mixins", ()):
            yield from ((name, schema) for name, schema in self.entries["mixins"][mixin].items() if name not in own)
        yield from own.items()

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """A field with what its named type says of it; what the field says itself comes on top."""
        named = schema.get("type")
        base = self.types.get(named, {}) if isinstance(named, str) else {}
        own = {key: value for key, value in schema.items() if key != "type" or not base}
        return {**(self._resolved(base) if base.get("type") != named else base), **own}

    def _value(self, schema: Mapping[str, Any], actor: str) -> str:
        """A value to copy; where one may choose among actors, the one who does the step."""
        if schema.get("values"):
            return actor if actor in schema["values"] else str(next(iter(schema["values"])))
        if "example" in schema:
            return without_numbers(str(schema["example"]))
        return "{}" if schema.get("type") == "dict" else '""'

    def _comment(self, schema: Mapping[str, Any]) -> str:
        label = str(schema.get("label", ""))
        words = [f"`{key}` {word}" for key, word in schema.get("values", {}).items()]
        return f"{label}：{'，'.join(words)}" if words else label

    def _fields_of_others(self, step: Step) -> set[str]:
        """Fields of the shared kind that the procedure asks of other steps of this kind, and not of this one."""
        named = self._named_fields
        others = {
            name
            for s in self.procedure.steps.values()
            if s.kind == step.kind and s.id != step.id
            for name in named[s.id]
        }
        return others - named[step.id]

    @cached_property
    def _named_fields(self) -> Mapping[str, set[str]]:
        named: dict[str, set[str]] = defaultdict(set)

        def note(step: str, ref: Ref | None) -> None:
            if ref is not None:
                named[step if ref.subject == "own" else ref.subject].add(ref.field)

        for step in self.procedure.steps.values():
            own = named[step.id]
            own.update(k for k in step.refused_when if "." not in k)
            for limit in step.limits:
                own.update(str(limit.params[k]) for k in ("on", "from", "to", "field") if k in limit.params)
                own.update(limit.unless)
                own.update(k for k in limit.when if "." not in k)
                for ref in limit.of:
                    note(step.id, ref)
            for transition in step.transitions:
                own.update(k for k in transition.when if "." not in k)
                note(step.id, transition.extends)
                for ref in transition.since:
                    note(step.id, ref)
        return named
