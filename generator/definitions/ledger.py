"""The columns of the handover ledger (schema/ledger.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from generator.definitions.source import Shelf, Source
from generator.diagnostics import Pointer

FILE = "schema/ledger.yaml"
Shows = Literal["", "number", "name", "id", "stage", "papers", "amount", "kinds", "sealed", "gaps", "sign"]
_HINT = "写法见随程序提供的 schema/ledger.yaml。"


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """`width` in millimetres. `shows`: what is worked out from the papers; else `refs`, step.field, the first one present."""

    label: str
    width: int
    shows: Shows = ""
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerForm:
    title: str
    columns: tuple[LedgerColumn, ...]
    signatures: tuple[str, ...]


def load_ledger(shelf: Shelf) -> LedgerForm:
    """Raises `JishiError` with the line of what is wrong."""
    source = shelf.read(FILE)
    data = source.data
    columns = _list(source, data, "columns", ())
    if not columns:
        raise source.fault((), "columns 须至少有一栏", _HINT)
    return LedgerForm(
        title=_text(source, data, "title", ()),
        columns=tuple(_column(source, item, ("columns", index)) for index, item in enumerate(columns)),
        signatures=tuple(str(item) for item in _list(source, data, "signatures", ())),
    )


def _column(source: Source, data: Any, at: Pointer) -> LedgerColumn:
    if not isinstance(data, Mapping):
        raise source.fault(at, "须为一栏：label、width、shows 或 value", _HINT)
    width = str(data.get("width", ""))
    if not (width.isascii() and width.isdigit() and int(width)):
        raise source.fault((*at, "width"), "width 须为毫米数", _HINT)
    shows = data.get("shows", "")
    if shows not in get_args(Shows):
        raise source.fault((*at, "shows"), f"不认识的 shows“{shows}”", _HINT)
    value = data.get("value", [])
    refs = [value] if isinstance(value, str) else value
    if not isinstance(refs, list) or not all(isinstance(ref, str) for ref in refs) or bool(shows) == bool(refs):
        raise source.fault(at, "须有 shows 或 value 之一", _HINT)
    return LedgerColumn(_text(source, data, "label", at), int(width), shows, tuple(refs))


def _text(source: Source, data: Mapping[str, Any], key: str, at: Pointer) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value:
        raise source.fault((*at, key) if key in data else at, f"缺少 {key}", _HINT)
    return value


def _list(source: Source, data: Mapping[str, Any], key: str, at: Pointer) -> list[Any]:
    value = data.get(key, [])
    if not isinstance(value, list):
        raise source.fault((*at, key), f"{key} 须为列表", _HINT)
    return value
