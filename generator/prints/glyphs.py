"""A character that no font of ours has must stop the print: a box in a name is a wrong name."""

from __future__ import annotations

import logging
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from generator.diagnostics import JishiError
from generator.prints.fonts import RARE_HAN, find_faces

_HAN = ((0x2E80, 0x2FDF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_MARK = ".notdef glyph"


class MissingGlyphError(JishiError):
    """`characters` are those without a glyph, each once, in order of appearance."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        named = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in characters)
        super().__init__(f"打印字体里没有这些字：{named}", "；".join(dict.fromkeys(map(_remedy, characters))) + "。")


def _remedy(character: str) -> str:
    point, kind = ord(character), unicodedata.category(character)
    if any(first <= point <= last for first, last in _HAN):
        installed = all(path for face, path in find_faces().items() if face.package == RARE_HAN)
        if installed:
            return "汉字请核对是否误录；确有此字的，请改用能打印的写法登记"
        return f"汉字请核对是否误录，确有此字时安装 {RARE_HAN}（apt-get install {RARE_HAN}）后重试"
    if kind == "Co":
        return "私用区的字（自造字）在别的机器上会是另一个字，请改用标准的字登记"
    if kind[0] in "LM":
        return "这种文字不能打印，请改用汉字或拉丁字母登记"
    return "表情和特殊符号不能打印，请从记录里删去"


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
