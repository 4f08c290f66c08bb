"""A character that no font of ours has must stop the print: a box in a name is a wrong name."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from generator.diagnostics import JishiError

_MARK = ".notdef glyph"


class MissingGlyphError(JishiError):
    """`characters` are those without a glyph, each once, in order of appearance."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        named = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in characters)
        super().__init__(
            f"打印字体里没有这些字：{named}",
            "请核对是否误录；确有此字时安装 fonts-hanazono（apt-get install fonts-hanazono）后重试。",
        )


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread = threading.get_ident()
        self.found: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread and isinstance(record.msg, str) and record.msg.startswith(_MARK):
            character = record.args[0] if isinstance(record.args, tuple) and record.args else record.getMessage()
            self.found[str(character)] = None


@contextmanager
def require_glyphs() -> Iterator[None]:
    """Wrap rendering *and* writing of a PDF: raises `MissingGlyphError` at the end when a glyph was missing."""
    logger = logging.getLogger("weasyprint")
    collector = _Collector()
    level = logger.level
    if not logger.isEnabledFor(logging.WARNING):
        logger.setLevel(logging.WARNING)
    logger.addHandler(collector)
    try:
        yield
    finally:
        logger.removeHandler(collector)
        logger.setLevel(level)
    if collector.found:
        raise MissingGlyphError(tuple(collector.found))
