"""No stream ends in a way that makes its length doubtful."""

from __future__ import annotations

import zlib
from io import BytesIO

import pydyf
import pytest

from generator.prints.streams import DOUBTFUL, settle_streams


def content_ending_in_return() -> bytes:
    """Adler-32 begins with 1 and adds the bytes up: one more byte brings the sum to where we want it."""
    low = (0x0D - 1 - sum(b"q Q ")) % 256
    content = b"q Q " + bytes([low])
    assert zlib.adler32(content) & 0xFF == 0x0D
    return content


def written(pdf: pydyf.PDF) -> bytes:
    target = BytesIO()
    pdf.write(target, version=b"1.4")
    return target.getvalue()


@pytest.mark.parametrize("extra", [{}, {"Length1": 7}, {"Type": "/EmbeddedFile"}])
def test_doubtful_stream_is_settled(extra: dict[str, object]) -> None:
    content = content_ending_in_return()
    plain, settled = pydyf.PDF(), pydyf.PDF()
    for pdf in (plain, settled):
        pdf.add_object(pydyf.Stream([content], pydyf.Dictionary(dict(extra)), compress=True))
    settle_streams(settled)
    assert DOUBTFUL in written(plain)
    assert DOUBTFUL not in written(settled)
    stream = settled.objects[-1]
    if extra.get("Type"):
        assert content in written(settled)
    else:
        assert b"\n".join(stream.stream) == content + b"\n"
    assert stream.extra.get("Length1", 8) == 8


def test_other_streams_are_left_alone() -> None:
    pdf = pydyf.PDF()
    pdf.add_object(pydyf.Stream([b"q Q"], compress=True))
    settle_streams(pdf)
    assert pdf.objects[-1].stream == [b"q Q"]
    assert pdf.objects[-1].compress
