"""Whether a scan that is an image file is all there. Pillow asks for no checksum of a PNG, and passes over the warnings of a decoder."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from generator.prints.image_data import IncompleteError, inflated, require_whole_jpeg

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Colour type of a PNG → values of a pixel."""
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_AT_A_TIME = 1 << 20
_STRIPS, _STRIP_LENGTHS, _TILES, _TILE_LENGTHS = 273, 279, 324, 325
_COMPRESSION, _TABLES = 259, 347
_JPEG, _DEFLATE = 7, (8, 32946)


def require_whole_image(content: bytes, image: Any) -> None:
    """`image` is opened from `content`, and stands at the page in question. Raises `IncompleteError`, or what a decoder says.

    Of a TIFF only Deflate has a checksum and only JPEG a structure to be judged; what LZW cannot be is told when it is loaded.
    """
    if image.format == "PNG":
        if image.tell() == 0:
            _png(content)
    elif image.format == "TIFF":
        _tiff(content, image.tag_v2)
    else:
        # A camera puts a second picture behind the first.
        require_whole_jpeg(content[image.offset :] if image.format == "MPO" else content)


def _png(content: bytes) -> None:
    decoder, length, head = zlib.decompressobj(), 0, b""
    for kind, data in _chunks(content):
        if kind == b"IHDR":
            head = data
        elif kind == b"IDAT":
            while data and not decoder.eof:
                length += len(decoder.decompress(data, _AT_A_TIME))
                data = decoder.unconsumed_tail
    while not decoder.eof and (part := decoder.decompress(decoder.unconsumed_tail, _AT_A_TIME)):
        length += len(part)
    if not decoder.eof or length < _png_length(head):
        raise IncompleteError


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Up to the end that a PNG must have."""
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        data, told = content[at + 8 : at + 8 + length], content[at + 8 + length : at + 12 + length]
        if len(told) < 4 or zlib.crc32(data, zlib.crc32(kind)) != int.from_bytes(told, "big"):
            raise IncompleteError
        at += 12 + length
        yield kind, data


def _png_length(head: bytes) -> int:
    """Bytes of all rows, each with the one before it that says how it is filtered."""
    width, height = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
    bits = head[8] * _CHANNELS[head[9]]
    total = 0
    for left, top, right, down in _ADAM7 if head[12] else ((0, 0, 1, 1),):
        wide, high = -(-(width - left) // right), -(-(height - top) // down)
        total += high * (1 + (wide * bits + 7) // 8) if wide > 0 and high > 0 else 0
    return total


def _tiff(content: bytes, tags: Any) -> None:
    starts, lengths = (_STRIPS, _STRIP_LENGTHS) if _STRIPS in tags else (_TILES, _TILE_LENGTHS)
    for start, length in zip(tags.get(starts, ()), tags.get(lengths, ()), strict=True):
        if start + length > len(content):
            raise IncompleteError
        if tags.get(_COMPRESSION) in _DEFLATE:
            inflated(content[start : start + length], keep=False)
        elif tags.get(_COMPRESSION) == _JPEG:
            tables = tags.get(_TABLES, b"")
            require_whole_jpeg((tables[:-2] or b"\xff\xd8") + content[start + 2 : start + length])
