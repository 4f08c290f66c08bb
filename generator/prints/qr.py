"""The QR code in the footer: who, and the whole digest of the slice, for a reader that cannot type 64 digits."""

from __future__ import annotations

import io

BORDER = 2
"""Modules left white around the code; the page beyond is white too."""
URL = "jishi:qr"
"""How a page names the picture."""
_SCHEME = "JISHI"


def qr_content(person: str, digest: str) -> str:
    """What the code says. Upper case keeps it small: such text has an encoding of its own."""
    return f"{_SCHEME}:{person}:{digest}".upper()


def qr_png(person: str, digest: str) -> bytes:
    """The code as a PNG with one pixel a module; the same input gives the same bytes."""
    import segno

    out = io.BytesIO()
    segno.make(qr_content(person, digest), error="m", micro=False, boost_error=False).save(
        out, kind="png", scale=1, border=BORDER
    )
    return _grey(out.getvalue())


def _grey(png: bytes) -> bytes:
    """Eight bits a pixel: what a PDF takes as it is."""
    from PIL import Image

    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("L").save(out, "PNG")
    return out.getvalue()
