"""Which pages of two prints do not look or read alike."""

from __future__ import annotations

from typing import Any

_SCALE = 1.5
"""Pixels a point: a single letter that is changed shows."""


def differing_pages(one: bytes, other: bytes) -> tuple[int, ...]:
    """Numbers, from 1, of pages that differ in text or in appearance, on a screen or on paper, and of those that only one of the two has.

    None of them is no proof that the two are the same: bytes alone are.

    Raises `ValueError` for what cannot be drawn.
    """
    import pypdfium2

    try:
        first, second = pypdfium2.PdfDocument(one), pypdfium2.PdfDocument(other)
        try:
            both = min(len(first), len(second))
            differ = [n for n in range(both) if _look(first, n) != _look(second, n)]
            return tuple(n + 1 for n in (*differ, *range(both, max(len(first), len(second)))))
        finally:
            first.close()
            second.close()
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error


def pages_with(content: bytes, words: str) -> frozenset[int]:
    """Numbers, from 1, of pages on which `words` stand."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return frozenset(n for n, page in enumerate(document, 1) if words in page.get_textpage().get_text_bounded())
    finally:
        document.close()


def _look(document: Any, number: int) -> tuple[str, tuple[float, float], bytes, bytes]:
    page = document[number]
    screen, paper = (
        bytes(page.render(scale=_SCALE, draw_annots=True, optimize_mode=mode).buffer) for mode in (None, "print")
    )
    return page.get_textpage().get_text_bounded(), page.get_size(), screen, paper
