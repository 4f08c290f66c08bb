"""Writes records as a person would type them: short mappings on one line, long ones as blocks.

Values: str, int, bool, date, list, dict, and `Note` (a comment line inside a list). None and empty lists inside a mapping
are left out, because an empty value is an absent one. Ids and whatever could be read as something else than text
are quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

WIDTH = 160
"""Columns up to which a mapping stays on one line; a Chinese character takes two."""

_START = r"A-Za-z_\u3400-\u9fff\U00020000-\U0003ffff《（“"
_PLAIN = re.compile(f"[{_START}][{_START}0-9 .;/+()=·，。、；：？！）》”—-]*")
_WORDS = {"yes", "no", "on", "off", "true", "false", "null"}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class Note(str):
    """A comment among the items of a list."""

    __slots__ = ()


def scalar(value: object) -> str:
    """One value as YAML text, safe inside a flow mapping."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, (int, Decimal)) else _text(str(value))


@lru_cache(maxsize=100_000)
def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and not text.endswith(" "):
        return text
    return '"' + "".join(_escape(character) for character in text) + '"'


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    if code < 0x20 or 0x7F <= code < 0xA0 or code in (0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF):
        return f"\\u{code:04x}"
    return character


def flow(value: object) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join([f"{_text(key)}: {flow(item)}" for key, item in _present(value)]) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join([flow(item) for item in value if not isinstance(item, Note)]) + "]"
    return scalar(value)


def document(data: Mapping[str, object], heading: str = "") -> str:
    """A whole file: top-level keys one a line, lists of mappings one item a line."""
    lines = [f"# {line}" for line in heading.splitlines()]
    for key, value in _present(data):
        lines.extend(_entry(scalar(key), value, 0, top=True))
    return "\n".join(lines) + "\n"


def _present(mapping: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in mapping.items():
        if value is None or (not value and isinstance(value, (list, tuple))):
            continue
        yield key, value


def _entry(key: str, value: object, indent: int, top: bool = False) -> Iterator[str]:
    pad = " " * indent
    if not isinstance(value, (dict, list, tuple)):
        yield f"{pad}{key}: {scalar(value)}"
        return
    listed = top and not isinstance(value, dict) and any(isinstance(item, (dict, Note)) for item in value)
    if not listed:
        line = f"{pad}{key}: {flow(value)}"
        if _fits(line):
            yield line
            return
    yield f"{pad}{key}:"
    if isinstance(value, dict):
        for inner, item in _present(value):
            yield from _entry(scalar(inner), item, indent + 2)
    else:
        yield from _items(value, indent)


def _items(values: Sequence[object], indent: int) -> Iterator[str]:
    pad = " " * indent
    for value in values:
        if isinstance(value, Note):
            yield f"{pad}# {value}"
            continue
        line = f"{pad}- {flow(value)}"
        if _fits(line) or not isinstance(value, dict):
            yield line
            continue
        lead = "- "
        for key, item in _present(value):
            for inner in _entry(scalar(key), item, indent + 2):
                yield pad + lead + inner[indent + 2 :] if lead == "- " else inner
                lead = "  "


def _fits(line: str) -> bool:
    if len(line) * 2 <= WIDTH:
        return True
    if len(line) > WIDTH:
        return False
    return len(line) + (len(line.encode()) - len(line)) // 2 <= WIDTH  # three bytes: two columns
