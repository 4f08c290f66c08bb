"""Whether all that the pages of a scanned PDF draw is there: a reader leaves out in silence what it cannot read.

Judged is what is drawn: content, forms and images named in it, annotations. Fonts are not: text that is copied or printed is no scan.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

from generator.prints.image_data import IncompleteError, inflated, listed, require_complete
from generator.prints.scans import MAX_PIXELS, REMEDY
from generator.records.scans import TOO_BIG

_DEEPEST = 12
_LONGEST = 2_000_000
"""Bytes of content that is looked at operator by operator; beyond that it is a drawing, and only what it names counts."""
_PAINTING = frozenset(
    ("Do", "INLINE_IMAGE", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Tj", "TJ", "'", '"')
)
_KNOWN = _PAINTING | frozenset(
    ("q", "Q", "cm", "w", "J", "j", "M", "d", "ri", "i", "gs", "m", "l", "c", "v", "y", "h", "re", "n", "W", "W*",
     "BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts", "Td", "TD", "Tm", "T*", "d0", "d1", "CS", "cs", "SC", "SCN",
     "sc", "scn", "G", "g", "RG", "rg", "K", "k", "MP", "DP", "BMC", "BDC", "EMC", "BX", "EX")
)  # fmt: skip
_SLIP = re.compile(r"[-+.\d]+")
"""A number that some program writes wrongly, such as `0.00-35`; every reader makes something of it."""


class UnsoundError(Exception):
    """`why` continues a sentence that begins with the file."""

    def __init__(self, why: str, hint: str = REMEDY) -> None:
        super().__init__(why, hint)
        self.why, self.hint = why, hint


def require_sound(content: bytes) -> int:
    """The number of pages. Raises `UnsoundError` for the first page of which something is missing."""
    import pikepdf

    try:
        with warnings.catch_warnings(), pikepdf.open(io.BytesIO(content)) as document:
            warnings.simplefilter("error", UserWarning)
            told, found = document.Root.Pages.get("/Count"), len(document.pages)
            if told is not None and told != found:
                raise UnsoundError(f"写有 {told} 页，只找到 {found} 页")
            seen: set[tuple[int, int]] = set()
            for number, page in enumerate(document.pages, 1):
                try:
                    _Page(page.obj, seen).look()
                except UnsoundError as error:
                    raise UnsoundError(f"第 {number} 页{error.why}", error.hint) from error
                except MemoryError:
                    raise
                except Exception as error:
                    # A page may hold a thing of any kind in any place.
                    raise UnsoundError(f"第 {number} 页已损坏，无法读取") from error
            return found
    except pikepdf.PasswordError as error:
        raise UnsoundError("有密码，无法打开") from error
    except pikepdf.PdfError as error:
        raise UnsoundError("是损坏的 PDF，无法打开") from error


class _Page:
    """`seen`: objects of the document that were looked at on an earlier page."""

    def __init__(self, page: Any, seen: set[tuple[int, int]]) -> None:
        self._page = page
        self._seen = seen

    def look(self) -> None:
        left, bottom, right, top = map(float, _inherited(self._page, "/MediaBox") or (0, 0, 0, 0))
        if not (left != right and bottom != top):
            # A reader would take a sheet of its own choice, and cut off what is beyond.
            raise UnsoundError("没有页面大小")
        resources = _inherited(self._page, "/Resources")
        streams = listed(self._page.get("/Contents"))
        if not streams and resources is not None and (resources.get("/XObject") or resources.get("/Font")):
            raise UnsoundError("缺少页面内容")
        self._content(streams, resources, 0)
        for annotation in listed(self._page.get("/Annots")):
            for stream in _appearances(annotation):
                self._form(stream, resources, 1)

    def _content(self, streams: list[Any], resources: Any, depth: int) -> None:
        """The streams of a page are one text, cut anywhere between two words."""
        import pikepdf

        if not all(isinstance(one, pikepdf.Stream) for one in streams):
            raise UnsoundError("缺少页面内容")
        try:
            text = b"\n".join(map(_decoded, streams))
        except (IncompleteError, pikepdf.PdfError, pikepdf.DataDecodingError) as error:
            raise UnsoundError("的内容已损坏，无法读取") from error
        with pikepdf.new() as scratch:
            for operands, operator in _instructions(pikepdf.Stream(scratch, text), len(text) > _LONGEST):
                if operator == "Do":
                    self._named(str(operands[0]), resources, depth)
                elif operator == "INLINE_IMAGE":
                    self._image(_as_stream(operands[0], scratch))
            if any("EOF" in warning for warning in scratch.get_warnings()):
                raise UnsoundError("的内容不完整")

    def _named(self, name: str, resources: Any, depth: int) -> None:
        import pikepdf

        held = resources.get("/XObject") if resources is not None else None
        found = held.get(name) if isinstance(held, pikepdf.Dictionary) else None
        if not isinstance(found, pikepdf.Stream):
            raise UnsoundError("缺少图像")
        if found.get("/Subtype") == "/Image":
            self._image(found)
        elif found.get("/Subtype") == "/Form":
            self._form(found, resources, depth + 1)

    def _form(self, form: Any, resources: Any, depth: int) -> None:
        if depth > _DEEPEST:
            raise UnsoundError("的内容嵌套过深")
        if self._is_new(form):
            self._content([form], form.get("/Resources", resources), depth)

    def _image(self, image: Any) -> None:
        import pikepdf

        if not self._is_new(image):
            return
        try:
            if int(image.get("/Width")) * int(image.get("/Height")) > MAX_PIXELS:
                raise UnsoundError(f"的图像像素过多，超过 {MAX_PIXELS // 10_000} 万", TOO_BIG)
            require_complete(image)
            for key in ("/SMask", "/Mask"):
                if isinstance(image.get(key), pikepdf.Stream):
                    self._image(image.get(key))
        except UnsoundError:
            raise
        except MemoryError:
            raise
        except Exception as error:
            # A decoder meets bytes of any kind, and says so in any way.
            raise UnsoundError("的图像已损坏，无法读完") from error

    def _is_new(self, one: Any) -> bool:
        if one.objgen in self._seen:
            return False
        if one.is_indirect:
            self._seen.add(one.objgen)
        return True


def _decoded(stream: Any) -> bytes:
    filters = [str(one) for one in listed(stream.get("/Filter"))]
    if filters == ["/FlateDecode"] and "/DecodeParms" not in stream:
        return inflated(stream.read_raw_bytes())
    return bytes(stream.read_bytes())


def _instructions(stream: Any, drawing: bool) -> Iterator[tuple[Any, str]]:
    """Raises `UnsoundError` for what is no content of a page, or breaks off."""
    import pikepdf

    try:
        found = [(one.operands, str(one.operator).replace(" ", "_")) for one in
                 pikepdf.parse_content_stream(stream, "Do" if drawing else "")]  # fmt: skip
    except (UserWarning, ValueError, pikepdf.PdfError) as error:
        raise UnsoundError("的内容已损坏，无法读取") from error
    opened = painted = tolerant = 0
    for operands, word in found:
        tolerant += (word == "BX") - (word == "EX")
        if word not in _KNOWN and not tolerant and not _SLIP.fullmatch(word):
            raise UnsoundError("的内容已损坏，无法读取")
        painted += word in _PAINTING
        opened += (word == "q") - (word == "Q")
        yield operands, word
    if opened > 0 and not painted:
        raise UnsoundError("的内容不完整")


def _as_stream(inline: Any, document: Any) -> Any:
    """An image that stands in the content itself, as one that stands for itself; its colours are too short a word to be judged."""
    import pikepdf

    text = inline.unparse()
    data = text[text.index(b"ID") + 3 : text.rindex(b"EI")]
    stream = pikepdf.Stream(document, data, Width=inline.width, Height=inline.height)
    stream.BitsPerComponent = inline.bits_per_component
    if inline.image_mask:
        stream.ImageMask = True
    elif inline.colorspace in ("/DeviceGray", "/DeviceRGB", "/DeviceCMYK"):
        stream.ColorSpace = pikepdf.Name(inline.colorspace)
    if inline.filters:
        stream.Filter = pikepdf.Array(pikepdf.Name(one) for one in inline.filters)
        stream.DecodeParms = pikepdf.Array(inline.decode_parms)
    return stream


def _inherited(page: Any, key: str) -> Any:
    for _ in range(_DEEPEST * 4):
        if page is None or key in page:
            break
        page = page.get("/Parent")
    return page.get(key) if page is not None else None


def _appearances(annotation: Any) -> Iterator[Any]:
    import pikepdf

    shown = annotation.get("/AP") if isinstance(annotation, pikepdf.Dictionary) else None
    normal = shown.get("/N") if isinstance(shown, pikepdf.Dictionary) else None
    if isinstance(normal, pikepdf.Stream):
        yield normal
    elif isinstance(normal, pikepdf.Dictionary):
        yield from (one for one in normal.values() if isinstance(one, pikepdf.Stream))
