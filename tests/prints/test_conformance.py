"""What an archive asks of every kind of file we print, looked at in the same way for each: PDF/A-3a, PDF/UA-1, fonts, structure, bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pytest

from tests.prints.college import AS_OF, NAMES, RARE, WHOLE, printed
from tests.prints.forms_college import form

DOSSIERS = {"dossier": WHOLE, "dossier-rare": RARE}
FILLED = ("talk_record", "process_record", "minutes_admission", "request_admission", "political_review")
BLANK = ("recommendation", "activist_register", "reply_admission")
KINDS = (*DOSSIERS, *(f"filled-{name}" for name in FILLED), *(f"blank-{name}" for name in BLANK))
WITHOUT_TABLES = (
    "filled-minutes_admission",
    "filled-request_admission",
    "filled-political_review",
    "blank-reply_admission",
)
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@pytest.fixture(scope="session")
def root(college: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("conformance") / "college"
    shutil.copytree(college, copy, ignore=shutil.ignore_patterns("build"))
    return copy


@pytest.fixture(scope="session")
def files(college: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Kind → file; every file is made once."""
    found = {kind: printed(college, person) for kind, person in DOSSIERS.items()}
    for kind, words in (("filled", (*FILLED, WHOLE)), ("blank", (*BLANK, "--blank"))):
        out = tmp_path_factory.mktemp(kind)
        result = form(root, *words, "--out", str(out))
        assert result.exit_code == 0, result.output
        for path in out.rglob("*.pdf"):
            name = next(name for name in (*FILLED, *BLANK) if name in path.stem)
            found[f"{kind}-{name}"] = path
    assert set(found) == set(KINDS)
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_conforms(files: dict[str, Path], kind: str, profile: str) -> None:
    result = validator.validate_pdf(str(files[kind]), profile=profile)
    assert result.is_compliant, [(failure.rule_id, failure.message) for failure in result.failures]


@pytest.mark.parametrize("kind", KINDS)
def test_is_sound(files: dict[str, Path], kind: str) -> None:
    checked = subprocess.run(["qpdf", "--check", files[kind]], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with pikepdf.open(files[kind]) as pdf:
        assert not pdf.check_pdf_syntax()


def fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            yield item


@pytest.mark.parametrize("kind", KINDS)
def test_every_font_is_embedded_and_only_what_is_used_of_it(files: dict[str, Path], kind: str) -> None:
    with pikepdf.open(files[kind]) as pdf:
        sizes = [sum(len(font[key].read_raw_bytes()) for key in _FONT_FILES if key in font) for font in fonts(pdf)]
        names = [str(font.FontName) for font in fonts(pdf)]
    assert sizes
    assert all(0 < size < 400_000 for size in sizes), dict(zip(names, sizes, strict=True))
    assert all(name[7] == "+" for name in names)


@pytest.mark.parametrize("kind", KINDS)
def test_says_what_it_is_and_in_which_language(files: dict[str, Path], kind: str) -> None:
    with pikepdf.open(files[kind]) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        title = str(pdf.docinfo.Title)
        packet = pdf.Root.Metadata.read_bytes().decode()
    assert title
    assert title in packet
    assert not any(name in title + packet for name in NAMES.values())


def structure(item: Any) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure, from the root down."""
    kids = item.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


@pytest.mark.parametrize("kind", KINDS)
def test_tables_have_heads_and_every_cell_of_them_is_in_a_row(files: dict[str, Path], kind: str) -> None:
    with pikepdf.open(files[kind]) as pdf:
        elements = list(structure(pdf.Root.StructTreeRoot))
        tables = [item for item in elements if item.S == "/Table"]
        heads = [{str(cell.S) for cell in structure(table)} for table in tables]
    assert elements
    assert tables or kind in WITHOUT_TABLES
    assert all("/TH" in found and "/TR" in found for found in heads)


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_was_made_from_is_attached_as_source(files: dict[str, Path], kind: str) -> None:
    with pikepdf.open(files[kind]) as pdf:
        (attached,) = pdf.attachments.values()
        assert attached.obj.AFRelationship == "/Source"
        assert attached.get_file().read_bytes()


@pytest.mark.parametrize("kind", DOSSIERS)
def test_a_dossier_has_bookmarks_of_its_sheets(files: dict[str, Path], kind: str) -> None:
    with pikepdf.open(files[kind]) as pdf, pdf.open_outline() as outline:
        titles = [mark.title for mark in outline.root]
    assert titles[:2] == ["封面", "目录"]
    assert "卷内备考表" in titles


def test_rare_name_is_printed_with_its_own_characters(files: dict[str, Path]) -> None:
    text = subprocess.run(["pdftotext", files["dossier-rare"], "-"], capture_output=True, text=True, check=True).stdout
    assert NAMES[RARE] in "".join(text.split())


def test_another_process_writes_the_same_bytes(root: Path, files: dict[str, Path], tmp_path: Path) -> None:
    words = ["--as-of", AS_OF, "--root", str(root)]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    command = [sys.executable, "-m", "generator"]
    for more in (["form", *FILLED, WHOLE, "--out", str(tmp_path)], ["dossier", RARE]):
        subprocess.run([*command, *more, *words], env=environment, check=True, capture_output=True)
    again = {path.name: path for path in tmp_path.rglob("*.pdf")}
    assert len(again) == len(FILLED)
    for name in FILLED:
        assert again[files[f"filled-{name}"].name].read_bytes() == files[f"filled-{name}"].read_bytes(), name
    assert printed(root, RARE).read_bytes() == files["dossier-rare"].read_bytes()
