"""Text laid out for a terminal, where a Chinese character is two columns wide."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len


def pad(text: str, width: int) -> str:
    """`text` filled with spaces to `width` columns."""
    return text + " " * max(0, width - cell_len(text))


def table(rows: Sequence[Sequence[str]], header: Sequence[str] = (), indent: str = "") -> list[str]:
    """Lines of a plain table; columns are two spaces apart, trailing spaces are cut."""
    all_rows = [header, *rows] if header else list(rows)
    if not all_rows:
        return []
    widths = [max(cell_len(row[i]) for row in all_rows) for i in range(len(all_rows[0]))]
    return [(indent + "  ".join(map(pad, row, widths))).rstrip() for row in all_rows]


def caret_line(source: str, start: int, end: int) -> str:
    """The line that goes under `source` (tabs shown as one space): carets under characters start to end, 0-based, end exclusive."""
    before, marked = source[:start], source[start : max(end, start + 1)]
    return " " * cell_len(before) + "^" * max(1, cell_len(marked))
