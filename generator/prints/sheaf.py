"""What a print is made of, as it is handed to whoever prints. Loads nothing: who only looks whether prints are current needs no more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Picture = tuple[str, bytes]
"""URL, as the page names it, and PNG or JPEG. The URL follows from the content."""


@dataclass(frozen=True, slots=True)
class ScanSource:
    """What is needed to draw the pages of a scan; `told` and `path` say where it comes from."""

    digest: str
    content: bytes = field(repr=False)
    is_pdf: bool
    told: str
    path: str


@dataclass(frozen=True, slots=True)
class Sheaf:
    """All that one PDF is made of; small and picklable.

    `slice_text` is attached as `slice_name` with relationship Source.
    """

    html: str
    css: str
    slice_name: str
    slice_text: str
    description: str
    day: date
    fonts: str
    """Fingerprint of the fonts that the sender has; a worker that has others must not print."""
    pictures: tuple[Picture, ...] = ()
    scans: tuple[ScanSource, ...] = ()
    """Drawn by the worker; the page names each by its digest."""
    grid: int = 1
    """Thousandths of the height of a character on which its outline is drawn (`subsets.on_grid`)."""


def print_sheaf(sheaf: Sheaf) -> bytes:
    """`press.print_pdf`, loaded by whoever prints."""
    from generator.prints.press import print_pdf

    return print_pdf(sheaf)
