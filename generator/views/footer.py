"""Of whom a page is, in two lines of its footer: below a third one stands nothing but the edge of the paper."""

from __future__ import annotations

import unicodedata

_LONGEST = 24
"""Width of a name, in characters as wide as high; Latin letters take half of one."""


def whose(name: str, id: str) -> str:
    """Name and id. A name that is too long ends in `…`: it stands whole on the first page."""
    return f"{_shortened(name)}  {id}"


def _shortened(name: str) -> str:
    if sum(map(_width, name)) <= _LONGEST:
        return name
    kept, width = "", 1.0
    for character in name:
        width += _width(character)
        if width > _LONGEST:
            break
        kept += character
    return kept.rstrip(" ·") + "…"


def _width(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    return 1 if unicodedata.east_asian_width(character) in "WFA" else 0.5
