"""The schemas of the records: what each kind of file may hold, and checking a file against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from generator.diagnostics import Diagnostic, JishiError, Place, Severity
from generator.os_errors import reason
from generator.records.codes import finding
from generator.records.nearest import nearest
from generator.records.schema_errors import shown
from generator.records.schema_fields import Field, FieldReader
from generator.records.schema_shape import Shape
from generator.records.yaml_source import read_yaml

KINDS = ("organisation", "committee", "branch", "person", "organiser", "event")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file after its check: typed fields without what did not fit, and its entries."""

    fields: Mapping[str, Any]
    """Top-level fields; without `log` and `people`."""
    entries: tuple[tuple[int, Mapping[str, Any]], ...] = ()
    """Index in `log` and typed entry; every entry has a known `step` and a `date`."""
    people: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Of an event: person id → that person's part."""
    diagnostics: tuple[Diagnostic, ...] = ()


class RecordSchemas:
    """All schemas, and the kinds of the procedure's steps.

    `step_kinds` maps a step id to its kind in entries.yaml; `step_fields` adds fields to single steps; `platforms`: the ids there are,
    None when they are not known.
    """

    def __init__(
        self,
        documents: Mapping[str, Field],
        entries: Mapping[str, Any],
        reader: FieldReader,
        step_kinds: Mapping[str, str],
        step_fields: Mapping[str, Mapping[str, Any]],
        platforms: Iterable[str] | None = None,
    ) -> None:
        self.step_kinds = dict(step_kinds)
        self.platforms = None if platforms is None else frozenset(platforms)
        self._shapes = {name: Shape(fields) for name, fields in documents.items()}
        self._entries: dict[str, Shape] = {}
        self._events: dict[str, Shape] = {}
        self.kinds: dict[str, str] = {name: str(raw.get("title", name)) for name, raw in entries["kinds"].items()}
        """Kind → Chinese title."""
        common = reader.mapping("经历", entries["common"]).fields or {}
        event = documents["event"].fields or {}
        kinds: dict[str, dict[str, Field]] = {}
        for name, raw in entries["kinds"].items():
            kinds[name] = {}
            for mixin in raw.get("mixins", ()):
                kinds[name].update(reader.mapping("", entries["mixins"][mixin]).fields or {})
            kinds[name].update(reader.mapping("", raw.get("fields") or {}).fields or {})
        missing = sorted({kind for kind in step_kinds.values() if kind not in kinds})
        if missing:
            raise JishiError(f"步骤的类型没有定义：{'、'.join(missing)}", "类型见 schema/records/entries.yaml")
        for step, kind in step_kinds.items():
            own = {**kinds[kind], **(reader.mapping("", step_fields.get(step, {})).fields or {})}
            entry = {**common, **own}
            part = {name: child for name, child in entry.items() if name not in ("step", "date")}
            people = event["people"]
            parts = Field("", people.part.label if people.part else "", ("dict",), fields=part)
            shared = Field(
                "people",
                people.label,
                ("dict",),
                required=people.required,
                example=people.example,
                part_key=people.part_key,
                part=parts,
            )
            self._entries[step] = Shape(Field("", self.kinds[kind], ("dict",), fields=entry))
            self._events[step] = Shape(
                Field("", self.kinds[kind], ("dict",), fields={**entry, **event, "people": shared})
            )

    @classmethod
    def load(
        cls,
        folders: Sequence[Path],
        step_kinds: Mapping[str, str],
        step_fields: Mapping[str, Mapping[str, Any]] | None = None,
        platforms: Iterable[str] | None = None,
    ) -> RecordSchemas:
        """Reads the schema files (`schema/records`); of files with the same name the one in the earlier folder counts.

        Raises `JishiError` when a file is missing or not as it should be.
        """
        raw = {name: _read(folders, f"{name}.yaml") for name in (*KINDS, "types", "entries")}
        reader = FieldReader(raw["types"], "schema/records")
        documents = {}
        for name in KINDS:
            if not isinstance(raw[name].get("fields"), dict):
                raise JishiError(f"schema/records/{name}.yaml 缺少 fields")
            documents[name] = reader.mapping(str(raw[name].get("title", name)), raw[name]["fields"])
        for key in ("common", "mixins", "kinds"):
            if not isinstance(raw["entries"].get(key), dict):
                raise JishiError(f"schema/records/entries.yaml 缺少 {key}")
        return cls(documents, raw["entries"], reader, step_kinds, step_fields or {}, platforms)

    def document(self, kind: str) -> Shape:
        """Shape of a kind of file (see KINDS). An event's own is in `event`."""
        return self._shapes[kind]

    def entry(self, step: str) -> Shape | None:
        """Shape of an entry of a person's log; None for an unknown step."""
        return self._entries.get(step)

    def event(self, step: str) -> Shape | None:
        """Shape of an event file; None for an unknown step."""
        return self._events.get(step)

    def label(self, step: str, path: str) -> str:
        """Chinese label of an entry's field at a dotted path; the path itself when there is none."""
        shape = self.entry(step)
        keys = tuple(int(key) if key.isdigit() else key for key in path.split("."))
        found = shape.field.at(keys) if shape is not None else None
        return found.label if found is not None else path

    def value_label(self, step: str, path: str, value: Any) -> str:
        """Chinese name of an allowed value; otherwise the value as text."""
        shape = self.entry(step)
        keys = tuple(int(key) if key.isdigit() else key for key in path.split("."))
        found = shape.field.at(keys) if shape is not None else None
        return found.values.get(str(value), str(value)) if found is not None else str(value)

    def check(self, kind: str, data: dict[str, Any], path: str, person: str | None = None) -> Checked:
        """Checks one file's data. `kind` is one of KINDS; `path` and `person` go into the findings."""
        found: list[Diagnostic] = []
        place = Place(path)
        if kind == "event":
            return self._check_event(data, place)
        fields = self._shapes[kind].check(data, place, found)
        entries: list[tuple[int, Mapping[str, Any]]] = []
        if kind == "person":
            fields.pop("log", None)
            log = data.get("log")
            for index, item in enumerate(log if isinstance(log, list) else ()):
                if isinstance(item, dict):
                    entry = self._check_entry(item, place.child("log", index), found)
                    if entry is not None:
                        entries.append((index, entry))
        if person is not None:
            found = [_about(said, person) for said in found]
        return Checked(fields, tuple(entries), {}, tuple(found))

    def _check_entry(self, item: dict[str, Any], place: Place, found: list[Diagnostic]) -> Mapping[str, Any] | None:
        shape = self._shape_of(item, self._entries, place, found)
        if shape is None:
            return None
        said: list[Diagnostic] = []
        entry = shape.check(item, place, said)
        found.extend(_of_step(one, item["step"]) for one in said)
        return entry if "step" in entry and "date" in entry else None

    def _shape_of(
        self, item: dict[str, Any], shapes: Mapping[str, Shape], place: Place, found: list[Diagnostic]
    ) -> Shape | None:
        step = item.get("step")
        if isinstance(step, str) and step in shapes:
            return shapes[step]
        if step is None:
            found.append(finding("SCH002", place.key(), label="步骤", key="step", example="step: apply"))
        else:
            value = step if isinstance(step, str) else ""
            near = nearest(value, shapes)
            hint = f"是不是 {near}？" if near else "步骤名见手册的步骤一览"
            found.append(finding("SCH012", place.child("step"), value=shown(step), hint=hint))
        return None

    def _check_event(self, data: dict[str, Any], place: Place) -> Checked:
        found: list[Diagnostic] = []
        shape = self._shape_of(data, self._events, place, found)
        if shape is None:
            return Checked({}, (), {}, tuple(found))
        fields = shape.check(data, place, found)
        people = fields.pop("people", {})
        step = data["step"]
        said = []
        for one in found:
            pointer = one.place.pointer
            who = pointer[1] if len(pointer) > 1 and pointer[0] == "people" else None
            said.append(_of_step(_about(one, str(who)) if who is not None else one, step))
        return Checked(fields, (), people, tuple(said))


def _about(said: Diagnostic, person: str) -> Diagnostic:
    return replace(said, person=person)


def _of_step(said: Diagnostic, step: str) -> Diagnostic:
    return replace(said, step=step)


def _read(folders: Sequence[Path], name: str) -> dict[str, Any]:
    for folder in folders:
        path = folder / name
        called = f"schema/records/{name}" + ("（随程序安装）" if folder != folders[0] else "")
        if path.is_file():
            try:
                raw = path.read_bytes()
                _refuse_faults(called, raw)
                data = yaml.load(raw, yaml.CSafeLoader)
            except (OSError, yaml.YAMLError, ValueError) as error:
                why = reason(error) if isinstance(error, OSError) else " ".join(str(error).split())
                raise JishiError(f"无法读取 {called}：{why}", "请检查文件权限和内容") from error
            if not isinstance(data, dict):
                raise JishiError(f"{called} 应由“键: 值”组成")
            return data
    raise JishiError(f"缺少 schema/records/{name}", "请检查安装是否完整：jishi doctor")


def _refuse_faults(called: str, raw: bytes) -> None:
    """Schema files keep to the strict subset of the records; PyYAML alone would let the last of two equal keys win."""
    for fault in read_yaml(called, raw).diagnostics:
        if fault.severity is Severity.ERROR:
            where = f"{called}:{fault.span.line}:{fault.span.column}" if fault.span else called
            raise JishiError(f"{where}：{fault.message}", fault.hint)
