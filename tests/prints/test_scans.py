"""Scans bound into a dossier: where the catalogue says, every page with its footer and a text in its place."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import page as validator
import pikepdf
import pytest
from pypdf import PdfReader

from generator.definitions.papers import Material
from generator.diagnostics import Place
from generator.views.enclosed import Paper, bound
from tests.prints.college import NAMES, RARE, dossier, make_college, person_file, printed
from tests.prints.scanned import FOLDER, as_bytes, jpeg, name_scan, pdf, picture, put


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_college(tmp_path_factory.mktemp("scanned"))
    more = "{code: M24, scan: M24.png}, {code: M16, scan: r1.jpg}, {code: M16, kind: copy}"
    name_scan(root, RARE, "M01", f"{{code: M01, scan: scans/M01.pdf, pages: 3}}, {more}")
    put(root, "data/scans/M01.pdf", pdf((850, 1100), (1100, 850)))
    put(root, f"{FOLDER}/M24.png", as_bytes(picture(900, 1200, "RGBA", "#ff000040"), "PNG"))
    put(root, f"{FOLDER}/r1.jpg", jpeg())
    result = dossier(root, RARE, "--jobs", "1")
    assert result.exit_code == 0, result.output
    return root


@pytest.fixture(scope="module")
def pages(root: Path) -> list[str]:
    return ["".join(one.extract_text().split()) for one in PdfReader(printed(root, RARE)).pages]


def row(pages: list[str], title: str) -> str:
    return pages[1].partition(title)[2]


def test_the_catalogue_leads_to_the_scans(pages: list[str]) -> None:
    first = {title: next(n for n, text in enumerate(pages, 1) if text.startswith(f"{title}扫描件")) for title in
             ("入党申请书", "个人自传")}  # fmt: skip
    assert row(pages, "入党申请书").startswith(f"12{first['入党申请书']}扫描件；原件随卷；记录为3页")
    assert row(pages, "个人自传").startswith(f"11{first['个人自传']}扫描件；原件随卷")
    assert first["入党申请书"] < first["个人自传"]


def test_of_papers_of_one_kind_the_scanned_and_the_rest_are_told_apart(pages: list[str]) -> None:
    scanned = next(n for n, text in enumerate(pages, 1) if text.startswith("思想汇报（20") and "扫描件，第1页" in text)
    assert f"11{scanned}扫描件；原件随卷" in row(pages, "思想汇报（20")
    assert row(pages, "思想汇报（其余）").startswith("1随卷")


def test_every_page_of_a_scan_has_caption_and_footer(pages: list[str]) -> None:
    scans = [text for text in pages if "扫描件，第" in text]
    assert len(scans) == 4
    assert sum("扫描件，第2页，共2页" in text for text in scans) == 1
    for text in scans:
        assert f"{NAMES[RARE]}{RARE}" in text
        assert "校验码" in text
        assert "页共" in text


def test_scans_are_counted_at_the_end(pages: list[str]) -> None:
    remarks = next(text for text in pages if text.startswith("卷内备考表"))
    assert "装入扫描件3件，共4页" in remarks


def test_a_page_on_its_side_lies_on_its_side(root: Path, pages: list[str]) -> None:
    wide = [one.mediabox.width > one.mediabox.height for one in PdfReader(printed(root, RARE)).pages]
    assert wide.count(True) == 1
    assert "扫描件，第2页，共2页" in pages[wide.index(True)]


def test_pictures_have_a_text_and_no_more_than_200_dpi(root: Path) -> None:
    with pikepdf.open(printed(root, RARE)) as document:
        figures = [item for item in document.objects
                   if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]  # fmt: skip
        sizes = {(int(item.Width), int(item.Height)) for item in document.objects
                 if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"}  # fmt: skip
    texts = [str(item.get("/Alt", "")) for item in figures]
    assert all(texts)
    assert sum("扫描件第" in text for text in texts) == 4
    assert max(max(size) for size in sizes) in range(2000, 2340)


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_conforms(root: Path, profile: str) -> None:
    result = validator.validate_pdf(str(printed(root, RARE)), profile=profile)
    assert result.is_compliant, [(failure.rule_id, failure.message) for failure in result.failures]


def test_another_scan_makes_another_print(root: Path) -> None:
    assert "生成 0 份，未变 1 份" in dossier(root, RARE, "--jobs", "1").output
    before = printed(root, RARE).read_bytes()
    put(root, f"{FOLDER}/r1.jpg", jpeg(800, 1101))
    assert "生成 1 份，未变 0 份" in dossier(root, RARE, "--jobs", "1").output
    assert printed(root, RARE).read_bytes() != before


def material(*keep: Literal["dossier", "branch", "committee"]) -> Material:
    return Material("M31", "接收大会记录", "admission", "required", False, ("copy",), False, (), (), keep, 1)


def test_a_scan_of_what_several_share_or_others_keep_is_not_bound() -> None:
    place = Place(person_file(RARE))
    assert bound(Paper("M31", "", place, scan="a.pdf"), material("branch", "dossier"))
    assert not bound(Paper("M31", "", place, scan="a.pdf", shared=True), material("branch", "dossier"))
    assert not bound(Paper("M31", "", place, scan="a.pdf"), material("branch"))
