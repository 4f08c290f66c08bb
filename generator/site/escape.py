"""The one escaping function of all Markdown pages: whatever a record says comes out as text.

A value may stand in running Markdown, in a table cell, in a heading, in raw HTML or in an HTML attribute; character
references are inert in all of them. Only fenced code is different, and no record text is ever put there.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from markupsafe import Markup

_PLAIN = frozenset(" ,.-/:%;+()=")
"""ASCII punctuation that means nothing to Markdown and HTML inside a line."""
_AT_START = frozenset("-+:.=")
"""… but something at the beginning of one, a full stop also behind a number there."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FULL_WIDTH = str.maketrans("<>&\"'`{}|", "＜＞＆＂＇｀｛｝｜")


def escape(value: Any) -> Markup:
    """`value` as one line of inert text; a value that is already `Markup` is returned unchanged.

    Line breaks become spaces. Characters one cannot see (direction marks, zero-width characters) become visible, since they
    could reorder the line they stand in.
    """
    return value if isinstance(value, Markup) else _inert(str(value))


# The manuals of several hundred branches say mostly the same.
@lru_cache(maxsize=1 << 15)
def _inert(value: str) -> Markup:
    text = _one_line(value)
    pieces = [_reference(char, first=index == 0 or text[:index].isdecimal()) for index, char in enumerate(text)]
    return Markup("".join(pieces))


def in_title(value: Any) -> str:
    """`value` for page titles and the navigation, which MkDocs themes print and strip unescaped: marks become full-width."""
    return _one_line(str(value)).translate(_FULL_WIDTH)


def _one_line(text: str) -> str:
    shown = "".join(_visible(char) for char in text)
    return " ".join(shown.split())


def _visible(char: str) -> str:
    if char in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    return f"〔U+{ord(char):04X}〕" if unicodedata.category(char) in _HIDDEN else char


def _reference(char: str, *, first: bool) -> str:
    marks = char not in _PLAIN or (first and char in _AT_START)
    if not char.isascii() or char.isalnum() or not marks:
        return char
    return f"&#{ord(char)};"
