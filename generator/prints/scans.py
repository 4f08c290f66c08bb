"""Scans opened for the print: whether they can be read, and how many pages they have.

Where a scan lies, and what its size and first bytes say against it, is told by `records.scans`, as it is by a check.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.diagnostics import JishiError, Place
from generator.os_errors import reason
from generator.records.scans import HEAD, TOO_BIG, ScanFault, fault_of, find, kind_of

MAX_PIXELS = 100_000_000
"""A3 at 600 dpi has 70 million."""
MAX_PAGES = 200
MAX_POINTS = 4_000
"""Longest side of a PDF page: A0 has 3370."""
FORMATS = ("JPEG", "PNG", "TIFF")
_ORIENTATION = 0x0112
_ON_ITS_SIDE = frozenset((5, 6, 7, 8))
REMEDY = "重新扫描，或改正路径后再生成"


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan that was opened. `path` from the root of the records; `told`: where the record names it, as `path:line`."""

    path: str
    told: str
    digest: str
    is_pdf: bool
    wide: tuple[bool, ...]
    content: bytes = field(repr=False)


class ScanFaultError(JishiError):
    """A scan that cannot be bound in: where it is named, which file, and why."""

    def __init__(self, told: str, path: str, why: str, hint: str = REMEDY) -> None:
        super().__init__(f"{told} 的扫描件 {path} {why}", hint)


class ScanReader:
    """Reads scans below `data/`. `line`: the line of a place in its file, 0 when unknown."""

    def __init__(self, root: Path, line: Callable[[Place], int]) -> None:
        self._root = root
        self._line = line

    def __call__(self, written: str, place: Place) -> Scan:
        """Raises `ScanFaultError`: not there, not a scan, damaged, locked, too big."""
        line = self._line(place)
        told = f"{place.path}:{line}" if line else place.path
        found = find(self._root, place.path.rpartition("/")[0], written)
        if isinstance(found, ScanFault):
            raise ScanFaultError(told, f"“{written}”", found.why, found.hint)
        fault = fault_of(self._root, found)
        if fault is not None:
            raise ScanFaultError(told, found.path, fault.why, fault.hint)
        try:
            content = (self._root / found.path).read_bytes()
        except OSError as error:
            raise ScanFaultError(told, found.path, f"无法读取：{reason(error)}", "请检查文件权限") from error
        is_pdf = kind_of(content[:HEAD]) == "PDF"
        wide = (_pdf_pages if is_pdf else _image_pages)(content, told, found.path)
        return Scan(found.path, told, hashlib.sha256(content).hexdigest(), is_pdf, wide, content)


def _image_pages(content: bytes, told: str, path: str) -> tuple[bool, ...]:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image: Any
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                count = getattr(image, "n_frames", 1)
                if count > MAX_PAGES:
                    raise ScanFaultError(told, path, f"有 {count} 页，超过 {MAX_PAGES} 页", TOO_BIG)
                wide = []
                for number in range(count):
                    image.seek(number)
                    width, height = image.size
                    if width * height > MAX_PIXELS:
                        raise ScanFaultError(told, path, _pixels(width, height), TOO_BIG)
                    turned = image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE
                    wide.append((height if turned else width) > (width if turned else height))
    except ScanFaultError:
        raise
    except Image.DecompressionBombError as error:
        raise ScanFaultError(told, path, f"像素过多，超过 {MAX_PIXELS // 10_000} 万", TOO_BIG) from error
    except UnidentifiedImageError as error:
        raise ScanFaultError(told, path, "无法识别", "请转换为 PDF、JPEG、PNG 或 TIFF") from error
    except Exception as error:
        # A decoder meets bytes of any kind, and says so in any way.
        raise ScanFaultError(told, path, "已损坏，无法打开") from error
    return tuple(wide)


def _pixels(width: int, height: int) -> str:
    return f"有 {width}×{height} 像素，超过 {MAX_PIXELS // 10_000} 万"


def _pdf_pages(content: bytes, told: str, path: str) -> tuple[bool, ...]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ScanFaultError(told, path, "有密码，无法打开", "请去掉密码后另存") from error
        raise ScanFaultError(told, path, "是损坏的 PDF，无法打开") from error
    try:
        count = len(document)
        if count == 0:
            raise ScanFaultError(told, path, "是损坏的 PDF，没有一页")
        if count > MAX_PAGES:
            raise ScanFaultError(told, path, f"有 {count} 页，超过 {MAX_PAGES} 页", TOO_BIG)
        sizes = [document.get_page_size(number) for number in range(count)]
    except pypdfium2.PdfiumError as error:
        raise ScanFaultError(told, path, "是损坏的 PDF，有的页无法读取") from error
    finally:
        document.close()
    longest = max(max(size) for size in sizes)
    if longest > MAX_POINTS:
        raise ScanFaultError(told, path, f"的页面边长 {longest * 25.4 / 72:.0f} 毫米，超过 A0 幅面", TOO_BIG)
    return tuple(width > height for width, height in sizes)
