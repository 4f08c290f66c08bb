"""Small font subsets: of a CID-keyed CFF font, the outlines that are used and nothing else.

WeasyPrint keeps every glyph's number by leaving an empty glyph for each one that is not used, and wraps the outlines into a whole
font file: 15 KB a face that say nothing. A CID-keyed font names its glyphs by number (CID) anyway, so that the empty ones can go.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from functools import lru_cache
from io import BytesIO
from types import SimpleNamespace
from typing import Any

_SFNT_CFF = b"OTTO"
_KEPT = frozenset((b"CFF ", b"head", b"maxp", b"cmap", b"hhea", b"hmtx"))
"""Tables that a subset is made from; only the first is embedded."""
_EM = 1000
_VMOVETO, _RMOVETO, _HMOVETO, _ZERO = 4, 21, 22, 139


def use_small_subsets() -> None:
    """Makes WeasyPrint subset fonts here from now on, in this process."""
    from weasyprint.pdf.fonts import Font

    if getattr(Font.subset, "small", False):
        return
    Font.subset = _small(Font.subset)


def _small(otherwise: Callable[[Any, Mapping[int, str], bool], None]) -> Any:
    def subset(font: Any, to_unicode: Mapping[int, str], hinting: bool) -> None:
        content = None
        if to_unicode and not font.missing and "CFF " in font.tables:
            content = _subset(font, sorted({0, *to_unicode}))
        if content is None:
            otherwise(font, to_unicode, hinting)
        else:
            font.file_content = content

    subset.small = True  # type: ignore[attr-defined]
    return subset


def _subset(font: Any, glyphs: list[int]) -> bytes | None:
    """A font file with these glyphs alone, each numbered by its place in the whole font; none of a font that has no numbers."""
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset
    from weasyprint.text.fonts import get_hb_object_data

    if not harfbuzz_subset:
        return None
    wanted = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    numbers = ffi.new("hb_codepoint_t[]", glyphs)
    harfbuzz.hb_set_add_sorted_array(harfbuzz_subset.hb_subset_input_glyph_set(wanted), numbers, len(glyphs))
    tags = sorted(harfbuzz.hb_tag_from_string(tag.encode(), -1) for tag in font.tables if tag.encode() not in _KEPT)
    dropped = harfbuzz_subset.hb_subset_input_set(wanted, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG)
    harfbuzz.hb_set_add_sorted_array(dropped, ffi.new("hb_codepoint_t[]", tags), len(tags))
    harfbuzz_subset.hb_subset_input_set_flags(
        wanted, harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE | harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
    )
    face = ffi.gc(harfbuzz_subset.hb_subset_or_fail(font.hb_face, wanted), harfbuzz.hb_face_destroy)
    content: bytes | None = get_hb_object_data(face) if face else None
    numbered = numbers_of(outlines(content)) if content else []
    if content is None or not numbered:
        return None
    if numbered == glyphs or (len(numbered) > len(glyphs) and set(glyphs) <= set(numbered)):
        # HarfBuzz adds the variants of a character, such as of a comma in Noto: numbers say which is which.
        return _with_one_width(content)
    return _renumbered(content, glyphs) if len(numbered) == len(glyphs) else None


def _with_one_width(content: bytes) -> bytes:
    """The font with one usual width for all its glyphs. In a font with several dictionaries a glyph states its width against that of its
    own; validators look into the first alone."""
    from fontTools.misc.psCharStrings import encodeIntT2
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(content), recalcBBoxes=False, recalcTimestamp=False)
    top = font["CFF "].cff.topDictIndex[0]
    privates = [one.Private for one in top.FDArray]
    if len({(one.defaultWidthX, one.nominalWidthX) for one in privates}) == 1:
        return content
    widths = font["hmtx"].metrics
    for name in top.charset:
        drawn, number = top.CharStrings.getItemAndSelector(name)
        width, code = widths[name][0], drawn.bytecode
        if width != privates[number or 0].defaultWidthX:
            code = code[_length(code[0]) :]
        drawn.bytecode = code if width == _EM else encodeIntT2(width) + _moved_both_ways(code)
    for one in privates:
        one.defaultWidthX, one.nominalWidthX = _EM, 0
    saved = BytesIO()
    font.save(saved)
    return saved.getvalue()


def _moved_both_ways(code: bytes) -> bytes:
    """The outline with `rmoveto` for a first `hmoveto` or `vmoveto`: not every validator knows a width before these."""
    end = _length(code[0])
    if code[0] != 28 and code[0] < 32:
        return code
    if code[end] == _HMOVETO:
        return code[:end] + bytes((_ZERO, _RMOVETO)) + code[end + 1 :]
    if code[end] == _VMOVETO:
        return bytes((_ZERO,)) + code[:end] + bytes((_RMOVETO,)) + code[end + 1 :]
    return code


def _length(first: int) -> int:
    """Bytes of a number in an outline that begins with this one (Adobe Technical Note 5177, section 3.2)."""
    return {28: 3, 255: 5}.get(first, 1 if first < 247 else 2)


def _renumbered(content: bytes, glyphs: list[int]) -> bytes:
    """The font with these numbers for its glyphs. A page names a glyph by its place in the whole font; where that is not the
    number the font itself gives it, as of the dashes of Fandol, nothing would be drawn."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(content), recalcBBoxes=False, recalcTimestamp=False)
    top = font["CFF "].cff.topDictIndex[0]
    names = [".notdef", *(f"cid{number:05}" for number in glyphs[1:])]
    drawn = top.CharStrings.charStrings
    top.CharStrings.charStrings = {new: drawn[old] for old, new in zip(top.charset, names, strict=True)}
    top.charset = names
    font.setGlyphOrder(names)
    saved = BytesIO()
    font.save(saved)
    return saved.getvalue()


def outlines(font: bytes) -> bytes:
    """The table of outlines of a font file; empty where it has none of that kind."""
    if font[:4] != _SFNT_CFF:
        return b""
    (count,) = struct.unpack(">H", font[4:6])
    for index in range(count):
        tag, _, offset, length = struct.unpack(">4sLLL", font[12 + 16 * index : 28 + 16 * index])
        if tag == b"CFF ":
            return font[offset : offset + length]
    return b""


def numbers_of(table: bytes) -> list[int]:
    """The number (CID) of each glyph of a CID-keyed table of outlines, in order; empty for any other."""
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(table), None)
    top = fonts[0]
    if not hasattr(top, "ROS"):
        return []
    return [0, *(int(name[3:]) for name in top.charset[1:])]


def embed_outlines(pdf: Any, grid: int = 1) -> None:
    """Part of a WeasyPrint finisher: embeds CID-keyed fonts as their outlines alone (`CIDFontType0C`). `grid`: as of `on_grid`."""
    for item in pdf.objects:
        if getattr(item, "extra", {}).get("Subtype") != "/OpenType":
            continue
        table = outlines(b"".join(item.stream))
        if table and numbers_of(table):
            item.stream = [on_grid(table, grid) if grid > 1 else table]
            item.extra["Subtype"] = "/CIDFontType0C"


def on_grid(table: bytes, grid: int) -> bytes:
    """The outlines with their points on a grid of so many thousandths of the height of a character: numbers that are alike pack well.

    Twelve are 0.04 mm in a text of 10.5 points, of which a point is moved by half at most, and save a third of the room.
    """
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(table), None)
    top = fonts[0]
    if len(fonts.GlobalSubrs) or any(len(getattr(one.Private, "Subrs", ())) for one in top.FDArray):
        return table
    for name in top.charset:
        drawn, number = top.CharStrings.getItemAndSelector(name)
        widths = top.FDArray[number or 0].Private
        drawn.bytecode = _coarse(drawn.bytecode, widths.defaultWidthX, widths.nominalWidthX, grid)
        drawn.program = None
    saved = BytesIO()
    fonts.compile(saved, SimpleNamespace(recalcBBoxes=False), isCFF2=False)
    return saved.getvalue()


@lru_cache(maxsize=8192)
def _coarse(code: bytes, usual: int, nominal: int, grid: int) -> bytes:
    """One outline on the grid; the same characters come again on the next sheet."""
    from fontTools.misc.psCharStrings import T2CharString, encodeIntT2
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    drawn = T2CharString(code, private=SimpleNamespace(defaultWidthX=usual, nominalWidthX=nominal), globalSubrs=[])
    seen, made = RecordingPen(), T2CharStringPen(None, None)
    drawn.draw(seen)
    for step, points in seen.value:
        getattr(made, step)(*((round(x / grid) * grid, round(y / grid) * grid) for x, y in points))
    outline = made.getCharString()
    outline.compile()
    if drawn.width == usual:
        return bytes(outline.bytecode)
    return bytes(encodeIntT2(drawn.width - nominal) + _moved_both_ways(outline.bytecode))
