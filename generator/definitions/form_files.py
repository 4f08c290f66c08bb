"""Reads schema/forms/*.yaml into forms; what a file may not say is an error with its line.

`variants` make several forms of one file: each has its own id, papers, title and step, which the sections call `this`. A section
`{part: NAME}` stands in schema/form_parts.yaml, once for all forms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast, get_args

from generator.definitions.forms import (
    EntriesForm,
    ExtractsForm,
    FactsForm,
    Form,
    FormField,
    FormSection,
    InDossier,
    PapersForm,
    RoomForm,
    Shape,
    SignatureLine,
    StepRow,
    StepsForm,
)
from generator.definitions.source import Shelf, Source
from generator.diagnostics import Pointer

Item = TypeVar("Item")

_FIELD = "label value shape unit width align span lines optional"
_KEYS = {
    "form": "id materials title subtitle reading note printed_for dossier sections",
    "file": "id materials title subtitle reading note printed_for dossier sections variants",
    "variant": "id materials title subtitle reading note printed_for dossier step",
    "facts": "kind title widths rows note",
    "steps": "kind title rows note",
    "entries": "kind title steps columns where blank empty head people ended items note",
    "room": "kind title text lines signatures note",
    "extracts": "kind steps widths rows note",
    "papers": "kind title note",
    "part": "part",
    "row": "step who start show",
    "field": _FIELD,
    "signature": "label name date",
}


_SECTIONS = ("facts", "steps", "entries", "room", "extracts", "papers")
_HINT = "写法见随程序提供的 schema/forms/ 下各文件。"


_PARTS = "schema/form_parts.yaml"
_THIS = "this"


def load_forms(shelf: Shelf) -> tuple[Form, ...]:
    """All forms, by file name. Raises `JishiError`, also for two forms of one id."""
    parts = _Reader(shelf.read(_PARTS)) if shelf.find(_PARTS) else None
    found: dict[str, Form] = {}
    for name in shelf.names("schema/forms"):
        reader = _Reader(shelf.read(name), parts)
        for form in reader.forms():
            if form.id in found:
                raise reader.source.fault(("id",), f"表 {form.id} 在 {found[form.id].file} 里已有", "请换一个 id。")
            found[form.id] = form
    return tuple(found.values())


class _Reader:
    """Turns the text of one file into forms, checking as it goes. `parts`: the file of shared sections."""

    def __init__(self, source: Source, parts: _Reader | None = None) -> None:
        self.source = source
        self.parts = parts
        self.step = ""

    def forms(self) -> list[Form]:
        data = self.mapping(self.source.data, "file", ())
        if "variants" not in data:
            return [self.form(data)]
        shared = {key: value for key, value in data.items() if key != "variants"}
        return list(self.each(data, "variants", (), lambda own, at: self.variant(shared, own, at)))

    def variant(self, shared: dict[str, Any], data: Any, at: Pointer) -> Form:
        own = self.mapping(data, "variant", at)
        self.step = self.text(own, "step", at)
        return self.form({**shared, **{key: value for key, value in own.items() if key != "step"}}, at)

    def form(self, data: Any, at: Pointer = ()) -> Form:
        data = self.mapping(data, "form", at)
        materials = self.texts(data, "materials", at)
        if not materials:
            raise self.source.fault(at, "缺少 materials", _HINT)
        return Form(
            id=self.text(data, "id", at),
            materials=materials,
            title=self.text(data, "title", at),
            subtitle=data.get("subtitle", ""),
            reading=data.get("reading", ""),
            note=data.get("note", ""),
            printed_for=self.refs(data, "printed_for", at),
            dossier=self.in_dossier(data, at),
            sections=self.each(data, "sections", (), self.section),
            file=self.source.name,
        )

    def in_dossier(self, data: Any, at: Pointer) -> InDossier:
        word = data.get("dossier", "always")
        if word not in get_args(InDossier):
            raise self.source.fault((*at, "dossier"), f"dossier 须为 {'、'.join(get_args(InDossier))} 之一", _HINT)
        return cast(InDossier, word)

    def section(self, data: Any, at: Pointer) -> FormSection:
        if isinstance(data, Mapping) and "part" in data:
            return self.part(self.mapping(data, "part", at), at)
        kind = data.get("kind") if isinstance(data, Mapping) else None
        if kind not in _SECTIONS:
            raise self.source.fault(at, f"kind 须为 {'、'.join(_SECTIONS)} 之一", _HINT)
        data = self.mapping(data, kind, at)
        title, note = data.get("title", ""), data.get("note", "")
        if kind == "facts":
            return FactsForm(title, self.texts(data, "widths", at), self.each(data, "rows", at, self.boxes), note)
        if kind == "steps":
            return StepsForm(title, self.each(data, "rows", at, self.row), note)
        if kind == "papers":
            return PapersForm(title, note)
        if kind == "extracts":
            rows = self.each(data, "rows", at, self.boxes)
            return ExtractsForm(self.refs(data, "steps", at), self.texts(data, "widths", at), rows, note)
        if kind == "room":
            signatures = self.each(data, "signatures", at, self.signature)
            return RoomForm(title, self.refs(data, "text", at), self.number(data, "lines", 3, at), signatures, note)
        return EntriesForm(
            title=title,
            steps=self.refs(data, "steps", at),
            columns=self.each(data, "columns", at, self.field),
            where={key: tuple(values) for key, values in data.get("where", {}).items()},
            blank=self.number(data, "blank", 0, at),
            head=self.number(data, "head", 0, at),
            people=data.get("people", ""),
            ended=data.get("ended", ""),
            items=data.get("items", ""),
            empty=self.number(data, "empty", 0, at),
            note=note,
        )

    def part(self, data: Any, at: Pointer) -> FormSection:
        name = self.text(data, "part", at)
        if self.parts is None or name not in self.parts.source.data:
            raise self.source.fault((*at, "part"), f"{_PARTS} 里没有“{name}”", _HINT)
        return self.parts.section(self.parts.source.data[name], (name,))

    def boxes(self, data: Any, at: Pointer) -> tuple[FormField, ...]:
        if not isinstance(data, list):
            raise self.source.fault(at, "须为列表", _HINT)
        return tuple(self.field(item, (*at, index)) for index, item in enumerate(data))

    def row(self, data: Any, at: Pointer) -> StepRow:
        data = self.mapping(data, "row", at)
        show = self.each(data, "show", at, self.field)
        return StepRow(self.text(data, "step", at), self.texts(data, "who", at), data.get("start", ""), show)

    def field(self, data: Any, at: Pointer) -> FormField:
        data = self.mapping(data, "field", at)
        shape = data.get("shape", "")
        if shape not in get_args(Shape):
            raise self.source.fault((*at, "shape"), f"不认识的 shape“{shape}”", _HINT)
        return FormField(
            label=data.get("label", ""),
            refs=self.refs(data, "value", at),
            shape=shape,
            unit=data.get("unit", ""),
            width=data.get("width", ""),
            align="center" if data.get("align") == "center" else "",
            span=self.number(data, "span", 1, at),
            lines=self.number(data, "lines", 1, at),
            optional=data.get("optional") == "true",
        )

    def signature(self, data: Any, at: Pointer) -> SignatureLine:
        data = self.mapping(data, "signature", at)
        return SignatureLine(self.text(data, "label", at), data.get("name", ""), data.get("date", ""))

    def each(self, data: Any, key: str, at: Pointer, read: Callable[[Any, Pointer], Item]) -> tuple[Item, ...]:
        items = data.get(key, [])
        if not isinstance(items, list):
            raise self.source.fault((*at, key), f"{key} 须为列表", _HINT)
        return tuple(read(item, (*at, key, index)) for index, item in enumerate(items))

    def texts(self, data: Any, key: str, at: Pointer) -> tuple[str, ...]:
        value = data.get(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise self.source.fault((*at, key), f"{key} 须为文字或文字的列表", _HINT)
        return tuple(items)

    def refs(self, data: Any, key: str, at: Pointer) -> tuple[str, ...]:
        """Steps and references to their fields; `this` is the step of the variant."""
        return tuple(self.of_this(ref, (*at, key)) for ref in self.texts(data, key, at))

    def of_this(self, ref: str, at: Pointer) -> str:
        head, dot, rest = ref.partition(".")
        if head != _THIS:
            return ref
        if not self.step:
            raise self.source.fault(at, f"{_THIS} 只能用在有 variants 的表里", _HINT)
        return f"{self.step}{dot}{rest}"

    def text(self, data: Any, key: str, at: Pointer) -> str:
        value = data.get(key)
        if not isinstance(value, str):
            raise self.source.fault(at, f"缺少 {key}", _HINT)
        return value

    def number(self, data: Any, key: str, default: int, at: Pointer) -> int:
        value = data.get(key, str(default))
        if not isinstance(value, str) or not value.isascii() or not value.isdigit():
            raise self.source.fault((*at, key), f"{key} 须为整数", _HINT)
        return int(value)

    def mapping(self, value: Any, kind: str, at: Pointer) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.source.fault(at, "须为键值", _HINT)
        if unknown := sorted(set(value) - set(_KEYS[kind].split())):
            raise self.source.fault((*at, unknown[0]), f"不认识的键 {'、'.join(unknown)}", _HINT)
        return value
