"""Reads schema/forms/*.yaml into forms; what a file may not say is an error with its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

from generator.definitions.forms import (
    EntriesForm,
    ExtractsForm,
    FactsForm,
    Form,
    FormField,
    FormSection,
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
    "form": "id materials title subtitle note printed_for extract sections",
    "facts": "kind title widths rows note",
    "steps": "kind title rows note",
    "entries": "kind title steps columns where blank head people ended note",
    "room": "kind title text lines signatures note",
    "extracts": "kind steps widths rows note",
    "row": "step who start show",
    "field": _FIELD,
    "signature": "label name date",
}


_HINT = "写法见随程序提供的 schema/forms/ 下各文件。"


def load_forms(shelf: Shelf) -> tuple[Form, ...]:
    """All forms, by file name. Raises `JishiError`."""
    return tuple(_Reader(shelf.read(name)).form() for name in shelf.names("schema/forms"))


class _Reader:
    """Turns the text of one file into a form, checking as it goes."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def form(self) -> Form:
        data = self.mapping(self.source.data, "form", ())
        return Form(
            id=self.text(data, "id", ()),
            materials=self.texts(data, "materials", ()),
            title=self.text(data, "title", ()),
            subtitle=data.get("subtitle", ""),
            note=data.get("note", ""),
            printed_for=self.texts(data, "printed_for", ()),
            extract=data.get("extract") == "true",
            sections=self.each(data, "sections", (), self.section),
        )

    def section(self, data: Any, at: Pointer) -> FormSection:
        kind = data.get("kind") if isinstance(data, Mapping) else None
        if kind not in ("facts", "steps", "entries", "room", "extracts"):
            raise self.source.fault(at, "kind 须为 facts、steps、entries、room、extracts 之一", _HINT)
        data = self.mapping(data, kind, at)
        title, note = data.get("title", ""), data.get("note", "")
        if kind == "facts":
            return FactsForm(title, self.texts(data, "widths", at), self.each(data, "rows", at, self.boxes), note)
        if kind == "steps":
            return StepsForm(title, self.each(data, "rows", at, self.row), note)
        if kind == "extracts":
            rows = self.each(data, "rows", at, self.boxes)
            return ExtractsForm(self.texts(data, "steps", at), self.texts(data, "widths", at), rows, note)
        if kind == "room":
            signatures = self.each(data, "signatures", at, self.signature)
            return RoomForm(title, self.texts(data, "text", at), self.number(data, "lines", 3, at), signatures, note)
        return EntriesForm(
            title=title,
            steps=self.texts(data, "steps", at),
            columns=self.each(data, "columns", at, self.field),
            where={key: tuple(values) for key, values in data.get("where", {}).items()},
            blank=self.number(data, "blank", 0, at),
            head=self.number(data, "head", 0, at),
            people=data.get("people", ""),
            ended=data.get("ended", ""),
            note=note,
        )

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
            refs=self.texts(data, "value", at),
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
