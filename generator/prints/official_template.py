"""The Word template of official documents: GB/T 9704 page, grid, styles and page numbers, and tags that docxtpl fills.

A records repository may put its own in `templates/print/official.docx`; it is given the same values (`official_docx.values_of`).
"""

from __future__ import annotations

import io
from functools import lru_cache
from math import floor
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

LINES, CHARACTERS = 22, 28
PITCH = 28.95
"""Points from line to line: 225 mm hold 22 of them."""
ADVANCE = 156 / 25.4 * 72 / CHARACTERS
"""Points from character to character."""
_SIZE = 16
_CELL = 10.5
"""In tables: a date stays in one line, also where a program puts room between characters and figures whatever the style says."""
_SET_IN = floor((ADVANCE - _SIZE) * 20)
"""Twentieths of a point by which characters stand closer."""

FACES = {
    "方正小标宋简体": ("方正小标宋_GBK", "华文中宋", "宋体"),
    "仿宋_GB2312": ("仿宋", "FangSong", "华文仿宋"),
    "楷体_GB2312": ("楷体", "KaiTi", "华文楷体"),
    "黑体": ("SimHei", "华文黑体"),
    "宋体": ("SimSun", "华文宋体"),
}
"""Faces as offices name them, and what stands in where a machine has not got them."""

STYLES = {
    "title": ("公文标题", "方正小标宋简体", 22, 0, WD_ALIGN_PARAGRAPH.CENTER),
    "body": ("公文正文", "仿宋_GB2312", _SIZE, 2, WD_ALIGN_PARAGRAPH.JUSTIFY),
    "level1": ("公文一级标题", "黑体", _SIZE, 2, WD_ALIGN_PARAGRAPH.JUSTIFY),
    "level2": ("公文二级标题", "楷体_GB2312", _SIZE, 2, WD_ALIGN_PARAGRAPH.JUSTIFY),
    "flush": ("公文顶格", "仿宋_GB2312", _SIZE, 0, WD_ALIGN_PARAGRAPH.LEFT),
    "centred": ("公文居中", "仿宋_GB2312", _SIZE, 0, WD_ALIGN_PARAGRAPH.CENTER),
    "right": ("公文签名", "仿宋_GB2312", _SIZE, 0, WD_ALIGN_PARAGRAPH.RIGHT),
    "closing": ("公文落款", "仿宋_GB2312", _SIZE, 0, WD_ALIGN_PARAGRAPH.RIGHT),
    "label": ("公文附件标识", "黑体", _SIZE, 0, WD_ALIGN_PARAGRAPH.LEFT),
    "cell": ("公文表格", "仿宋_GB2312", _CELL, 0, WD_ALIGN_PARAGRAPH.CENTER),
    "head": ("公文表头", "黑体", _CELL, 0, WD_ALIGN_PARAGRAPH.CENTER),
    "page": ("公文页码", "宋体", 14, 0, WD_ALIGN_PARAGRAPH.RIGHT),
}


@lru_cache(maxsize=1)
def template_bytes() -> bytes:
    """The template as a .docx file."""
    document = Document()
    _page(document)
    _styles(document)
    _page_numbers(document)
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    _content(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # The number stands 7 mm below the text; Word counts from the bottom edge to the foot of the line.
    section.footer_distance = Mm(35 - 7) - Pt(14)
    section.header_distance = Mm(15)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    # Word, WPS and LibreOffice read the grid of characters differently; set-in characters and lines of exact height they all read alike.
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(PITCH * 20)))


def _styles(document: Any) -> None:
    # Where a line may end follows the language.
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    normal = document.styles["Normal"]
    _face(normal, "仿宋_GB2312", _SIZE)
    _spacing(normal)
    for name, face, size, indent, align in STYLES.values():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _face(style, face, size)
        _spacing(style)
        if size == _SIZE:
            closer = OxmlElement("w:spacing")
            closer.set(qn("w:val"), str(_SET_IN))
            style.element.rPr.sz.addprevious(closer)
        style.paragraph_format.alignment = align
        if indent:
            style.paragraph_format.first_line_indent = Pt(indent * ADVANCE)
            style.element.pPr.ind.set(qn("w:firstLineChars"), str(indent * 100))
        style.paragraph_format.widow_control = False
        if name.endswith("级标题"):
            style.paragraph_format.keep_with_next = True


def _face(style: Any, face: str, size: float) -> None:
    style.font.size = Pt(size)
    style.font.name = face
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), face)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def _spacing(style: Any) -> None:
    """Lines of exact height; no room of Word's own between characters and figures, which the grid does not know."""
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(PITCH)
    spacing = style.element.pPr.find(qn("w:spacing"))
    for name in ("w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid"):
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        spacing.addprevious(off)


def _page_numbers(document: Any) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, left in ((section.footer, False), (section.even_page_footer, True)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles[STYLES["page"][0]]
        if left:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            paragraph.paragraph_format.left_indent = Pt(14)
        else:
            paragraph.paragraph_format.right_indent = Pt(14)
        paragraph.add_run("— ")
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = paragraph.add_run()
            mark = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark.set(qn("xml:space"), "preserve")
                mark.text = text
            run._r.append(mark)
        paragraph.add_run(" —")


def _content(document: Any) -> None:
    """Tags only walk through what was decided before; `{%p` tags take their paragraph away with them."""

    def tag(text: str) -> None:
        document.add_paragraph(text, document.styles[STYLES["body"][0]])

    def add(style: str, text: str = "") -> Any:
        return document.add_paragraph(text, document.styles[STYLES[style][0]])

    def line(style: str, runs: str, end: str = "", start: str = "") -> Any:
        paragraph = add(style, start)
        paragraph.add_run(f"{{%r for run in {runs} %}}")
        paragraph.add_run("{%r if run.room %}")
        paragraph.add_run("{{ run.room }}").underline = True
        paragraph.add_run("{%r endif %}")
        paragraph.add_run("{{ run.text }}")
        paragraph.add_run("{%r endfor %}")
        if end:
            paragraph.add_run(end)
        return paragraph

    tag("{%p for part in parts %}")
    tag("{%p if part.label %}")
    add("label", "{{ part.label }}").paragraph_format.page_break_before = True
    add("body")
    tag("{%p endif %}")
    tag("{%p if part.number %}")
    line("centred", "part.number")
    add("body")
    add("body")
    tag("{%p endif %}")
    tag("{%p for each in part.title %}")
    tag("{%p if loop.first and part.breaks %}")
    line("title", "each").paragraph_format.page_break_before = True
    tag("{%p else %}")
    line("title", "each")
    tag("{%p endif %}")
    tag("{%p endfor %}")
    add("body")
    tag("{%p if part.addressee %}")
    line("flush", "part.addressee", "：")
    tag("{%p endif %}")
    tag("{%p for block in part.blocks %}")
    for style in ("body", "flush", "level1", "level2"):
        for keeps in ("not ", ""):
            tag(f"{{%p if block.style == '{style}' and {keeps}block.keeps %}}")
            paragraph = line(style, "block.runs")
            if not keeps:
                paragraph.paragraph_format.keep_with_next = True
            tag("{%p endif %}")
    tag("{%p if block.style == 'room' %}")
    tag("{%p for _ in block.lines %}")
    tag("{%p if block.keeps and loop.last %}")
    paragraph = add("flush", "{{ _ }}")
    paragraph.runs[0].underline = paragraph.paragraph_format.keep_with_next = True
    tag("{%p else %}")
    add("flush", "{{ _ }}").runs[0].underline = True
    tag("{%p endif %}")
    tag("{%p endfor %}")
    tag("{%p endif %}")
    tag("{%p if block.style == 'signatures' %}")
    tag("{%p for each in block.lines %}")
    tag("{%p if block.keeps or not loop.last %}")
    line("right", "each").paragraph_format.keep_with_next = True
    tag("{%p else %}")
    line("right", "each")
    tag("{%p endif %}")
    tag("{%p endfor %}")
    tag("{%p endif %}")
    tag("{%p if block.style == 'roster' %}")
    _table(document)
    tag("{%p endif %}")
    tag("{%p endfor %}")
    tag("{%p if part.annexes %}")
    add("body").paragraph_format.keep_with_next = True
    tag("{%p for title in part.annexes %}")
    add("body", "{{ title }}").paragraph_format.keep_with_next = True
    tag("{%p endfor %}")
    tag("{%p endif %}")
    tag("{%p for each in part.closing %}")
    for _ in range(2):
        add("body").paragraph_format.keep_with_next = True
    line("closing", "each.issuer").paragraph_format.keep_with_next = True
    tag("{%p if each.note %}")
    line("closing", "each.date").paragraph_format.keep_with_next = True
    line("body", "each.note", "）", "（")
    tag("{%p else %}")
    line("closing", "each.date")
    tag("{%p endif %}")
    tag("{%p endfor %}")
    tag("{%p endfor %}")


def _table(document: Any) -> None:
    table = document.add_table(rows=2 + 2, cols=3)
    table.style = document.styles["Table Grid"]
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "28")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    cells = (
        ("head", ("{%tc for head in block.heads %}", "{{ head }}", "{%tc endfor %}")),
        ("cell", ("{%tr for row in block.rows %}", "", "")),
        ("cell", ("{%tc for text in row %}", "{{ text }}", "{%tc endfor %}")),
        ("cell", ("{%tr endfor %}", "", "")),
    )
    for row, (style, texts) in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].text = text
            cell.paragraphs[0].style = document.styles[STYLES[style][0]]
            cell.paragraphs[0].paragraph_format.line_spacing = Pt(PITCH / 2)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        row.height, row.height_rule = Pt(PITCH), WD_ROW_HEIGHT_RULE.AT_LEAST
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
