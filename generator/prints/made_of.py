"""What a print depends on, in one key: the same key, the same bytes."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from generator.prints.system_libraries import versions

if TYPE_CHECKING:
    from generator.prints.sheaf import Sheaf

ENTRY = "JishiMadeOf"
"""Under this name the key stands in the properties of the file, so that who prints again knows whether the same must come of it."""

_DRAWN_BY = (
    "weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "fonttools", "segno", "pillow", "pikepdf", "pypdfium2", "jishi"
)  # fmt: skip
_OWN_PART = (
    "made_of.py", "press.py", "sheaf.py", "pdfua.py", "markup.py", "qr.py", "pictures.py", "scans.py", "scan_pages.py", "pdf_scans.py",
    "image_data.py", "image_files.py", "subsets.py", "writer.py", "fonts.py", "fonts.conf.j2", "glyphs.py", "system_libraries.py"
)  # fmt: skip


@cache
def drawn_by() -> str:
    """Versions of the libraries, and our own code between page and file: it changes more often than its version."""
    here = Path(__file__).parent
    files = [here / name for name in _OWN_PART] + sorted((here / "swift").glob("*.py"))
    own = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    return " ".join([own, *(f"{name} {version(name)}" for name in _DRAWN_BY), *versions()])


def key_of(sheaf: Sheaf) -> str:
    """What a print depends on: page, style, attachment, day, fonts and the versions of what draws it."""
    parts = [
        sheaf.html,
        sheaf.css,
        sheaf.slice_name,
        sheaf.slice_text,
        sheaf.description,
        sheaf.day.isoformat(),
        sheaf.fonts,
    ]
    parts.append(drawn_by())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
