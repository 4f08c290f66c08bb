"""The known word a mistyped one probably means."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The closest of `known`; for ids of equal length also one that differs by a digit or two swapped ones. None when none is close."""
    candidates = list(known)
    found = difflib.get_close_matches(word, candidates, n=1, cutoff=0.75)
    return found[0] if found else None
