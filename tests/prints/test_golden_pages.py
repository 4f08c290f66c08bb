"""How pages look: small pictures, compared with what they looked like when somebody last looked at them (`--update-golden`)."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from generator.prints.fonts import activate_fonts
from tests.prints.college import RARE, WHOLE, printed

GOLDEN = Path(__file__).parent / "golden"
FONTS = GOLDEN / "fonts.txt"
"""Fingerprint of the fonts that the pictures were made with: others draw other pictures, none of them wrong."""
DPI = 60
DIFFERENT, SHARE = 64, 0.0008
"""A point differs from so many levels of 256 on; so great a share of the points may."""
PAGES = {
    "cover": (RARE, "封面"),
    "contents": (WHOLE, "目录"),
    "process": (WHOLE, "全程纪实表"),
    "remarks": (WHOLE, "卷内备考表"),
}


def picture(path: Path, page: int) -> Image.Image:
    words = ["pdftoppm", "-r", str(DPI), "-gray", "-f", str(page), "-l", str(page), "-png", str(path)]
    drawn = subprocess.run(words, capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(drawn)).convert("L")


def page_of(path: Path, bookmark: str) -> int:
    """The first page, from 1, of a sheet that bookmarks name."""
    from pypdf import PdfReader
    from pypdf.generic import Destination

    reader = PdfReader(path)
    marks = [mark for mark in reader.outline if isinstance(mark, Destination)]
    (found,) = (mark for mark in marks if bookmark in str(mark.title))
    number = reader.get_destination_page_number(found)
    assert number is not None
    return number + 1


def share_that_differs(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    counts = ImageChops.difference(one, other).histogram()
    return sum(counts[DIFFERENT:]) / sum(counts)


@pytest.fixture(scope="module")
def pinned(request: pytest.FixtureRequest) -> bool:
    """Whether to make the pictures anew; skips where the fonts are others."""
    fingerprint = activate_fonts().fingerprint
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        FONTS.write_text(fingerprint + "\n", encoding="ascii")
        return True
    if FONTS.read_text(encoding="ascii").strip() != fingerprint:
        pytest.skip("the pictures were made with other versions of the fonts")
    return False


@pytest.mark.parametrize("name", PAGES)
def test_page_looks_as_it_did(college: Path, pinned: bool, name: str) -> None:
    person, bookmark = PAGES[name]
    path = printed(college, person)
    found, target = picture(path, page_of(path, bookmark)), GOLDEN / f"{name}.png"
    if pinned:
        found.quantize(16).save(target, optimize=True)
    with Image.open(target) as golden:
        assert share_that_differs(found, golden.convert("L")) <= SHARE


def test_a_lost_line_is_noticed(pinned: bool) -> None:
    with Image.open(GOLDEN / "contents.png") as golden:
        before = golden.convert("L")
    after = before.copy()
    after.paste(255, (0, 150, after.width, 165))
    assert share_that_differs(before, after) > SHARE
