"""How pages look: small pictures, compared with what they looked like when somebody last looked at them (`--update-golden`)."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from generator.prints.fonts import activate_fonts
from tests.prints.college import GAPS, RARE, WHOLE, printed
from tests.prints.every_print import BLANK, LONG, Print

GOLDEN = Path(__file__).parent / "golden"
FONTS = GOLDEN / "fonts.txt"
"""Fingerprint of the fonts that the pictures were made with: others draw other pictures, none of them wrong."""
DPI = 70
DIFFERENT, SHARE = 64, 0.0008
"""A point differs from so many levels of 256 on; so great a share of the points may."""
SHIFT = 5
"""Points that are less than 2 mm."""
OF_DOSSIERS = {
    "cover": (RARE, "封面"),
    "contents": (WHOLE, "目录"),
    "process": (WHOLE, "全程纪实表"),
    "remarks": (WHOLE, "卷内备考表"),
}
"""Whose dossier, and the bookmark of the page."""
OF_OTHERS = {
    "activist_register": (LONG, "activist_register", 1),
    "probation_register": (LONG, "probation_register", 1),
    "votes_admission": (LONG, "votes_admission", 1),
    "process_second_page": (LONG, "process_record", 2),
    "notice_admission": (LONG, "notice_admission", 1),
    "request_admission": (LONG, "request_admission", 1),
    "reply_admission": (LONG, "reply_admission", 1),
    "blank_talk_record": (BLANK, "talk_record", 1),
    "review": ("review", GAPS, 1),
    "ledger": ("ledger", LONG, 1),
    "labels": ("labels", LONG, 1),
}
"""The group of prints, what the name of the file holds, and the page."""
NAMES = (*OF_DOSSIERS, *OF_OTHERS)


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


@pytest.mark.parametrize("name", NAMES)
def test_page_looks_as_it_did(college: Path, every_print: Sequence[Print], pinned: bool, name: str) -> None:
    if name in OF_DOSSIERS:
        person, bookmark = OF_DOSSIERS[name]
        path = printed(college, person)
        page = page_of(path, bookmark)
    else:
        group, part, page = OF_OTHERS[name]
        (path,) = (
            one.path for one in every_print if one.group == group and part in (one.what, *one.path.stem.split("-"))
        )
    found, target = picture(path, page), GOLDEN / f"{name}.png"
    if pinned:
        found.quantize(16).save(target, optimize=True)
    assert share_that_differs(found, golden(name)) <= SHARE


def golden(name: str) -> Image.Image:
    with Image.open(GOLDEN / f"{name}.png") as kept:
        return kept.convert("L")


def test_each_picture_that_is_kept_is_compared() -> None:
    assert {path.stem for path in GOLDEN.glob("*.png")} == set(NAMES)
    assert len(NAMES) >= 15


def moved(page: Image.Image, right: int, down: int, top: int) -> Image.Image:
    """The page with everything from `top` on moved."""
    after = page.copy()
    after.paste(255, (0, top, page.width, page.height))
    after.paste(page.crop((0, top, page.width - right, page.height - down)), (right, top + down))
    return after


@pytest.mark.parametrize("name", NAMES)
def test_two_millimetres_are_noticed(name: str) -> None:
    """Of the whole page, and of its lower half alone."""
    before = golden(name)
    inked = before.point(lambda level: 255 - level).getbbox()
    assert inked is not None
    for top in (0, (inked[1] + inked[3]) // 2):
        for right, down in ((SHIFT, 0), (0, SHIFT)):
            assert share_that_differs(before, moved(before, right, down, top)) > SHARE, (top, right, down)


def test_a_lost_line_is_noticed() -> None:
    before = golden("contents")
    after = before.copy()
    after.paste(255, (0, 175, after.width, 193))
    assert share_that_differs(before, after) > SHARE
