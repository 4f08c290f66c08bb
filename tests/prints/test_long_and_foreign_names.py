"""A name of any length and of any letters: whole on the cover, in the footer no longer than two lines."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import page as validator
import pytest
from pypdf import PdfReader

from generator.views.footer import whose
from tests.prints.college import NAMES, NOTHING, OTHER, RARE, dossier, make_college, person_file, printed

FOREIGN = "Kağan Őŷ ẞtürk Дмитрий"
LONG = "古丽巴哈尔姆·" * 9 + "江"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_college(tmp_path_factory.mktemp("names"))
    for person, name in ((NOTHING, FOREIGN), (RARE, LONG)):
        path = root / person_file(person)
        path.write_text(path.read_text(encoding="utf-8").replace(NAMES[person], name), encoding="utf-8")
    result = dossier(root, NOTHING, RARE, "--jobs", "2")
    assert result.exit_code == 0, result.output
    return root


def test_other_letters_make_an_archival_file(root: Path) -> None:
    pdf = printed(root, NOTHING)
    text = "".join(PdfReader(pdf).pages[0].extract_text().split())
    assert "".join(FOREIGN.split()) in text
    for profile in ("3a", "ua1"):
        result = validator.validate_pdf(str(pdf), profile=profile)
        assert result.is_compliant, [(failure.rule_id, failure.message) for failure in result.failures]


def lines_left_below(pdf: Path, page: int) -> list[tuple[float, str]]:
    """Words in the left half of the foot of a page, with the height of their lower edge in mm above the edge of the paper."""
    drawn = subprocess.run(
        ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(pdf), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    words = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', drawn)
    mm = 72 / 25.4
    return [(297 - float(low) / mm, word) for left, high, low, word in words
            if float(high) / mm > 275 and float(left) / mm < 85]  # fmt: skip


def test_a_long_name_takes_two_lines_of_the_footer(root: Path) -> None:
    cover = "".join(PdfReader(printed(root, RARE)).pages[0].extract_text().split())
    assert LONG in cover
    words = lines_left_below(printed(root, RARE), 2)
    shown = "".join(word for _, word in words)
    assert shown.endswith(f"…{RARE}")
    assert shown.startswith(LONG[:20])
    assert len({round(height) for height, _ in words}) == 2
    assert min(height for height, _ in words) > 8, "as high above the edge as printers reach"


def test_a_name_that_fits_is_not_cut() -> None:
    assert whose(NAMES[NOTHING], NOTHING) == f"{NAMES[NOTHING]}  {NOTHING}"
    assert whose("甲" * 24, OTHER) == f"{'甲' * 24}  {OTHER}"
    assert whose("甲" * 25, OTHER) == f"{'甲' * 23}…  {OTHER}"
    assert whose("A" * 48, "1") == f"{'A' * 48}  1"
    assert whose("A\u0300" * 60, "1").startswith("A\u0300" * 46 + "…"), "a mark stays with its letter"
