"""An image that is damaged anywhere its format can tell is refused as a damaged page of a PDF is; a whole one is drawn."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from generator.prints.scan_pages import draw_pages
from generator.prints.scans import ScanFaultError
from generator.prints.sheaf import ScanSource
from tests.prints.college import NOTHING, RARE, dossier, make_college, person_file, printed
from tests.prints.scanned import FOLDER, as_bytes, jpeg, name_scan, picture, put

WIDE, HIGH = 421, 595
NOISE = Image.effect_noise((WIDE, HIGH), 60)
"""Its codes are long and of many kinds, as those of a paper are."""


def noise(kind: str, mode: str = "RGB", **options: object) -> bytes:
    return as_bytes(NOISE.convert(mode), kind, **options)


def drawn(content: bytes) -> list[bytes]:
    return [page for _, page in draw_pages(ScanSource("d", content, False, "r.yaml:7", "a.img"))]


def refused(content: bytes, page: int = 1) -> None:
    with pytest.raises(ScanFaultError) as caught:
        drawn(content)
    assert caught.value.message == f"r.yaml:7 的扫描件 a.img 第 {page} 页的图像已损坏，无法读完"
    assert caught.value.hint


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]


def zeroed(content: bytes, at: int, count: int = 30) -> bytes:
    return content[:at] + bytes(count) + content[at + count :]


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png(rows: bytes, interlaced: bool = False) -> bytes:
    """A grey one of 5 × 5 pixels."""
    head = (5).to_bytes(4, "big") * 2 + bytes((8, 0, 0, 0, interlaced))
    packed = zlib.compress(rows)
    data = chunk(b"IDAT", packed[:7]) + chunk(b"IDAT", packed[7:])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b"")


def tiff_of(*frames: Image.Image, **options: object) -> bytes:
    return as_bytes(frames[0], "TIFF", save_all=True, append_images=list(frames[1:]), **options)


WHOLE: dict[str, Callable[[], bytes]] = {
    "png": lambda: noise("PNG"),
    "png, 1 bit": lambda: noise("PNG", "1"),
    "png, palette": lambda: noise("PNG", "P"),
    "png, 16 bits": lambda: as_bytes(NOISE.convert("I").convert("I;16"), "PNG"),
    "png, transparent": lambda: noise("PNG", "RGBA"),
    "png, in pieces": lambda: png(bytes(30)),
    "png, interlaced": lambda: png(bytes(36), interlaced=True),
    "png with something behind it": lambda: noise("PNG") + b"more",
    "jpeg": lambda: noise("JPEG"),
    "jpeg, grey": lambda: noise("JPEG", "L"),
    "jpeg, cmyk": lambda: noise("JPEG", "CMYK"),
    "jpeg, progressive": lambda: noise("JPEG", progressive=True),
    "jpeg, with restarts": lambda: noise("JPEG", restart_marker_rows=1),
    "jpeg with something behind it": lambda: noise("JPEG") + b"more",
    "tiff": lambda: noise("TIFF"),
    "tiff, deflate": lambda: noise("TIFF", compression="tiff_adobe_deflate"),
    "tiff, lzw": lambda: noise("TIFF", compression="tiff_lzw"),
    "tiff, jpeg": lambda: noise("TIFF", compression="jpeg"),
    "tiff, group 4": lambda: noise("TIFF", "1", compression="group4"),
    "tiff, group 3": lambda: noise("TIFF", "1", compression="group3"),
    "tiff, packbits": lambda: noise("TIFF", "L", compression="packbits"),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_image_is_drawn(kind: str) -> None:
    assert len(drawn(WHOLE[kind]())) == 1


def test_two_pictures_in_one_jpeg_are_drawn() -> None:
    both = as_bytes(NOISE, "MPO", save_all=True, append_images=[NOISE])
    assert len(drawn(both)) == 2
    refused(zeroed(both, len(both) * 3 // 4, 200), page=2)


@pytest.mark.parametrize("kind", [kind for kind in WHOLE if kind.startswith("png,") or kind == "png"])
def test_a_png_with_one_wrong_byte_is_refused(kind: str) -> None:
    whole = WHOLE[kind]()
    start = whole.index(b"IDAT") + 4
    for at in (start + 3, (start + len(whole)) // 2, len(whole) - 13, len(whole) - 1):
        refused(flipped(whole, at))


def test_a_png_that_is_not_all_there_is_refused() -> None:
    whole = noise("PNG")
    for end in (len(whole) // 2, len(whole) - 12, len(whole) - 1):
        refused(whole[:end])


def test_a_png_with_too_few_rows_is_refused() -> None:
    assert drawn(png(bytes(30)))
    refused(png(bytes(24)))
    assert drawn(png(bytes(36), interlaced=True))
    refused(png(bytes(35), interlaced=True))


def test_a_png_whose_data_does_not_end_is_refused() -> None:
    whole = png(bytes(30))
    cut = zlib.compress(bytes(30))[:-4]
    start, end = whole.index(b"IDAT") - 4, whole.index(b"IEND") - 4
    refused(whole[:start] + chunk(b"IDAT", cut) + whole[end:])


@pytest.mark.parametrize("kind", ["jpeg", "jpeg, grey", "jpeg, progressive", "jpeg, with restarts"])
def test_a_jpeg_that_is_damaged_is_refused(kind: str) -> None:
    whole = WHOLE[kind]()
    middle = (whole.index(b"\xff\xda") + len(whole)) // 2
    for count in (200, 500):
        refused(whole[:middle] + b"\xff" * count + whole[middle + count :])
    refused(whole[:middle])
    refused(whole[:middle] + whole[middle + 300 :])


def test_a_jpeg_with_zeros_in_the_middle_is_refused() -> None:
    refused(zeroed(jpeg(), len(jpeg()) // 2))


def test_a_jpeg_without_its_end_is_refused() -> None:
    refused(noise("JPEG")[:-2])


@pytest.mark.parametrize("compression", ["tiff_adobe_deflate", "tiff_lzw", "jpeg"])
def test_the_page_of_a_tiff_that_is_damaged_is_named(compression: str) -> None:
    whole = tiff_of(NOISE.convert("RGB"), NOISE.convert("RGB"), compression=compression)
    assert len(drawn(whole)) == 2
    with Image.open(io.BytesIO(whole)) as opened:
        opened.seek(1)
        start, length = opened.tag_v2[273][1], opened.tag_v2[279][1]  # type: ignore[attr-defined]
    refused(zeroed(whole, start + length // 2, min(300, length // 3)), page=2)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("compression", ["raw", "group4", "packbits"])
def test_a_tiff_that_is_cut_is_refused(compression: str) -> None:
    whole = noise("TIFF", "1", compression=compression)
    with pytest.raises(ScanFaultError):
        drawn(whole[: len(whole) * 3 // 4])


@pytest.mark.parametrize("name", ["M01.png", "M01.jpg"])
def test_the_person_gets_no_dossier_and_the_others_do(tmp_path: Path, name: str) -> None:
    root = make_college(tmp_path / "college")
    line = name_scan(root, RARE, "M01", f"{{code: M01, scan: {name}}}")
    whole = as_bytes(picture(800, 1100), "PNG") if name.endswith("png") else jpeg()
    put(root, f"{FOLDER}/{name}", zeroed(whole, len(whole) // 2))
    result = dossier(root, RARE, NOTHING)
    assert result.exit_code == 1
    assert f"{person_file(RARE)}:{line} 的扫描件 {FOLDER}/{name} 第 1 页的图像已损坏，无法读完" in result.output
    assert not printed(root, RARE).exists()
    assert printed(root, NOTHING).exists()
