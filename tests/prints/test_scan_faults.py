"""A scan that cannot be bound in stops that person's dossier, with the file and the line of the record that names it."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from generator.diagnostics import Place
from generator.prints import scans
from generator.prints.scan_pages import draw_pages
from generator.prints.scans import ScanFaultError, ScanReader
from generator.prints.sheaf import ScanSource
from generator.records import scans as scans_looked_at
from tests.prints.college import NOTHING, RARE, dossier, make_college, person_file, printed
from tests.prints.scanned import FOLDER, as_bytes, jpeg, name_scan, pdf, picture, put

PLACE = Place(f"{FOLDER}/1.yaml", ("log", 0))


def read(root: Path, written: str) -> scans.Scan:
    return ScanReader(root, lambda place: 7)(written, PLACE)


def fault(root: Path, written: str) -> ScanFaultError:
    with pytest.raises(ScanFaultError) as caught:
        read(root, written)
    assert f"{FOLDER}/1.yaml:7" in caught.value.message
    assert caught.value.hint
    return caught.value


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf((400, 600)))) as document:
        document.save(out, encryption=pikepdf.Encryption(user="a", owner="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空文件"),
        (b"not a picture", "无法识别"),
        (as_bytes(picture(60, 60), "GIF"), "无法识别"),
        (b"%PDF-1.7\nrubbish", "是损坏的 PDF"),
        (pdf((400, 600))[:400], "是损坏的 PDF"),
        (locked(), "有密码"),
        (as_bytes(picture(11_000, 10_000, "1"), "PNG"), "有 11000×10000 像素"),
    ],
    ids=["empty", "text", "gif", "rubbish", "cut", "locked", "pixels"],
)
def test_what_cannot_be_opened(tmp_path: Path, content: bytes, said: str) -> None:
    put(tmp_path, f"{FOLDER}/a/M01.pdf", content)
    assert f"{FOLDER}/a/M01.pdf {said}" in fault(tmp_path, "a/M01.pdf").message


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [("MAX_BYTES", 100, "MB，超过"), ("MAX_PAGES", 1, "有 2 页，超过 1 页"), ("MAX_POINTS", 100, "超过 A0 幅面")],
)
def test_what_is_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, said: str) -> None:
    put(tmp_path, f"{FOLDER}/M01.pdf", pdf((400, 600), (400, 600)))
    assert read(tmp_path, "M01.pdf").wide == (False, False)
    monkeypatch.setattr(scans_looked_at if limit == "MAX_BYTES" else scans, limit, value)
    assert said in fault(tmp_path, "M01.pdf").message


def test_a_decompression_bomb_is_not_opened(tmp_path: Path) -> None:
    put(tmp_path, f"{FOLDER}/M01.png", as_bytes(picture(20_000, 20_000, "1"), "PNG"))
    assert "像素" in fault(tmp_path, "M01.png").message


@pytest.mark.parametrize("written", ["none.pdf", "scans", "../../../../etc/passwd", "/etc/passwd", "a\\b.pdf"])
def test_what_is_not_there_or_not_ours(tmp_path: Path, written: str) -> None:
    (tmp_path / FOLDER / "scans").mkdir(parents=True)
    assert f"“{written}”" in fault(tmp_path, written).message


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    put(tmp_path, "secret.jpg", jpeg())
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "M01.jpg").symlink_to(tmp_path / "secret.jpg")
    assert "不在 data/ 之内" in fault(tmp_path, "M01.jpg").message


def test_beside_the_record_comes_before_data(tmp_path: Path) -> None:
    put(tmp_path, "data/M01.jpg", jpeg(300, 200))
    assert read(tmp_path, "M01.jpg").wide == (True,)
    put(tmp_path, f"{FOLDER}/M01.jpg", jpeg(200, 300))
    assert read(tmp_path, "M01.jpg").wide == (False,)


def test_a_page_that_breaks_off_is_told_when_it_is_drawn() -> None:
    whole = jpeg()
    good = ScanSource("d", whole, False, "r.yaml:7", "a.jpg")
    ((url, drawn),) = draw_pages(good)
    assert url == "jishi:scan/d/1"
    assert drawn.startswith(b"\xff\xd8")
    with pytest.raises(ScanFaultError, match=r"r\.yaml:7 的扫描件 a\.jpg 第 1 页的图像已损坏，无法读完"):
        list(draw_pages(ScanSource("d", whole[: len(whole) // 2], False, "r.yaml:7", "a.jpg")))


def pdf_with_half_an_image() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf((400, 600), (400, 600)))) as document:
        (image,) = document.pages[1].obj.Resources.XObject.values()
        data = image.read_raw_bytes()
        image.write(data[: len(data) // 2], filter=pikepdf.Name.DCTDecode)
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("workers", "name", "content", "page"),
    [
        ("1", "M01.jpg", jpeg()[: len(jpeg()) // 2], "第 1 页的图像已损坏，无法读完"),
        ("2", "M01.jpg", jpeg()[: len(jpeg()) // 2], "第 1 页的图像已损坏，无法读完"),
        ("2", "M01.pdf", pdf_with_half_an_image(), "第 2 页的图像已损坏，无法读完"),
    ],
    ids=["in this process", "in a worker", "pdf"],
)
def test_the_person_gets_no_dossier_and_the_others_do(
    tmp_path: Path, workers: str, name: str, content: bytes, page: str
) -> None:
    root = make_college(tmp_path / "college")
    line = name_scan(root, RARE, "M01", f"{{code: M01, scan: {name}}}")
    put(root, f"{FOLDER}/{name}", content)
    result = dossier(root, RARE, NOTHING, "--jobs", workers)
    assert result.exit_code == 1
    assert f"{RARE}：" in result.output
    assert f"{person_file(RARE)}:{line} 的扫描件 {FOLDER}/{name} {page}" in result.output
    assert not printed(root, RARE).exists()
    assert printed(root, NOTHING).exists()


def test_every_faulty_scan_is_named_at_once(tmp_path: Path) -> None:
    root = make_college(tmp_path / "college")
    name_scan(root, RARE, "M01", "{code: M01, scan: one.pdf}, {code: M24, scan: two.pdf}")
    result = dossier(root, RARE)
    assert result.exit_code == 1
    assert "one.pdf" in result.output
    assert "two.pdf" in result.output
