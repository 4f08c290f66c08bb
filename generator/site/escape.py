"""The one escaping function of all Markdown pages: whatever a record says comes out as text.

A value may stand in running Markdown, in a table cell, in a heading, in raw HTML or in an HTML attribute; character
references are inert in all of them. Only fenced code is different, and no record text is ever put there.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from markupsafe import Markup

_PLAIN = frozenset(" ,.-/:%;+()=")
"""ASCII punctuation that means nothing to Markdown and HTML inside a line."""
_AT_START = re.compile(r"\d*[-+:.=]")
"""… but something at the beginning of one, a full stop also behind a number there."""
_REFERENCES = {code: f"&#{code};" for code in range(128) if not chr(code).isalnum() and chr(code) not in _PLAIN}
_MARK = re.compile(f"[{re.escape(''.join(map(chr, _REFERENCES)))}]")
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
    begins = _AT_START.match(text)
    if begins is None:
        return Markup(_without_marks(text))
    first = begins.end() - 1
    return Markup(f"{text[:first]}&#{ord(text[first])};{_without_marks(text[first + 1 :])}")


def _without_marks(text: str) -> str:
    # Most texts have none, and looking costs a tenth of replacing.
    return text.translate(_REFERENCES) if _MARK.search(text) else text


def in_title(value: Any) -> str:
    """`value` for page titles and the navigation, which MkDocs themes print and strip unescaped: marks become full-width."""
    return _one_line(str(value)).translate(_FULL_WIDTH)


def _one_line(text: str) -> str:
    # What is printable as a whole, like most texts, hides nothing.
    shown = text if text.isprintable() else "".join(_visible(char) for char in text)
    return " ".join(shown.split())


def _visible(char: str) -> str:
    if char in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    return f"〔U+{ord(char):04X}〕" if unicodedata.category(char) in _HIDDEN else char
