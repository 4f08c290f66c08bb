"""Keeps every stream's stated length beyond doubt.

A validator takes the line end before `endstream` as no part of the stream. When compressed data happen to end with a carriage return, it
counts one byte less than stated and refuses the file: one stream in 256, one dossier in ten.
"""

from __future__ import annotations

import zlib
from typing import Any

DOUBTFUL = b"\r\nendstream"
_RETURN = 0x0D


def settle_streams(pdf: Any) -> None:
    """Part of a WeasyPrint finisher: changes each stream whose compressed form would end with a carriage return.

    Compressed data end with the Adler-32 sum of the content. A line feed more at the end of a page's operators or of a font
    is of no effect; an attachment must keep its bytes and stays uncompressed instead.
    """
    for item in pdf.objects:
        if not getattr(item, "compress", False):
            continue
        content = b"\n".join(part if isinstance(part, bytes) else str(part).encode() for part in _plain(item.stream))
        if zlib.adler32(content) & 0xFF != _RETURN:
            continue
        if item.extra.get("Type") == "/EmbeddedFile":
            item.compress = False
        else:
            item.stream.append(b"")
            if "Length1" in item.extra:
                item.extra["Length1"] += 1


def _plain(parts: Any) -> Any:
    return (part.data if hasattr(part, "data") else part for part in parts)
