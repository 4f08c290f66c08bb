"""What printing needs: system libraries, font files, and a page that really comes out."""

from __future__ import annotations

import ctypes
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.commands.checkup.result import Result, State, apt_install
from generator.prints.fonts import FANDOL, STACKS, Face, activate_fonts, font_stack
from generator.prints.glyphs import require_glyphs
from generator.prints.system_libraries import load_weasyprint


class Library(NamedTuple):
    """A shared library and the Debian package that has it."""

    file: str
    package: str


LIBRARIES = (
    Library("libpango-1.0.so.0", "libpango-1.0-0"),
    Library("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
)
SUBSETTER = Library("libharfbuzz-subset.so.0", "libharfbuzz-subset0")

RARE_NAMES = "䶮𬭎堃喆㛃"
"""Characters of given names that only the last font of each stack has."""
SLOW_PAGE = 2.0
"""Seconds for one warm page above which something is wrong: usual is 0.2, and 8 without the subsetting library."""


def loads(library: Library) -> bool:
    try:
        ctypes.CDLL(library.file)
    except OSError:
        return False
    return True


def library(wanted: Library) -> Result:
    if loads(wanted):
        return Result(State.FINE, wanted.package, "已安装")
    return Result(State.MISSING, wanted.package, "没有安装；无法生成 PDF", apt_install(wanted.package))


def subsetter() -> Result:
    """Pango does not bring this library along, and WeasyPrint falls back to a route 37 times slower."""
    if loads(SUBSETTER):
        return Result(State.FINE, SUBSETTER.package, "已安装")
    return Result(State.SLOW, SUBSETTER.package, "没有安装；生成 PDF 会慢约 37 倍", apt_install(SUBSETTER.package))


def font_files(found: dict[Face, Path | None]) -> Iterator[Result]:
    for face, path in found.items():
        if path is not None:
            yield Result(State.FINE, face.file, str(path.parent))
        elif face.required:
            remedy = "jishi doctor --install-fonts" if face.package == FANDOL else apt_install(face.package)
            yield Result(State.MISSING, face.file, "没有找到；打印会停止", remedy)


def trial_page() -> Result:
    """Print one page in every typeface, twice; the second time counts."""
    subject = "PDF 试印"
    try:
        activate_fonts()
        with warnings.catch_warnings():
            # The missing subsetter has a line of its own.
            warnings.simplefilter("ignore", DeprecationWarning)
            load_weasyprint()
        from weasyprint import HTML

        body = "".join(f"<p style='font-family:{font_stack(name)}'>{name}：{RARE_NAMES}</p>" for name in STACKS)
        page = HTML(string=f"<html lang='zh-CN'><title>{subject}</title><body>{body}</body></html>")
        for _ in range(2):
            started = time.perf_counter()
            with require_glyphs():
                page.write_pdf(pdf_variant="pdf/a-3a")
            seconds = time.perf_counter() - started
    except Exception as error:
        return Result(State.MISSING, subject, f"没有成功：{' '.join(str(error).split())}", "先处理上面缺少的各项")
    detail = f"成功，一页 {seconds:.2f} 秒"
    if seconds > SLOW_PAGE:
        return Result(State.SLOW, subject, detail, "先处理上面“会慢”的各项；仍慢时检查本机负载")
    return Result(State.FINE, subject, detail)
