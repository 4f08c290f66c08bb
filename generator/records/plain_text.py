"""Files below `data/` that are neither records nor scans: nobody reads them, but what must be sealed must not stand in them either."""

from __future__ import annotations

from generator.records.raw_file import MAX_BYTES

KIND = "text"
_PICTURES = ("pdf", "ofd", "jpg", "jpeg", "jpe", "png", "tif", "tiff", "gif", "bmp", "webp", "heic", "heif")
_PACKED = ("zip", "rar", "7z", "gz", "tgz", "xz", "docx", "xlsx", "pptx", "odt", "ods", "doc", "xls", "ppt", "wps", "et")
_SOUND = ("mp3", "mp4", "m4a", "wav", "mov")
_NO_TEXT = tuple(f".{name}" for name in (*_PICTURES, *_PACKED, *_SOUND))
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def may_be_text(name: str) -> bool:
    """Whether a file of this name is worth opening."""
    return not name.lower().endswith(_NO_TEXT)


def text_of(raw: bytes) -> str:
    """The text of bytes in the encodings of editors, without the mark at its beginning."""
    if raw.startswith(_UTF_16):
        return raw.decode("utf-16", errors="replace")
    return raw.decode("utf-8", errors="replace").removeprefix("\ufeff")


def is_text(raw: bytes) -> bool:
    return raw.startswith(_UTF_16) or b"\0" not in raw[:8000]


def too_long(raw: bytes) -> bool:
    """Longer than what is read of a file: its end was not looked at."""
    return len(raw) > MAX_BYTES
