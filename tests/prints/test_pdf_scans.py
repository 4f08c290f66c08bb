"""A PDF scan of which a part is missing is refused with the page; an unusual one that is whole is printed."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from generator.prints.scan_pages import draw_pages
from generator.prints.scans import ScanFaultError
from generator.prints.sheaf import ScanSource
from tests.prints.scanned import as_bytes, jpeg, pdf, picture

WIDE, HIGH = 420, 594
RAW = bytes(range(256)) * (WIDE * HIGH // 128 + 2)
RUBBISH = random.Random(1).randbytes(WIDE * HIGH)


def image(data: bytes, mode: str = "/DCTDecode", **more: Any) -> Dictionary:
    """What an image is said to be, with its data."""
    said = {"Width": WIDE, "Height": HIGH, "ColorSpace": Name("/DeviceGray"), "BitsPerComponent": 8}
    if mode:
        said["Filter"] = Name(mode)
    return Dictionary(Data=data, **{**said, **more})


def scan(*images: Dictionary, content: bytes = b"q 420 0 0 594 0 0 cm /Im0 Do Q") -> pikepdf.Pdf:
    """One page to each image, or one without any."""
    document = pikepdf.new()
    for one in images or (None,):
        page = document.add_blank_page(page_size=(WIDE, HIGH))
        page.obj.Contents = document.make_stream(content)
        if one is not None:
            data = bytes(one.Data)
            held = document.make_indirect(Stream(document, data, Type=Name.XObject, Subtype=Name.Image))
            for key, value in one.items():
                if key != "/Data":
                    held[key] = value
            page.obj.Resources = Dictionary(XObject=Dictionary(Im0=held))
    return document


def saved(document: pikepdf.Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    document.save(out, compress_streams=False, **(options or {"stream_decode_level": pikepdf.StreamDecodeLevel.none}))
    return out.getvalue()


def drawn(content: bytes) -> list[bytes]:
    return [page for _, page in draw_pages(ScanSource("d", content, True, "r.yaml:7", "a.pdf"))]


def group4(width: int = WIDE, height: int = HIGH) -> bytes:
    """The strip of a Group 4 TIFF."""
    whole = as_bytes(picture(width, height, "1"), "TIFF", compression="group4", strip_size=width * height)
    from PIL import Image

    with Image.open(io.BytesIO(whole)) as opened:
        tags = opened.tag_v2  # type: ignore[attr-defined]
        (start,), (length,) = tags[273], tags[279]
    return whole[start : start + length]


def jbig2() -> bytes:
    """A page and one generic region, in segments that say their length; of what the region holds nothing is asserted."""

    def segment(number: int, kind: int, data: bytes) -> bytes:
        return number.to_bytes(4, "big") + bytes((kind, 0, 1)) + len(data).to_bytes(4, "big") + data

    page = WIDE.to_bytes(4, "big") + HIGH.to_bytes(4, "big") + bytes(8) + b"\0\0\0"
    region = WIDE.to_bytes(4, "big") + HIGH.to_bytes(4, "big") + bytes(8) + b"\0" + b"\1" + group4()
    return segment(0, 48, page) + segment(1, 38, region)


FAX = Dictionary(K=-1, Columns=WIDE, Rows=HIGH)
FLAT = zlib.compress(RAW[: WIDE * HIGH])
MARKED = zlib.compress(b"".join(b"\2" + RAW[n * WIDE : (n + 1) * WIDE] for n in range(HIGH)))
UP = Dictionary(Predictor=12, Columns=WIDE)
J2K = as_bytes(picture(WIDE, HIGH), "JPEG2000")
CODESTREAM = as_bytes(picture(WIDE, HIGH, "L"), "JPEG2000", no_jp2=True)
PROGRESSIVE = as_bytes(picture(WIDE, HIGH), "JPEG", progressive=True)

WHOLE: dict[str, Callable[[], Dictionary]] = {
    "jpeg": lambda: image(as_bytes(picture(WIDE, HIGH, "L"), "JPEG")),
    "jpeg, progressive": lambda: image(PROGRESSIVE, ColorSpace=Name.DeviceRGB),
    "jpeg, cmyk": lambda: image(as_bytes(picture(WIDE, HIGH, "CMYK"), "JPEG"), ColorSpace=Name.DeviceCMYK),
    "jpeg 2000": lambda: image(J2K, "/JPXDecode", ColorSpace=Name.DeviceRGB),
    "jpeg 2000, bare": lambda: image(CODESTREAM, "/JPXDecode"),
    "fax": lambda: image(group4(), "/CCITTFaxDecode", BitsPerComponent=1, DecodeParms=FAX),
    "jbig2": lambda: image(jbig2(), "/JBIG2Decode", BitsPerComponent=1),
    "flate": lambda: image(FLAT, "/FlateDecode"),
    "flate with predictor": lambda: image(MARKED, "/FlateDecode", DecodeParms=UP),
    "flate around jpeg": lambda: image(
        zlib.compress(as_bytes(picture(WIDE, HIGH, "L"), "JPEG")), Filter=Array([Name.FlateDecode, Name.DCTDecode])
    ),
    "plain": lambda: image(RAW[: WIDE * HIGH], ""),
    "stencil": lambda: image(RAW[: (WIDE + 7) // 8 * HIGH], "", BitsPerComponent=1, ImageMask=True),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_image_is_drawn(kind: str) -> None:
    assert len(drawn(saved(scan(WHOLE[kind]())))) == 1


def test_a_jpeg_with_zeros_in_the_middle_is_refused() -> None:
    data = as_bytes(picture(WIDE, HIGH, "L"), "JPEG")
    middle = len(data) // 2
    with pytest.raises(ScanFaultError, match="第 1 页的图像已损坏，无法读完"):
        drawn(saved(scan(image(data[:middle] + bytes(30) + data[middle + 30 :]))))


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("how", ["half", "garbage", "nothing"])
def test_an_image_that_is_not_whole_is_refused(kind: str, how: str) -> None:
    if how == "garbage" and kind in ("plain", "stencil"):
        pytest.skip("any bytes are such an image")
    whole, bad = WHOLE[kind](), WHOLE[kind]()
    data = bytes(bad.Data)
    bad.Data = {"half": data[: len(data) // 2], "garbage": RUBBISH[: len(data)], "nothing": b""}[how]
    with pytest.raises(ScanFaultError) as caught:
        drawn(saved(scan(whole, bad)))
    assert caught.value.message == "r.yaml:7 的扫描件 a.pdf 第 2 页的图像已损坏，无法读完"
    assert caught.value.hint


@pytest.mark.parametrize(
    "said",
    [
        image(RAW[: WIDE * HIGH * 2], "", BitsPerComponent=16),
        image(b"\x80", "", Width=1, Height=1),
        image(zlib.compress(RAW[: WIDE * HIGH])[:-4], "/FlateDecode"),
        image(RAW[: WIDE * HIGH], "", ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 255, pikepdf.String(RAW[:768])])),
        image(group4(), "/CCITTFaxDecode", BitsPerComponent=1, DecodeParms=Array([FAX])),
    ],
    ids=["16 bits", "one pixel", "no checksum", "palette", "parameters in a list"],
)  # fmt: skip
def test_an_unusual_image_is_drawn(said: Dictionary) -> None:
    assert len(drawn(saved(scan(said)))) == 1


def test_a_wrong_checksum_is_refused() -> None:
    with pytest.raises(ScanFaultError, match="图像已损坏"):
        drawn(saved(scan(image(FLAT[:-1] + bytes([FLAT[-1] ^ 1]), "/FlateDecode"))))


def whole_page() -> pikepdf.Pdf:
    return scan(WHOLE["jpeg"]())


def without_image(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Resources.XObject = Dictionary()


def without_resources(document: pikepdf.Pdf) -> None:
    del document.pages[0].obj.Resources


def without_content(document: pikepdf.Pdf) -> None:
    del document.pages[0].obj.Contents


def with_rubbish(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Contents = document.make_stream(bytes(range(128, 256)) * 4)


def with_cut_content(document: pikepdf.Pdf) -> None:
    cut = zlib.compress(b"q 420 0 0 594 0 0 cm /Im0 Do Q " * 20)[:-20]
    document.pages[0].obj.Contents = document.make_indirect(Stream(document, cut, Filter=Name.FlateDecode))


def with_rubbish_packed(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Contents = document.make_indirect(Stream(document, b"\1" * 300, Filter=Name.FlateDecode))


def breaking_off(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Contents = document.make_stream(b"q 420 0 0 594 0 0")


def breaking_off_in_an_image(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Contents = document.make_stream(b"q BI /W 20 /H 20 /BPC 8 /CS /G ID abc")


def with_a_number_for_a_form(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=7))


def with_odd_resources(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Resources = Array([1])


def with_bad_form(document: pikepdf.Pdf) -> None:
    inner = Stream(document, b"/Gone Do", Subtype=Name.Form, Resources=Dictionary(XObject=Dictionary()))
    outer = Stream(document, b"/Inner Do", Subtype=Name.Form)
    outer.Resources = Dictionary(XObject=Dictionary(Inner=document.make_indirect(inner)))
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=document.make_indirect(outer)))


def with_bad_mask(document: pikepdf.Pdf) -> None:
    mask = Stream(document, b"x", Subtype=Name.Image, Width=WIDE, Height=HIGH, BitsPerComponent=8)
    mask.ColorSpace = Name.DeviceGray
    document.pages[0].obj.Resources.XObject.Im0.SMask = document.make_indirect(mask)


def with_bad_inline(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Contents = document.make_stream(b"q BI /W 20 /H 20 /BPC 8 /CS /G ID abc EI Q")


def without_size(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.MediaBox = Array([0, 0, 0, 0])


def without_width(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.MediaBox = Array([7, 0, 7, 594])


def with_bad_stamp(document: pikepdf.Pdf) -> None:
    look = document.make_indirect(Stream(document, b"/Gone Do", Subtype=Name.Form, BBox=Array([0, 0, 9, 9])))
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 9, 9]), AP=Dictionary(N=look))
    document.pages[0].obj.Annots = Array([document.make_indirect(stamp)])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (without_image, "第 1 页缺少图像"),
        (without_resources, "第 1 页缺少图像"),
        (without_content, "第 1 页缺少页面内容"),
        (with_rubbish, "第 1 页的内容已损坏"),
        (with_cut_content, "第 1 页的内容已损坏"),
        (with_rubbish_packed, "第 1 页的内容已损坏"),
        (breaking_off, "第 1 页的内容"),
        (breaking_off_in_an_image, "第 1 页的内容不完整"),
        (with_a_number_for_a_form, "第 1 页缺少图像"),
        (with_odd_resources, "第 1 页"),
        (with_bad_form, "第 1 页缺少图像"),
        (with_bad_mask, "第 1 页的图像已损坏"),
        (with_bad_inline, "第 1 页的图像已损坏"),
        (with_bad_stamp, "第 1 页缺少图像"),
        (without_size, "第 1 页没有页面大小"),
        (without_width, "第 1 页没有页面大小"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_page_that_lacks_something_is_refused(spoil: Callable[[pikepdf.Pdf], None], said: str) -> None:
    document = whole_page()
    assert drawn(saved(document))
    spoil(document)
    with pytest.raises(ScanFaultError, match=said):
        drawn(saved(document))


def test_pages_that_are_counted_must_be_there() -> None:
    content = saved(scan(WHOLE["jpeg"](), WHOLE["jpeg"]()), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert len(drawn(content)) == 2
    with pytest.raises(ScanFaultError, match="写有 5 页，只找到 2 页"):
        drawn(content.replace(b"/Count 2", b"/Count 5"))


def blank() -> bytes:
    return saved(scan(content=b""))


def bare() -> bytes:
    document = scan()
    del document.pages[0].obj.Contents
    return saved(document)


def vectors() -> bytes:
    document = scan(content=b"q 1 0 0 RG 10 10 m 200 300 l S BT /F1 12 Tf 20 20 Td (Hello) Tj ET Q")
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    document.pages[0].obj.Resources = Dictionary(Font=Dictionary(F1=font))
    return saved(document)


def in_pieces() -> bytes:
    document = whole_page()
    streams = [document.make_stream(part) for part in (b"q 420 0 0", b"594 0 0 cm /Im0 Do", b"Q")]
    document.pages[0].obj.Contents = Array(streams)
    return saved(document)


def in_forms() -> bytes:
    document = whole_page()
    inner = document.pages[0].obj.Resources.XObject.Im0
    form = Stream(document, b"/Inner Do", Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    form.Resources = Dictionary(XObject=Dictionary(Inner=inner))
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=document.make_indirect(form)))
    return saved(document)


def inherited() -> bytes:
    document = whole_page()
    document.Root.Pages.Resources = document.pages[0].obj.Resources
    del document.pages[0].obj.Resources
    return saved(document)


def with_a_slip() -> bytes:
    return saved(scan(content=b"q 0.00-35 0 0 RG 10 10 m 200 300 l S Q"))


def inline() -> bytes:
    return saved(scan(content=b"q 9 0 0 9 0 0 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q"))


def inline_stencil() -> bytes:
    return saved(scan(content=b"q 9 0 0 9 0 0 cm BI /W 8 /H 2 /IM true /F /AHx ID 80FF> EI Q"))


def locked_against_change() -> bytes:
    return saved(whole_page(), encryption=pikepdf.Encryption(user="", owner="b"))


def with_object_streams() -> bytes:
    return saved(whole_page(), object_stream_mode=pikepdf.ObjectStreamMode.generate)


def misplaced_table() -> bytes:
    return b"\n\n" + pdf((400, 600))


def of_pillow() -> bytes:
    return as_bytes(picture(WIDE, HIGH, "1"), "PDF", resolution=72)


@pytest.mark.parametrize(
    "make",
    [blank, bare, vectors, in_pieces, in_forms, inherited, with_a_slip, inline, inline_stencil, locked_against_change,
     with_object_streams, misplaced_table, of_pillow],
    ids=lambda make: make.__name__,
)  # fmt: skip
def test_an_unusual_scan_that_is_whole_is_drawn(make: Callable[[], bytes]) -> None:
    assert len(drawn(make())) == 1


def test_a_form_that_draws_itself_ends() -> None:
    document = whole_page()
    form = document.make_indirect(Stream(document, b"/Im0 Do", Subtype=Name.Form, BBox=Array([0, 0, 1, 1])))
    form.Resources = Dictionary(XObject=Dictionary(Im0=form))
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=form))
    assert len(drawn(saved(document))) == 1


def test_a_jpeg_of_a_scanner_is_whole() -> None:
    assert len(drawn(saved(scan(image(jpeg(), Width=800, Height=1100, ColorSpace=Name.DeviceRGB))))) == 1
