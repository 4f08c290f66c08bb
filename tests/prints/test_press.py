"""Short ways to the same page: what we do in place of WeasyPrint must come to the same."""

from __future__ import annotations

import dataclasses
import io
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest

from generator.audit.audit import Audit
from generator.commands.dossier_jobs import DossierJobs
from generator.definitions.kept import key_of
from generator.prints import markup, press, subsets
from generator.prints.early import early_key
from generator.prints.executors import InPlace
from generator.prints.press import print_pdf
from generator.prints.run import print_jobs
from generator.prints.sheaf import Sheaf
from generator.prints.store import PrintStore
from tests.prints.college import LONG, PRINTED, RARE, WHOLE
from tests.prints.test_run import job
from tests.prints.test_run import press as small_press


@pytest.fixture(scope="module")
def sheaves(college: Path, audit: Audit) -> dict[str, Sheaf]:
    people = [audit.corpus.people[id] for id in PRINTED]
    return {job.name: job.sheaf() for job in DossierJobs(audit, college).dossiers(people)}


def browser_tree(html: str) -> ElementTree.Element:
    import tinyhtml5

    root: ElementTree.Element = tinyhtml5.parse(html, namespace_html_elements=False)
    return root


def flat(element: ElementTree.Element) -> list[Any]:
    """Elements, attributes and texts in order; blanks between rows and cells are of no effect."""
    text, tail = (element.text or "").strip(), (element.tail or "").strip()
    return [element.tag, dict(element.attrib), text, [flat(child) for child in element], tail]


@pytest.mark.parametrize("person", PRINTED)
def test_page_is_read_as_a_browser_reads_it(sheaves: dict[str, Sheaf], person: str) -> None:
    found = markup.parse_page(sheaves[person].html)
    assert found is not None
    assert len(list(found.iter())) > 200
    assert flat(found) == flat(browser_tree(sheaves[person].html))


@pytest.mark.parametrize(
    "html", ["<p>a", "<html><body><p>a<p>b</body></html>", "<html><head/><body>&nbsp;</body></html>"]
)
def test_page_that_is_not_well_formed_is_left_to_the_browser_parser(html: str) -> None:
    assert markup.parse_page(html) is None
    assert type(markup.page_of(html, "", None)).__name__ == "HTML"


def test_short_ways_change_no_byte(sheaves: dict[str, Sheaf], monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither our parser nor the shortened stylesheet."""
    sheaf = dataclasses.replace(
        sheaves[WHOLE], html=sheaves[WHOLE].html.replace("</body>", "<ol><li>一</li></ol></body>")
    )
    short = print_pdf(sheaf)
    monkeypatch.setattr(markup, "parse_page", lambda html: None)
    assert print_pdf(sheaf) == short


def drawn(pdf: bytes, folder: Path) -> list[bytes]:
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "50", folder / "a.pdf", folder / "p"], check=True)
    return [path.read_bytes() for path in sorted(folder.glob("*.ppm"))]


def test_small_subsets_look_the_same_and_are_smaller(
    sheaves: dict[str, Sheaf], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = print_pdf(sheaves[RARE])
    monkeypatch.setattr(subsets, "_subset", lambda font, glyphs: None)
    monkeypatch.setattr(press, "embed_outlines", lambda pdf, grid: None)
    whole = print_pdf(sheaves[RARE])
    assert len(small) < 0.9 * len(whole)
    assert drawn(small, tmp_path / "small") == drawn(whole, tmp_path / "whole")


def glyphs(pdf: bytes) -> dict[str, tuple[float, list[Any]]]:
    """Of the outlines in a file, each with its width and its points."""
    from fontTools.cffLib import CFFFontSet
    from fontTools.pens.recordingPen import RecordingPen

    found: dict[str, tuple[float, list[Any]]] = {}
    with pikepdf.open(io.BytesIO(pdf)) as read:
        tables = [
            one for one in read.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/CIDFontType0C"
        ]
        for number, table in enumerate(tables):
            fonts = CFFFontSet()
            fonts.decompile(io.BytesIO(table.read_bytes()), None)
            for name in fonts[0].charset:
                outline, pen = fonts[0].CharStrings[name], RecordingPen()
                outline.draw(pen)
                found[f"{number} {name}"] = outline.width, pen.value
    return found


def test_outlines_on_a_grid_are_smaller_and_hardly_others(audit: Audit, college: Path, tmp_path: Path) -> None:
    """Every character is there, as wide as before, and no point of it has moved by more than half of the grid."""
    (job,) = DossierJobs(audit, college).reviews([audit.corpus.people[WHOLE]])
    sheaf = job.sheaf()
    assert sheaf.grid > 1
    coarse, fine = print_pdf(sheaf), print_pdf(dataclasses.replace(sheaf, grid=1))
    assert len(coarse) < 0.85 * len(fine)
    before, after = glyphs(fine), glyphs(coarse)
    assert len(before) > 100
    assert {name: width for name, (width, _) in after.items()} == {name: width for name, (width, _) in before.items()}
    for name, (_, steps) in after.items():
        points = [point for _, points in steps for point in points]
        assert all(x % sheaf.grid == y % sheaf.grid == 0 for x, y in points)
        there = [point for _, points in before[name][1] for point in points]
        half = sheaf.grid / 2
        assert all(any(abs(x - u) <= half and abs(y - v) <= half for u, v in there) for x, y in points), name


def test_pages_are_light(sheaves: dict[str, Sheaf], tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(print_pdf(sheaves[LONG]))
    with pikepdf.open(path) as pdf:
        assert path.stat().st_size / len(pdf.pages) < 36 * 1024


def test_nothing_is_compiled_while_nothing_has_changed(tmp_path: Path) -> None:
    def refuse() -> Sheaf:
        raise AssertionError("compiled")

    store = PrintStore(tmp_path)
    print_jobs([dataclasses.replace(job("1"), early="k")], store, InPlace, press=small_press)
    again = dataclasses.replace(job("1"), early="k", sheaf=refuse)
    assert [path.name for path in print_jobs([again], store, InPlace, press=small_press).unchanged] == ["1.pdf"]
    store.path("b", "1").write_bytes(b"damaged")
    assert print_jobs([again], store, InPlace, press=small_press).failed
    assert print_jobs([dataclasses.replace(again, early="")], store, InPlace, press=small_press).failed


def test_same_page_under_another_early_key_is_not_printed_again(tmp_path: Path) -> None:
    store = PrintStore(tmp_path)
    print_jobs([dataclasses.replace(job("1"), early="k")], store, InPlace, press=small_press)
    report = print_jobs([dataclasses.replace(job("1"), early="l")], store, InPlace, press=small_press)
    assert not report.made
    assert store.is_untouched("b", "1", "l")


def _person(root: Path) -> Path:
    return next((root / "data").rglob("people/*.yaml"))


def _touch_record(root: Path) -> None:
    _person(root).write_text("name: 乙\n", encoding="utf-8")


def _add_sealed(root: Path) -> None:
    _person(root).with_suffix(".age").write_bytes(b"sealed")


def _change_scan(root: Path) -> None:
    (root / "data/cs/scan.png").write_bytes(b"other")


def _change_template(root: Path) -> None:
    (root / "templates/print/cover.html").write_text("<p></p>", encoding="utf-8")


def _add_form(root: Path) -> None:
    (root / "schema/forms").mkdir(parents=True)
    (root / "schema/forms/mine.yaml").write_text("id: mine\n", encoding="utf-8")


@pytest.mark.parametrize("change", [_touch_record, _add_sealed, _change_scan, _change_template, _add_form])
def test_early_key_follows_every_file_that_a_print_may_rest_on(tmp_path: Path, change: Callable[[Path], None]) -> None:
    for path, text in (("data/cs/ug-1/people/1.yaml", "name: 甲\n"), ("data/cs/scan.png", "scan!")):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    templates = tmp_path / "templates/print"
    templates.mkdir(parents=True)
    (templates / "cover.html").write_text("<h1></h1>", encoding="utf-8")
    told = (tmp_path, (templates,), "fonts", date(2024, 1, 10))
    before = early_key(key_of(tmp_path), *told, False)
    assert early_key(key_of(tmp_path), *told, False) == before
    assert early_key(key_of(tmp_path), *told, True) != before
    change(tmp_path)
    assert early_key(key_of(tmp_path), *told, False) != before
