"""The file as it is written: readable, each stream's length beyond doubt, the same bytes every time."""

from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf
import pydyf
import pytest

from generator.prints.writer import stream_of, write_file

DOUBTFUL = b"\r\nendstream"


def content_ending_in_return() -> bytes:
    """Adler-32 begins with 1 and adds the bytes up: one more byte brings the sum to where we want it."""
    low = (0x0D - 1 - sum(b"q Q ")) % 256
    content = b"q Q " + bytes([low])
    assert zlib.compress(content).endswith(b"\r")
    return content


def written(pdf: pydyf.PDF) -> bytes:
    target = BytesIO()
    write_file(pdf, target)
    return target.getvalue()


@pytest.mark.parametrize("extra", [{}, {"Length1": 5}, {"Type": "/EmbeddedFile"}])
def test_no_length_is_in_doubt(extra: dict[str, object]) -> None:
    content = content_ending_in_return()
    pdf = pydyf.PDF()
    pdf.add_object(pydyf.Stream([content], pydyf.Dictionary(dict(extra)), compress=True))
    raw = written(pdf)
    assert DOUBTFUL not in raw
    with pikepdf.open(BytesIO(raw)) as opened:
        found = opened.get_object(3, 0)
        if extra.get("Type"):
            assert found.read_bytes() == content
        else:
            assert found.read_bytes() == content + b"\n"
        assert found.get("/Length1", 6) == 6


def test_uncompressed_stream_stays_as_it_is() -> None:
    content, entries = stream_of(pydyf.Stream([b"q", b"Q"]))
    assert content == b"q\nQ"
    assert entries == {}


@pytest.mark.parametrize("objects", [0, 1, 300, 70_000])
def test_every_object_is_found_again(objects: int) -> None:
    pdf = pydyf.PDF()
    pdf.info["Title"] = pydyf.String("册")
    for number in range(objects):
        pdf.add_object(pydyf.Dictionary({"Number": number, "Half": 0.5, "List": pydyf.Array([number, b"/Name"])}))
    pdf.add_object(pydyf.Stream([b"x" * 400_000], compress=False))
    first, second = written(pdf), None
    with pikepdf.open(BytesIO(first)) as opened:
        assert not opened.check_pdf_syntax()
        assert opened.docinfo.Title == "册"
        for number in range(0, objects, 997):
            found = opened.get_object(number + 3, 0)
            assert found.Number == number
            assert str(found.List[1]) == "/Name"
    again = pydyf.PDF()
    again.info["Title"] = pydyf.String("册")
    for number in range(objects):
        again.add_object(pydyf.Dictionary({"Number": number, "Half": 0.5, "List": pydyf.Array([number, b"/Name"])}))
    again.add_object(pydyf.Stream([b"x" * 400_000], compress=False))
    second = written(again)
    assert first == second


def test_one_object_is_had_without_unpacking_all() -> None:
    pdf = pydyf.PDF()
    for number in range(2_500):
        pdf.add_object(pydyf.Dictionary({"Number": number}))
    raw = written(pdf)
    sizes = []
    with pikepdf.open(BytesIO(raw)) as opened:
        for at in range(1, len(opened.objects) + 1):
            found = opened.get_object(at, 0)
            if isinstance(found, pikepdf.Stream) and found.get("/Type") == "/ObjStm":
                sizes.append(int(found.N))
    assert sum(sizes) >= 2_500
    assert max(sizes) <= 100


def test_table_of_objects_is_read_whatever_its_compressed_form_ends_with() -> None:
    plain = 0
    for size in range(2_000):
        pdf = pydyf.PDF()
        pdf.add_object(pydyf.Stream([b"x" * size], compress=False))
        raw = written(pdf)
        table = raw[raw.rindex(b" obj\n") :]
        if b"/FlateDecode" in table:
            continue
        plain += 1
        with pikepdf.open(BytesIO(raw)) as opened:
            assert opened.get_object(3, 0).read_bytes() == b"x" * size
            assert opened.get_warnings() == []
    assert plain
