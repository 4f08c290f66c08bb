"""Where a line must not end: filters of the print templates."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_DOT = re.compile(r"(.·)")
_UNBROKEN = re.compile(r"(\d+[一-鿿]|.·)")


def dotted(text: str) -> str | Markup:
    """The dot in a name never begins a line. Most texts have none and stay as they are."""
    return _kept(_DOT, text) if "·" in text else text


def unbroken(text: str) -> Markup:
    """Besides, figures are not parted from the year, month, day or unit that they count (GB/T 9704)."""
    return _kept(_UNBROKEN, text)


def _kept(pattern: re.Pattern[str], text: str) -> Markup:
    parts = pattern.split(text)
    return Markup("").join(
        Markup('<span style="white-space:nowrap">{}</span>').format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )
