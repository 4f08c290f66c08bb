"""Turns one HTML page into the bytes of one archival PDF. Runs in a worker process; keeps what is dear to make.

WeasyPrint is imported here alone and only when something is printed.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any

from generator.diagnostics import JishiError
from generator.prints.fonts import activate_fonts
from generator.prints.glyphs import require_glyphs
from generator.prints.made_of import ENTRY, key_of
from generator.prints.markup import page_of
from generator.prints.pdfua import declare_pdfua
from generator.prints.pictures import closed_to_all_but
from generator.prints.sheaf import Sheaf
from generator.prints.subsets import embed_outlines, use_small_subsets
from generator.prints.swift import use_swift_steps
from generator.prints.swift.lines import forget_lines
from generator.prints.system_libraries import load_weasyprint
from generator.prints.writer import write_file

_ALONE = threading.Lock()
"""Pango draws for one thread at a time; a worker of a cluster may have several."""


class UnexpectedFontsError(JishiError):
    """The worker sees other fonts than the process that handed out the work."""

    def __init__(self) -> None:
        super().__init__(
            "打印进程所用的字体与本机不同，已停止打印。", "请在每台打印机器上运行 jishi doctor，安装同样的字体。"
        )


@lru_cache(maxsize=1)
def _press() -> tuple[str, Any]:
    fingerprint = activate_fonts().fingerprint
    load_weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    use_small_subsets()
    use_swift_steps()
    return fingerprint, FontConfiguration()


@lru_cache(maxsize=4)
def _stylesheet(css: str) -> Any:
    _, fonts = _press()
    from weasyprint import CSS

    return CSS(string=css, font_config=fonts, url_fetcher=closed_to_all_but())


def print_pdf(sheaf: Sheaf) -> bytes:
    """The PDF/A-3a + PDF/UA-1 file of a sheaf; the same sheaf gives the same bytes.

    Raises `MissingGlyphError` when a character has no glyph, `FontsMissingError` and `UnexpectedFontsError`,
    `ScanFaultError` when a scan cannot be drawn.
    """
    fingerprint, fonts = _press()
    if fingerprint != sheaf.fonts:
        raise UnexpectedFontsError
    with _ALONE, require_glyphs(), _undisturbed():
        return _draw(sheaf, fonts)


def forget_pages() -> None:
    """Nothing of the pages printed so far stays in the memory of this process for the next."""
    if _press.cache_info().currsize:
        forget_lines(_press()[1])


def _draw(sheaf: Sheaf, fonts: Any) -> bytes:
    """A step of its own, so that no name holds the document when garbage is looked for."""
    page = page_of(sheaf.html, sheaf.css, closed_to_all_but(sheaf.pictures, sheaf.scans))
    document = page.render(font_config=fonts, stylesheets=[_stylesheet(sheaf.css)])
    return _write(document, sheaf)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No search for garbage while a document is made of a million objects that all live until it is written.

    One search after, among what was made since and no more.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect(0)


def _write(document: Any, sheaf: Sheaf) -> bytes:
    finish = partial(_finish, sheaf)
    return bytes(document.write_pdf(finisher=finish, attachments=[_attachment(sheaf)], pdf_variant="pdf/a-3a"))


def _attachment(sheaf: Sheaf) -> Any:
    from weasyprint import Attachment

    midnight = datetime(sheaf.day.year, sheaf.day.month, sheaf.day.day, tzinfo=UTC)
    return Attachment(
        string=sheaf.slice_text,
        name=sheaf.slice_name,
        description=sheaf.description,
        relationship="Source",
        created=midnight,
        modified=midnight,
    )


def _finish(sheaf: Sheaf, document: Any, pdf: Any) -> None:
    from pydyf import String

    pdf.info[ENTRY] = String(key_of(sheaf))
    declare_pdfua(document, pdf)
    embed_outlines(pdf, sheaf.grid)
    pdf.write = partial(write_file, pdf)
