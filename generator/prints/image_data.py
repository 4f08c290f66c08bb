"""Whether the data of an image in a PDF is all there. A reader draws what it has of it, and the rest white, grey or not at all.

Nothing is decoded that can be judged by its structure; what is judged is completeness, not beauty.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_AT_A_TIME = 1 << 20
_EOFB = "000000000001" * 2
"""The end of a Group 4 image; no code of a row looks like it."""
_UNKNOWN_LENGTH = 0xFFFFFFFF
_JBIG2_PAGE = 48
_COLOURS = {"/DeviceGray": 1, "/CalGray": 1, "/G": 1, "/Indexed": 1, "/I": 1, "/Separation": 1, "/DeviceRGB": 3, "/RGB": 3,
            "/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4, "/CMYK": 4}  # fmt: skip


class IncompleteError(Exception):
    """Data that ends too early, or that is not what it is said to be."""


@contextmanager
def to_the_end() -> Iterator[None]:
    """WeasyPrint lets Pillow fill with grey what an image breaks off; of a paper that would hide the rest."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def listed(value: Any) -> list[Any]:
    """What a PDF gives as one thing or as an array of them."""
    import pikepdf

    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def inflated(data: bytes, at_least: int | None = None, keep: bool = True) -> bytes:
    """What a Flate stream holds. Without `at_least` it must come to its end, else to so many bytes; `keep=False` only looks.

    Raises `IncompleteError`.
    """
    # Some writers leave out the checksum: the end of the last block counts, and a checksum that is there must be right.
    decoder = zlib.decompressobj(-zlib.MAX_WBITS)
    length, check, rest, kept = 0, 1, data[2:], []
    part = data[:1]
    try:
        while (rest or part) and not decoder.eof:
            part = decoder.decompress(rest, _AT_A_TIME)
            rest = decoder.unconsumed_tail
            length, check = length + len(part), zlib.adler32(part, check)
            if keep:
                kept.append(part)
    except zlib.error as error:
        raise IncompleteError from error
    if not decoder.eof and (at_least is None or length < at_least):
        raise IncompleteError
    if at_least is not None and length < at_least:
        raise IncompleteError
    told = decoder.unused_data[:4]
    if len(told) == 4 and int.from_bytes(told, "big") != check:
        raise IncompleteError
    return b"".join(kept)


def require_whole_jpeg(data: bytes) -> None:
    """Raises what the decoder says, also of what others only warn of: codes that are none, bytes too few or too many."""
    import pikepdf

    if not data:
        raise IncompleteError
    with pikepdf.new() as scratch:
        pikepdf.Stream(scratch, data, Filter=pikepdf.Name.DCTDecode).get_stream_buffer(pikepdf.StreamDecodeLevel.all)


def require_complete(image: Any) -> None:
    """Of an image as a stream object. Raises `IncompleteError`."""
    filters = [str(one) for one in listed(image.get("/Filter"))]
    parms = [*listed(image.get("/DecodeParms")), *[None] * len(filters)]
    last = filters[-1] if filters else ""
    if last in _JUDGES:
        _JUDGES[last](_before_last(image, filters), image, parms[len(filters) - 1])
    elif filters == ["/FlateDecode"]:
        inflated(image.read_raw_bytes(), expected_length(image, _value(parms[0], "/Predictor", 1) >= 10), keep=False)
    elif len(image.read_bytes()) < (expected_length(image) or 0):
        raise IncompleteError


def expected_length(image: Any, marked: bool = False) -> int | None:
    """Bytes of all rows; `marked`: with one byte before each row. None when the colours cannot be counted."""
    width, height = int(image.get("/Width")), int(image.get("/Height"))
    stencil = bool(image.get("/ImageMask", False))
    colours = 1 if stencil else _colours(image.get("/ColorSpace"))
    if colours is None:
        return None
    bits = 1 if stencil else int(image.get("/BitsPerComponent", 8))
    return ((width * colours * bits + 7) // 8 + marked) * height


def _colours(space: Any) -> int | None:
    parts = listed(space)
    family = str(parts[0]) if parts else ""
    if family == "/ICCBased" and len(parts) > 1:
        return int(parts[1].get("/N", 0)) or None
    if family == "/DeviceN" and len(parts) > 1:
        return len(parts[1])
    return _COLOURS.get(family)


def _before_last(image: Any, filters: list[str]) -> bytes:
    """The data as the last filter gets it."""
    if len(filters) == 1:
        return bytes(image.read_raw_bytes())
    if filters[:-1] == ["/FlateDecode"]:
        return inflated(image.read_raw_bytes())
    import pikepdf

    with pikepdf.new() as scratch:
        outer = pikepdf.Stream(scratch, image.read_raw_bytes(), Filter=pikepdf.Array(map(pikepdf.Name, filters[:-1])))
        return bytes(outer.read_bytes())


def _jpeg2000(data: bytes, image: Any, parms: Any) -> None:
    """Its tiles say how long each is, up to the mark of the end."""
    at = data.find(b"\xff\x4f\xff\x51")
    if at < 0:
        raise IncompleteError
    at += 2
    while data[at : at + 2] != b"\xff\xd9":
        mark, length = data[at : at + 2], int.from_bytes(data[at + 2 : at + 4], "big")
        if mark == b"\xff\x90":
            length = int.from_bytes(data[at + 6 : at + 10], "big")
            if length == 0:
                # The last tile goes on to the end.
                if data.rstrip(b"\0\r\n").endswith(b"\xff\xd9"):
                    return
                raise IncompleteError
            at += length
        else:
            at += length + 2
        if not mark.startswith(b"\xff") or length < 2 or at > len(data) - 2:
            raise IncompleteError


def _fax(data: bytes, image: Any, parms: Any) -> None:
    """Of Group 4 alone: in Group 3 hardly any writer marks the end."""
    if _value(parms, "/K", 0) >= 0 or not _value(parms, "/EndOfBlock", 1):
        if not data:
            raise IncompleteError
        return
    if _EOFB not in format(int.from_bytes(b"\1" + data, "big"), "b"):
        raise IncompleteError


def _jbig2(data: bytes, image: Any, parms: Any) -> None:
    """Its segments say how long each is."""
    shared = parms.get("/JBIG2Globals") if parms is not None else None
    if shared is not None:
        _segments(shared.read_bytes())
    if _JBIG2_PAGE not in _segments(data):
        raise IncompleteError


def _segments(data: bytes) -> set[int]:
    kinds, at = set(), 0
    try:
        while at < len(data) - 10:
            number, flags, referred = int.from_bytes(data[at : at + 4], "big"), data[at + 4], data[at + 5] >> 5
            at += 6
            if referred == 7:
                referred = int.from_bytes(data[at - 1 : at + 3], "big") & 0x1FFFFFFF
                at += 3 + (referred + 8) // 8
            at += referred * (1 if number <= 256 else 2 if number <= 65536 else 4) + (4 if flags & 0x40 else 1)
            length = int.from_bytes(data[at : at + 4], "big")
            kinds.add(flags & 0x3F)
            if length == _UNKNOWN_LENGTH:
                return kinds
            at += 4 + length
    except IndexError as error:
        raise IncompleteError from error
    if at > len(data):
        raise IncompleteError
    return kinds


def _value(parms: Any, key: str, otherwise: int) -> int:
    return int(parms.get(key, otherwise)) if parms is not None else otherwise


def _jpeg(data: bytes, *about: Any) -> None:
    require_whole_jpeg(data)


_JUDGES = {"/DCTDecode": _jpeg, "/DCT": _jpeg, "/JPXDecode": _jpeg2000, "/CCITTFaxDecode": _fax, "/CCF": _fax,
           "/JBIG2Decode": _jbig2}  # fmt: skip
