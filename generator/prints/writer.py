"""Writes the objects of a PDF into a file: each compressed once, in a way that leaves no stream's length in doubt.

WeasyPrint's own writer compresses everything twice, once for the identifier of the file.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

_BINARY = b"%\xf0\x9f\x96\xa4"
_RETURN = b"\r"
_LEVEL = 6
_FREE = 65535
_TOGETHER = 100
"""Dictionaries in one object stream. A reader unpacks the whole stream for the first of them: with all in one, whoever wants only the
pages would have to read the tags, which are nine tenths of it.
"""


def write_file(pdf: Any, output: Any, version: Any = b"1.7", identifier: Any = True, compress: bool = True) -> None:
    """Takes the place of `pydyf.PDF.write` for a document written as PDF 1.5 or later; the identifier follows from the content.

    Dictionaries go into object streams, which a PDF/A-3 may have.
    """
    if pdf.info:
        pdf.add_object(pdf.info)
    number = version if isinstance(version, bytes) else str(version).encode()
    body = _Body(b"%PDF-" + number + b"\n" + _BINARY + b"\n")
    packed: list[tuple[int, bytes]] = []
    for item in pdf.objects[1:]:
        if item.compressible:
            packed.append((item.number, item.data))
        else:
            body.stream(item.number, *stream_of(item))
    number_of_next = len(pdf.objects)
    for start in range(0, len(packed), _TOGETHER):
        body.packed(number_of_next, packed[start : start + _TOGETHER])
        number_of_next += 1
    output.write(body.finish(number_of_next, pdf.catalog.reference, pdf.info.reference if pdf.info else b""))


class _Body:
    """The file so far, and where each object lies."""

    def __init__(self, head: bytes) -> None:
        self._parts = [head]
        self._length = len(head)
        self.places: dict[int, tuple[int, int, int]] = {0: (0, 0, _FREE)}
        """Object → how it is there, where, and which one it is there; as a cross-reference stream has it."""

    def stream(self, number: int, content: bytes, entries: dict[bytes, bytes]) -> None:
        self.places[number] = (1, self._length, 0)
        words = b"".join(b"/" + key + b" " + value for key, value in entries.items())
        self._add(
            b"%d 0 obj\n<<%s/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, words, len(content), content)
        )

    def packed(self, holder: int, objects: list[tuple[int, bytes]]) -> None:
        """Object stream `holder`, with the dictionaries given as number and content."""
        heads, position = [], 0
        for index, (number, data) in enumerate(objects):
            heads.append(b"%d %d" % (number, position))
            position += len(data) + 1
            self.places[number] = (2, holder, index)
        head = b" ".join(heads)
        content = b"\n".join([head, *(data for _, data in objects)])
        entries = {b"Type": b"/ObjStm", b"N": b"%d" % len(objects), b"First": b"%d" % (len(head) + 1)}
        self.stream(holder, *compressed(content, entries))

    def _add(self, part: bytes) -> None:
        self._parts.append(part)
        self._length += len(part)

    def finish(self, number: int, root: bytes, info: bytes) -> bytes:
        """The whole file, with its cross-reference stream as object `number`."""
        start = self._length
        self.places[number] = (1, start, 0)
        width = (max(start, number).bit_length() + 7) // 8
        index_width = (max(max(c for _, _, c in self.places.values()), 1).bit_length() + 7) // 8
        rows = [
            kind.to_bytes(1, "big") + a.to_bytes(width, "big") + b.to_bytes(index_width, "big")
            for kind, a, b in (self.places[index] for index in range(number + 1))
        ]
        sum_ = hashlib.md5(b"".join(self._parts), usedforsecurity=False).hexdigest().encode()
        entries = {
            b"Type": b"/XRef",
            b"W": b"[1 %d %d]" % (width, index_width),
            b"Size": b"%d" % (number + 1),
            b"Root": root,
            b"ID": b"[<%s> <%s>]" % (sum_, sum_),
        }
        if info:
            entries[b"Info"] = info
        content, entries = compressed(_differences(rows), entries, padded=False)
        if b"Filter" in entries:
            entries[b"DecodeParms"] = b"<</Predictor 12/Columns %d>>" % (1 + width + index_width)
        else:
            # Without a filter no reader undoes the differences.
            content = b"".join(rows)
        self.stream(number, content, entries)
        self._add(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)


def _differences(rows: list[bytes]) -> bytes:
    """Each row as its difference from the one above (PNG predictor *up*): most entries are one more than the last."""
    above = bytes(len(rows[0]))
    parts = []
    for row in rows:
        parts.append(b"\x02" + bytes((a - b) & 0xFF for a, b in zip(row, above, strict=True)))
        above = row
    return b"".join(parts)


def stream_of(item: Any) -> tuple[bytes, dict[bytes, bytes]]:
    """Content and entries of a `pydyf.Stream`, compressed where it asks for that."""
    content = b"\n".join(as_bytes(part) for part in item.stream)
    entries = {as_bytes(key): as_bytes(value) for key, value in item.extra.items()}
    if not item.compress:
        return content, entries
    return compressed(content, entries, padded=entries.get(b"Type") != b"/EmbeddedFile")


def compressed(content: bytes, entries: dict[bytes, bytes], padded: bool = True) -> tuple[bytes, dict[bytes, bytes]]:
    """Content, compressed, with the entry that says so.

    A validator takes the line end before `endstream` as no part of the stream. When compressed data happen to end with a carriage
    return it counts one byte less than stated and refuses the file: one stream in 256, one dossier in ten. Compressed data end with the
    Adler-32 sum of the content, so a line feed more helps where it is of no effect (`padded`); elsewhere the content stays as it is.
    """
    packed = zlib.compress(content, _LEVEL)
    if packed.endswith(_RETURN):
        if not padded:
            return content, entries
        packed = zlib.compress(content + b"\n", _LEVEL)
        if b"Length1" in entries:
            entries = {**entries, b"Length1": b"%d" % (len(content) + 1)}
    return packed, {**entries, b"Filter": b"/FlateDecode"}


def as_bytes(item: Any) -> bytes:
    """A value as it is written, by the rules of pydyf."""
    if isinstance(item, bytes):
        return item
    if isinstance(item, float):
        return b"%d" % item if item.is_integer() else f"{item:f}".rstrip("0").encode()
    data = getattr(item, "data", None)
    return data if isinstance(data, bytes) else str(item).encode("ascii")
