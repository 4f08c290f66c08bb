"""Names in the footers and headers of pages, where there is room for a line or two: below that stands the edge of the paper."""

from __future__ import annotations

import unicodedata

_LONGEST = 24
"""Width of a name, in characters as wide as high; Latin letters take half of one."""


def whose(name: str, id: str) -> str:
    """Name and id. A name that is too long ends in `…`: it stands whole on the first page."""
    return f"{shortened(name, _LONGEST)}  {id}"


def shortened(name: str, longest: float) -> str:
    """The name, or its beginning with `…`, no wider than `longest` characters as wide as high."""
    if sum(map(_width, name)) <= longest:
        return name
    kept, width = "", 1.0
    for character in name:
        width += _width(character)
        if width > longest:
            break
        kept += character
    return kept.rstrip(" ·") + "…"


def _width(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    return 1 if unicodedata.east_asian_width(character) in "WFA" else 0.5
