"""The known word a mistyped one probably means."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

_FEW = 200


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The closest of a few known words; None when none is close."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.75)
    return found[0] if found else None


class Nearest:
    """The same for many words asked about often, such as all ids of a school.

    A slip touches one of three parts of an id and leaves the other two, so only ids that share two parts are compared.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = list(known)
        self._index: dict[tuple[str, ...], list[str]] | None = None
        self._answers: dict[str, str | None] = {}

    def __call__(self, word: str) -> str | None:
        if word not in self._answers:
            self._answers[word] = nearest(word, self._candidates(word))
        return self._answers[word]

    def _candidates(self, word: str) -> Iterable[str]:
        if len(self._known) <= _FEW:
            return self._known
        if self._index is None:
            self._index = {}
            for known in self._known:
                for key in _parts(known):
                    self._index.setdefault(key, []).append(known)
        return dict.fromkeys(found for key in _parts(word) for found in self._index.get(key, ()))


def _parts(word: str) -> Iterator[tuple[str, ...]]:
    third = len(word) // 3
    first, middle, last = word[:third], word[third : len(word) - third], word[len(word) - third :]
    yield "first two", first, middle
    yield "ends", first, last
    yield "last two", middle, last
