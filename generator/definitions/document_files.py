"""Reads schema/documents/*.yaml; what a file may not say is an error with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, get_args

from generator.definitions.documents import (
    Blank,
    Condition,
    DocumentBlock,
    DocumentForm,
    DocumentPart,
    Level,
    Occasion,
    Piece,
    RoomBlock,
    RosterBlock,
    RosterColumn,
    SignaturesBlock,
    Text,
    TextBlock,
)
from generator.definitions.forms import Shape
from generator.definitions.source import Shelf, Source
from generator.diagnostics import JishiError, Pointer

Item = TypeVar("Item")

FOLDER = "schema/documents"
BUILT_IN = frozenset(("people", "names", "count", "approver.name", "requester.name", "branch.meeting"))
"""References that are worked out, not recorded."""

_HINT = "写法见随程序提供的 schema/documents/ 下各文件。"
_PART = "title addressee body issuer date note number annex"
_KEYS = {
    "document": f"id code name about single items exceptional expected parts {_PART}",
    "part": _PART,
    "occasion": "step when versions",
    "text": "text level each optional when",
    "roster": "roster items blank",
    "column": "label width value",
    "room": "room",
    "sign": "sign",
}
_PLACE = re.compile(r"\{([^{}|]*)(?:\|([^{}|]*))?\}")
_REF = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_LABEL = re.compile(r"[^\x00-\x7f]*")
_ROOM = 6


def load_documents(shelf: Shelf) -> tuple[DocumentForm, ...]:
    """All documents, by code of their material, then by file name. Raises `JishiError`."""
    read = (_Reader(shelf.read(name)).document() for name in shelf.names(FOLDER))
    return tuple(sorted(read, key=lambda document: document.code))


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source

    def document(self) -> DocumentForm:
        data = self.mapping(self.source.data, "document", ())
        about = self.each(data, "about", (), self.occasion)
        if not about:
            raise self.fault(("about",), "about 须写出至少一个步骤")
        return DocumentForm(
            id=self.string(data, "id", ()),
            code=self.string(data, "code", ()),
            name=self.string(data, "name", ()),
            about=about,
            main=self.part({key: value for key, value in data.items() if key in _PART.split()}, ()),
            parts=self.each(data, "parts", (), self.part),
            single=data.get("single") == "true" or bool(data.get("items")),
            items=data.get("items", ""),
            exceptional=data.get("exceptional") == "true",
            expected=self.occasion(data["expected"], ("expected",)) if "expected" in data else None,
        )

    def occasion(self, data: Any, at: Pointer) -> Occasion:
        data = self.mapping({"step": data} if isinstance(data, str) else data, "occasion", at)
        versions = self.each(data, "versions", at, lambda item, _: str(item))
        return Occasion(self.string(data, "step", at), self.condition(data, at), versions)

    def part(self, data: Any, at: Pointer) -> DocumentPart:
        data = self.mapping(data, "part", at)
        return DocumentPart(
            title=self.each(data, "title", at, self.text),
            blocks=self.each(data, "body", at, self.block),
            addressee=self.optional_text(data, "addressee", at),
            issuer=self.optional_text(data, "issuer", at),
            date=self.optional_text(data, "date", at),
            note=self.optional_text(data, "note", at),
            number=self.optional_text(data, "number", at),
            annex=data.get("annex") == "true",
        )

    def block(self, data: Any, at: Pointer) -> DocumentBlock:
        if isinstance(data, str):
            return TextBlock("body", self.text(data, at), {})
        kind = next((key for key in ("roster", "room", "sign") if isinstance(data, dict) and key in data), "text")
        data = self.mapping(data, kind, at)
        if kind == "roster":
            columns = self.each(data, "roster", at, self.column)
            return RosterBlock(columns, data.get("items", ""), self.number(data, "blank", 3, at))
        if kind == "room":
            return RoomBlock(self.number(data, "room", 3, at))
        if kind == "sign":
            return SignaturesBlock(self.each(data, "sign", at, lambda item, _: str(item)))
        level: Level = data.get("level", "body")
        if level not in get_args(Level):
            raise self.fault((*at, "level"), f"不认识的 level“{level}”")
        return TextBlock(
            level,
            self.text(self.string(data, "text", at), (*at, "text")),
            self.condition(data, at),
            each=data.get("each") == "true",
            optional=data.get("optional") == "true",
        )

    def column(self, data: Any, at: Pointer) -> RosterColumn:
        data = self.mapping(data, "column", at)
        return RosterColumn(
            self.string(data, "label", at), data.get("width", ""), self.optional_text(data, "value", at)
        )

    def condition(self, data: dict[str, Any], at: Pointer) -> Condition:
        when = data.get("when", {})
        if not isinstance(when, dict) or not all(isinstance(values, list) for values in when.values()):
            raise self.fault((*at, "when"), "when 须为“字段: [值, …]”")
        return {key: tuple(values) for key, values in when.items()}

    def optional_text(self, data: dict[str, Any], key: str, at: Pointer) -> Text:
        return self.text(data[key], (*at, key)) if key in data else ()

    def text(self, data: Any, at: Pointer) -> Text:
        """Words with places: `{reference/second reference|room}`; room: a width, `date`, `number`, `month`, `count`. A reference may
        have a label before it: `{理由：about.reason/意见：about.opinion}`. `{=words|choice}`: the choice stands instead of the
        words while the decision is still to come."""
        if not isinstance(data, str):
            raise self.fault(at, "须为文字")
        pieces = list(self._pieces(data, at))
        if any(mark in piece.words for piece in pieces for mark in "{}"):
            raise self.fault(at, "花括号不成对")
        return tuple(pieces)

    def _pieces(self, text: str, at: Pointer) -> Iterator[Piece]:
        end = 0
        for found in _PLACE.finditer(text):
            if found.start() > end:
                yield Piece(text[end : found.start()])
            yield self._place(found[1], found[2] or "", at)
            end = found.end()
        if end < len(text):
            yield Piece(text[end:])

    def _place(self, refs: str, room: str, at: Pointer) -> Piece:
        if refs.startswith("="):
            return Piece(refs[1:], open=room)
        written = tuple(filter(None, refs.split("/")))
        labels = tuple(found[0] if (found := _LABEL.match(each)) else "" for each in written)
        names = tuple(each.removeprefix(label) for each, label in zip(written, labels, strict=True))
        for name in names:
            if not _REF.fullmatch(name) or ("." not in name and name not in BUILT_IN):
                raise self.fault(at, f"不认识的引用“{name}”")
            if name.startswith("sealed."):
                raise self.fault(at, f"“{name}”是封存的内容，不能写入公文")
        shape: Shape = ""
        blank: Blank = _ROOM
        for word in filter(None, room.split(",")):
            if word in ("month", "count"):
                shape = "month" if word == "month" else "count"
            elif word in ("date", "number"):
                blank = "date" if word == "date" else "number"
            elif word.isascii() and word.isdigit() and 0 < int(word) <= 28:
                blank = int(word)
            else:
                raise self.fault(at, f"不认识的留空“{word}”")
        return Piece("", names, shape, blank, labels if any(labels) else ())

    def each(
        self, data: dict[str, Any], key: str, at: Pointer, read: Callable[[Any, Pointer], Item]
    ) -> tuple[Item, ...]:
        value = data.get(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list):
            raise self.fault((*at, key), f"{key} 须为列表")
        return tuple(read(item, (*at, key, index)) for index, item in enumerate(items))

    def string(self, data: dict[str, Any], key: str, at: Pointer) -> str:
        value = data.get(key)
        if not isinstance(value, str):
            raise self.fault(at, f"缺少 {key}")
        return value

    def number(self, data: dict[str, Any], key: str, default: int, at: Pointer) -> int:
        value = data.get(key, str(default))
        if not isinstance(value, str) or not value.isascii() or not value.isdigit():
            raise self.fault((*at, key), f"{key} 须为整数")
        return int(value)

    def mapping(self, value: Any, kind: str, at: Pointer) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.fault(at, "须为键值")
        if unknown := sorted(set(value) - set(_KEYS[kind].split())):
            raise self.fault((*at, unknown[0]), f"不认识的键 {'、'.join(unknown)}")
        return value

    def fault(self, at: Pointer, message: str) -> JishiError:
        return self.source.fault(at, message, _HINT)
