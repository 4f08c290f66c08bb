"""The code in the footer, read as a telephone reads it: from the picture of a page."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import zxingcpp

from generator.prints.dossiers_read import read_dossier
from generator.prints.qr import qr_png
from tests.prints.college import RARE, printed


def test_every_page_says_who_and_the_whole_digest(college: Path) -> None:
    path = printed(college, RARE)
    digest = read_dossier(path).digest
    document = pypdfium2.PdfDocument(path)
    said = [{code.text for code in zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())} for page in document]
    assert len(said) >= 5
    assert all(texts == {f"JISHI:{RARE}:{digest.upper()}"} for texts in said)


def test_the_same_code_has_the_same_bytes() -> None:
    assert qr_png("1", "ab" * 32) == qr_png("1", "ab" * 32)
    assert qr_png("1", "ab" * 32) != qr_png("2", "ab" * 32)
