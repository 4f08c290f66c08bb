"""Pages of a scan as pictures that fit a sheet of A4 at 200 dpi; done by whoever prints, since it takes longest."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

from generator.prints.image_data import to_the_end
from generator.prints.image_files import require_whole_image
from generator.prints.pdf_scans import UnsoundError, require_sound
from generator.prints.scans import FORMATS, ScanFaultError
from generator.prints.sheaf import ScanSource
from generator.views.enclosed import scan_url

DPI = 200
_LONG, _SHORT = 2339, 1654
"""A4 at 200 dpi, in pixels."""
_QUALITY = 80
_GREY = 12
"""A page whose colours differ by no more than that is grey: paper is never quite white."""


def draw_pages(scan: ScanSource) -> Iterator[tuple[str, bytes]]:
    """URL and JPEG of each page. Raises `ScanFaultError` when something of a page is missing."""
    drawn = (_pdf(scan) if scan.is_pdf else _frames(scan)) if scan.content else iter(())
    number = 0
    try:
        for number, image in enumerate(drawn, 1):
            yield scan_url(scan.digest, number), _jpeg(image)
    except ScanFaultError:
        raise
    except MemoryError:
        raise
    except Exception as error:
        raise ScanFaultError(scan.told, scan.path, f"第 {number + 1} 页已损坏，无法读取") from error


def _pdf(scan: ScanSource) -> Iterator[Any]:
    import pypdfium2

    try:
        count = require_sound(scan.content)
    except UnsoundError as error:
        raise ScanFaultError(scan.told, scan.path, error.why, error.hint) from error
    document = pypdfium2.PdfDocument(scan.content)
    try:
        if len(document) != count:
            raise ScanFaultError(scan.told, scan.path, "是损坏的 PDF，有的页无法读取")
        for page in document:
            # A page larger than A4 is printed on A4; what is smaller keeps its 200 dpi.
            long = max(page.get_size()) or 1
            scale = min(DPI / 72, _LONG / long)
            yield page.render(scale=scale, draw_annots=True, may_draw_forms=True).to_pil()
            page.close()
    finally:
        document.close()


def _frames(scan: ScanSource) -> Iterator[Any]:
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(scan.content), formats=FORMATS) as image:
            for number in range(getattr(image, "n_frames", 1)):
                try:
                    with to_the_end():
                        image.seek(number)
                        require_whole_image(scan.content, image)
                        image.load()
                except MemoryError:
                    raise
                except Exception as error:
                    # A decoder meets bytes of any kind, and says so in any way.
                    raise ScanFaultError(scan.told, scan.path, f"第 {number + 1} 页的图像已损坏，无法读完") from error
                yield ImageOps.exif_transpose(image)


def _jpeg(image: Any) -> bytes:
    from PIL import Image

    plain = _opaque(image)
    if plain.mode == "RGB" and _is_grey(plain):
        plain = plain.convert("L")
    box = (_LONG, _SHORT) if plain.width > plain.height else (_SHORT, _LONG)
    plain.thumbnail(box, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _opaque(image: Any) -> Any:
    """Grey or RGB on white; what is transparent is paper."""
    from PIL import Image

    if image.mode in ("1", "L"):
        return image.convert("L")
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        paper.alpha_composite(layer)
        return paper.convert("RGB")
    return image.convert("RGB")


def _is_grey(image: Any) -> bool:
    from PIL import ImageChops

    small = image.resize((max(1, image.width // 4), max(1, image.height // 4)))
    red, green, blue = small.split()
    apart: list[Any] = [ImageChops.difference(a, b).getextrema() for a, b in ((red, green), (green, blue))]
    return all(most <= _GREY for _, most in apart)
