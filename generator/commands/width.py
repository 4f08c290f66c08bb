"""Text laid out for a terminal, where a Chinese character is two columns wide."""

from __future__ import annotations

from collections.abc import Container, Sequence

from rich.cells import cell_len


def pad(text: str, width: int) -> str:
    """`text` filled with spaces to `width` columns."""
    return text + " " * max(0, width - cell_len(text))


def pad_left(text: str, width: int) -> str:
    """`text` set to the right of `width` columns."""
    return " " * max(0, width - cell_len(text)) + text


def table(
    rows: Sequence[Sequence[str]], header: Sequence[str] = (), indent: str = "", numbers: Container[int] = ()
) -> list[str]:
    """Lines of a plain table; columns are two spaces apart, trailing spaces are cut. `numbers`: columns set to the right."""
    all_rows = [header, *rows] if header else list(rows)
    if not all_rows:
        return []
    widths = [max(cell_len(row[i]) for row in all_rows) for i in range(len(all_rows[0]))]
    return [
        (
            indent
            + "  ".join(
                pad_left(text, width) if n in numbers else pad(text, width)
                for n, (text, width) in enumerate(zip(row, widths, strict=True))
            )
        ).rstrip()
        for row in all_rows
    ]


def caret_line(source: str, start: int, end: int) -> str:
    """The line that goes under `source` (tabs shown as one space): carets under characters start to end, 0-based, end exclusive."""
    before, marked = source[:start], source[start : max(end, start + 1)]
    return " " * cell_len(before) + "^" * max(1, cell_len(marked))
