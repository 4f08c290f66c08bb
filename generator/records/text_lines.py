"""Lines and columns of a text as an editor shows them."""

from __future__ import annotations

import re
from bisect import bisect_right

LINE_END = re.compile(r"\r\n|\n|\r")
"""What editors count as the end of a line. YAML also ends lines at U+0085, U+2028 and U+2029; editors do not."""


class TextLines:
    """Turns a character index into a 1-based line and column."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in LINE_END.finditer(text))]

    def position(self, index: int) -> tuple[int, int]:
        """Line and column of the character at `index`; an index past the end stands at the end."""
        index = max(0, min(index, len(self._text)))
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def start(self, number: int) -> int:
        """Character index at which a line (1-based) begins."""
        return self._starts[number - 1] if 1 <= number <= len(self._starts) else len(self._text)

    def lines(self) -> tuple[str, ...]:
        """The lines without their ends."""
        return tuple(LINE_END.split(self._text))

    def line(self, number: int) -> str:
        """One line by its 1-based number; empty when there is none."""
        if not 1 <= number <= len(self._starts):
            return ""
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._text[self._starts[number - 1] : end].rstrip("\r\n")
