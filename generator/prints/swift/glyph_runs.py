"""Draws a kept line from the glyphs found when it was first drawn, instead of shaping it once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.prints.swift.lines import kept
from generator.prints.swift.swap import swap


@dataclass(frozen=True, slots=True)
class _Face:
    """A font of Pango in one size, and by what WeasyPrint knows it."""

    font: Any
    key: int
    description: Any
    size: float
    holder: Any
    """A layout that uses the font: without any, Pango would give its address to another."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Glyphs of one face: number, offset and width in Pango's units, in order."""

    face: _Face
    glyphs: tuple[tuple[int, int, int], ...]
    texts: dict[int, str]
    """What each glyph stands for where it first occurs."""
    widths: dict[int, int]
    """Logical width of each glyph in thousandths of the size."""
    shown: str
    """The operand that shows it, for these widths."""


def draw_kept_lines() -> None:
    """Makes WeasyPrint draw kept lines from their glyphs."""
    from weasyprint.draw.text import draw_text

    def draw(stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: Any) -> None:
        style, layout = textbox.style, textbox.pango_layout
        if (
            text_overflow == "ellipsis"
            or block_ellipsis != "none"
            or style["text_decoration_line"] != "none"
            or style["visibility"] != "visible"
            or style["font_size"] < 1e-6
            or layout.justification_spacing
            or not textbox.text.strip()
            or (runs := _runs_of(layout, style)) is None
            or not (fonts := _fonts(stream, runs))
        ):
            draw_text(stream, textbox, offset_x, text_overflow, block_ellipsis)
            return
        stream.set_color(style["color"])
        stream.begin_text()
        stream.set_text_matrix(1, 0, 0, -1, textbox.position_x, textbox.position_y + textbox.baseline)
        face, shown = None, ""
        for run, font in zip(runs, fonts, strict=True):
            if run.face is not face:
                face = run.face
                if shown:
                    stream.show_text(shown)
                shown = ""
                stream.set_font_size(font.hash, face.size)
            shown += _shown(run, font)
        stream.show_text(shown)
        stream.end_text()

    swap(draw_text, draw)


def _fonts(stream: Any, runs: tuple[_Run, ...]) -> list[Any] | None:
    """The fonts of the runs in this document; None where one has pictures for glyphs."""
    from weasyprint.pdf.fonts import Font

    known, found = stream._fonts, []
    for run in runs:
        face = run.face
        font = known.get(face.key)
        if font is None:
            font = known[face.key] = Font(face.font, face.description, face.size)
        if font.bitmap or font.png or font.svg or font.colr:
            return None
        found.append(font)
    return found


def _shown(run: _Run, font: Any) -> str:
    to_unicode, widths, same = font.to_unicode, font.widths, True
    for glyph, text in run.texts.items():
        if glyph not in to_unicode:
            to_unicode[glyph] = text
    for glyph, width in run.widths.items():
        # A face in another size may have been first, and have rounded otherwise.
        same &= widths.setdefault(glyph, width) == width
    return run.shown if same else _operand(run.glyphs, widths, run.face.size)


def _operand(glyphs: tuple[tuple[int, int, int], ...], widths: dict[int, int], size: float) -> str:
    from weasyprint.text.ffi import FROM_UNITS

    parts = ["<"]
    for glyph, x_offset, width in glyphs:
        offset = x_offset / size
        if offset:
            parts.append(f">{-offset}<")
        parts.append(f"{glyph:04x}")
        kerning = widths[glyph] + offset - width * 1000 * FROM_UNITS / size
        if kerning:
            parts.append(f">{int(kerning)}<")
    operand = "".join(parts)
    return operand[:-1] if operand[-1] == "<" else operand + ">"


def _runs_of(layout: Any, style: Any) -> tuple[_Run, ...] | None:
    drawn: dict[str, Any] | None = getattr(layout, "drawn", None)
    known = kept(style.font_config)
    if drawn is None or drawn["style"] != known.style(style):
        return None
    if "runs" not in drawn:
        drawn["runs"] = _find_runs(layout, style)
    runs: tuple[_Run, ...] | None = drawn["runs"]
    return runs


def _find_runs(layout: Any, style: Any) -> tuple[_Run, ...] | None:
    """None where something is to be drawn that is not plainly a row of glyphs: a missing one, above all."""
    from weasyprint.text.ffi import ffi, pango

    layout.reactivate(style)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    text, runs = layout.text.encode(), []
    node = line.runs[0]
    while node != ffi.NULL:
        run = _run(node.data, text, layout, style.font_config)
        if run is None:
            break
        runs.append(run)
        node = node.next
    complete = node == ffi.NULL
    del line, node
    layout.deactivate()
    return tuple(runs) if complete and runs else None


def _run(item: Any, text: bytes, layout: Any, font_config: Any) -> _Run | None:
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    string, start, length = item.glyphs, item.item.offset, item.item.length
    if item.item.analysis.level % 2:
        return None
    count, clusters = string.num_glyphs, string.log_clusters
    face = _face(item.item.analysis.font, layout, font_config)
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    glyphs, texts, widths = [], {}, {}
    for i, info in enumerate(string.glyphs[0:count]):
        glyph, geometry = info.glyph, info.geometry
        if glyph == pango.PANGO_GLYPH_EMPTY or glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG or geometry.y_offset:
            return None
        glyphs.append((glyph, geometry.x_offset, geometry.width))
        if glyph not in texts:
            end = length if i == count - 1 else clusters[i + 1]
            texts[glyph] = text[start + clusters[i] : start + end].decode()
            pango.pango_font_get_glyph_extents(face.font, glyph, ink, logical)
            widths[glyph] = round(logical.width * 1000 * FROM_UNITS / face.size)
    kept_glyphs = tuple(glyphs)
    return _Run(face, kept_glyphs, texts, widths, _operand(kept_glyphs, widths, face.size))


def _face(font: Any, layout: Any, font_config: Any) -> _Face:
    from weasyprint.text.ffi import ffi
    from weasyprint.text.fonts import get_pango_font_key

    faces = kept(font_config).faces
    address = int(ffi.cast("intptr_t", font))
    if address not in faces:
        key, description, size = get_pango_font_key(font)
        faces[address] = _Face(font, key, description, size, layout.layout)
    face: _Face = faces[address]
    return face
