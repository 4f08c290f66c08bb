"""The references to the pages of a document are made once, not once an element."""

from __future__ import annotations

from typing import Any


def keep_page_references() -> None:
    """Makes pydyf keep them while no page is added."""
    import pydyf

    def references(pdf: Any) -> tuple[bytes, ...]:
        numbers = pdf.pages["Kids"]
        found: tuple[bytes, ...] = vars(pdf).get("_kept_references", ())
        if 3 * len(found) != len(numbers):
            found = pdf._kept_references = tuple(b"%d 0 R" % number for number in numbers[::3])
        return found

    pydyf.PDF.page_references = property(references)
