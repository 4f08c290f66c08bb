"""What an archive asks of every file we print, looked at in the same way for each: PDF/A-3a, PDF/UA-1, fonts, structure, bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pytest

from tests.prints.college import AS_OF, RARE, printed
from tests.prints.every_print import BLANK, DEMO, DOCUMENTS, GROUPS, LONG, SHEETS, UNUSUAL, Print
from tests.prints.every_print import RARE as RARE_CHARACTERS
from tests.prints.forms_college import EVERY

IDS = {one.id for one in SHEETS}
AGAIN = ("talk_record", "process_record", "minutes_admission", "request_admission", "political_review")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SHOWN = re.compile(rb"/(\S+) [\d.-]+ Tf|<([0-9A-Fa-f]+)>(?!>)")
"""A font is taken; glyphs are drawn, each by four digits."""


@pytest.fixture(params=GROUPS)
def files(every_print: Sequence[Print], request: pytest.FixtureRequest) -> list[Path]:
    found = [one.path for one in every_print if one.group == request.param]
    assert found
    return found


def text(path: Path) -> str:
    drawn = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    return "".join(drawn.split())


# ---- that nothing was left out


def test_every_form_and_document_is_printed_blank_and_for_somebody(every_print: Sequence[Print]) -> None:
    assert len(IDS) == len(SHEETS) >= 45
    for group in (BLANK, DEMO):
        assert {one.what for one in every_print if one.group == group} == IDS


def test_most_are_printed_with_unusual_names(every_print: Sequence[Print]) -> None:
    for group in (UNUSUAL, LONG):
        assert len({one.what for one in every_print if one.group == group}) >= 30
    shown = "".join(name for one in every_print for name in one.names if one.group == UNUSUAL)
    assert set(RARE_CHARACTERS) <= set(shown)
    assert "·" in shown


def test_names_are_printed_with_their_own_characters(every_print: Sequence[Print]) -> None:
    chosen = [one for one in every_print if one.group in (UNUSUAL, "dossier")]
    with ThreadPoolExecutor(2) as pool:
        texts = list(pool.map(lambda one: text(one.path), chosen))
    assert len(texts) > 35
    missing = [one.path.name for one, found in zip(chosen, texts, strict=True) if "".join(one.names) not in found]
    assert missing == []


# ---- of every file


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_conforms(files: list[Path], profile: str) -> None:
    failed = {}
    for path in files:
        result = validator.validate_pdf(str(path), profile=profile)
        if not result.is_compliant:
            failed[path.name] = [(failure.rule_id, failure.message) for failure in result.failures]
    assert failed == {}


def test_is_sound(files: list[Path]) -> None:
    def check(path: Path) -> str:
        checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
        return checked.stderr if checked.returncode or checked.stderr else ""

    with ThreadPoolExecutor(2) as pool:
        told = dict(zip((path.name for path in files), pool.map(check, files), strict=True))
    assert {name: words for name, words in told.items() if words} == {}


def fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            yield item


def test_every_font_is_embedded_and_only_what_is_used_of_it(files: list[Path]) -> None:
    for path in files:
        with pikepdf.open(path) as pdf:
            sizes = [sum(len(font[key].read_raw_bytes()) for key in _FONT_FILES if key in font) for font in fonts(pdf)]
            names = [str(font.FontName) for font in fonts(pdf)]
        assert sizes, path.name
        assert all(0 < size < 400_000 for size in sizes), (path.name, dict(zip(names, sizes, strict=True)))
        assert all(name[7] == "+" for name in names), path.name


def without_glyph(page: pikepdf.Page) -> tuple[int, set[str]]:
    """How many glyphs are drawn on a page; those of them that stand for no character."""
    known: dict[bytes, set[bytes]] = {}
    count, font, lost = 0, b"", set()
    for found in _SHOWN.finditer(page.Contents.read_bytes()):
        if found[1]:
            font = found[1]
            if font not in known:
                mapped = page.Resources.Font["/" + font.decode()].ToUnicode.read_bytes().lower()
                known[font] = set(re.findall(rb"(?m)^<([0-9a-f]{4})> <(?!fffd)", mapped)) - {b"0000"}
            continue
        digits = found[2].lower()
        drawn = [digits[at : at + 4] for at in range(0, len(digits), 4)]
        count += len(drawn)
        lost |= {glyph.decode() for glyph in drawn if glyph not in known[font]}
    return count, lost


def test_no_glyph_is_missing(files: list[Path]) -> None:
    for path in files:
        with pikepdf.open(path) as pdf:
            counts, lost = zip(*(without_glyph(page) for page in pdf.pages), strict=True)
        assert sum(counts) > 50, path.name
        assert set().union(*lost) == set(), path.name


def test_says_what_it_is_and_in_which_language(files: list[Path], every_print: Sequence[Print]) -> None:
    names = {one.path: one.names for one in every_print}
    for path in files:
        with pikepdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == "zh-CN"
            assert pdf.Root.MarkInfo.Marked
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            title = str(pdf.docinfo.Title)
            packet = pdf.Root.Metadata.read_bytes().decode()
            properties = " ".join(str(value) for value in pdf.docinfo.values())
        assert title, path.name
        assert title in packet, path.name
        assert not any(name in properties + packet for name in names[path]), path.name


def structure(item: Any) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure, from the root down."""
    kids = item.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


def test_tables_have_heads_and_every_cell_of_them_is_in_a_row(files: list[Path]) -> None:
    texts = {document.id for document in DOCUMENTS}
    for path in files:
        with pikepdf.open(path) as pdf:
            elements = list(structure(pdf.Root.StructTreeRoot))
            tables = [item for item in elements if item.S == "/Table"]
            heads = [{str(cell.S) for cell in structure(table)} for table in tables]
        assert elements, path.name
        assert tables or path.parent.name == "labels" or any(id in path.stem for id in texts), path.name
        assert all("/TH" in found and "/TR" in found for found in heads), path.name


def test_what_it_was_made_from_is_attached_as_source(files: list[Path]) -> None:
    for path in files:
        with pikepdf.open(path) as pdf:
            (attached,) = pdf.attachments.values()
            assert attached.obj.AFRelationship == "/Source"
            assert attached.get_file().read_bytes()


# ---- of some


def test_a_dossier_has_bookmarks_of_its_sheets(every_print: Sequence[Print]) -> None:
    dossiers = [one.path for one in every_print if one.group == "dossier"]
    assert len(dossiers) >= 7
    for path in dossiers:
        with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
            titles = [mark.title for mark in outline.root]
        assert titles[:2] == ["封面", "目录"]
        assert "卷内备考表" in titles


def test_another_process_writes_the_same_bytes(college: Path, every_print: Sequence[Print], tmp_path: Path) -> None:
    before = {one.what: one.path for one in every_print if one.group == LONG and one.what in AGAIN}
    assert len(before) == len(AGAIN)
    root = before[AGAIN[0]].parents[2] / "college"
    words = ["--as-of", AS_OF, "--root", str(root)]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    command = [sys.executable, "-m", "generator"]
    for more in (["form", *AGAIN, EVERY, "--out", str(tmp_path)], ["dossier", RARE]):
        subprocess.run([*command, *more, *words], env=environment, check=True, capture_output=True)
    again = {path.name: path for path in tmp_path.rglob("*.pdf")}
    assert again.keys() == {path.name for path in before.values()}
    for path in before.values():
        assert again[path.name].read_bytes() == path.read_bytes(), path.name
    assert printed(root, RARE).read_bytes() == printed(college, RARE).read_bytes()
