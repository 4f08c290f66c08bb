"""An official document as .docx: the same text in GB/T 9704 pages, to be edited in an office.

No author and no time of the clock in it: the same document gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from generator.definitions.source import Shelf
from generator.diagnostics import JishiError
from generator.os_errors import reason
from generator.views.official_sheet import (
    Block,
    Line,
    Official,
    Paragraph,
    Part,
    Room,
    Roster,
    Run,
    Signatures,
    width_of,
)

_EPOCH = (1980, 1, 1, 0, 0, 0)
_ROOM = "　"
_TEXT_WIDTH = 156.0
"""Millimetres between the margins."""
_FACE_TABLE = "/word/fontTable.xml"
_PROGRAM = "/docProps/app.xml"
_PROGRAM_TEXT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


OWN_TEMPLATE = "templates/print/official.docx"
"""Where a records repository may put a template of its own."""


def own_template(shelf: Shelf) -> bytes | None:
    """The template beside the records, if there is one. Raises `JishiError` when it cannot be read."""
    path = shelf.find(OWN_TEMPLATE)
    try:
        return path.read_bytes() if path is not None else None
    except OSError as error:
        raise JishiError(f"{OWN_TEMPLATE} 无法读取：{reason(error)}", "请检查文件权限。") from error


def docx_of(official: Official, template: bytes | None = None) -> bytes:
    """The file. `template`: another Word template with the same tags (`own_template`). The same document gives the same bytes.

    Raises `JishiError` when that template cannot be used.
    """
    if template is None:
        return _filled(official, None)
    try:
        return _filled(official, template)
    except Exception as error:
        raise JishiError(
            f"{OWN_TEMPLATE} 无法使用：{' '.join(str(error).split()) or type(error).__name__}",
            "请用 Word 打开检查，或者移走这个文件，改用随程序提供的模板。",
        ) from error


def _filled(official: Official, template: bytes | None) -> bytes:
    from docxtpl import DocxTemplate

    from generator.prints.official_template import template_bytes

    filled = DocxTemplate(io.BytesIO(template_bytes() if template is None else template))
    filled.render(values_of(official), autoescape=True)
    document = filled.docx
    _place(document, official)
    _properties(document, official)
    out = io.BytesIO()
    document.save(out)
    return _settled(out.getvalue())


def values_of(official: Official) -> dict[str, Any]:
    """What the tags of the template refer to."""
    return {
        "name": official.name,
        "code": official.code,
        "parts": [_part(part, first=index == 0) for index, part in enumerate(official.parts)],
    }


def _part(part: Part, first: bool) -> dict[str, Any]:
    many = len(part.annexes) > 1
    ending = _ending(part)
    return {
        "label": part.label,
        "breaks": not first and not part.label,
        "number": _runs(part.number),
        "title": [_runs(line) for line in part.title],
        "addressee": _runs(part.addressee),
        "blocks": [{**_block(block), "keeps": index in ending} for index, block in enumerate(part.blocks)],
        "annexes": [
            f"{'附件：' if n == 1 else _ROOM * 3}{f'{n}.' if many else ''}{title}"
            for n, title in enumerate(part.annexes, 1)
        ],
        "closing": [
            {"issuer": _runs(part.closing.issuer), "date": _runs(part.closing.date), "note": _runs(part.closing.note)}
        ]
        if part.closing
        else [],
    }


def _ending(part: Part) -> range:
    """The blocks that stay with what follows: signatures and the closing never stand on a page without the end of the text."""
    end = len(part.blocks)
    last = end - 1
    while last >= 0 and isinstance(part.blocks[last], Signatures):
        last -= 1
    return range(max(last, 0), end if part.closing else end - 1)


def _runs(line: Line) -> list[dict[str, str]]:
    return [{"room": _ROOM * run.blank, "text": run.text + run.tail} for run in line]


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"style": "body" if block.style in ("level3", "level4") else block.style, "runs": _runs(block.runs)}
    if isinstance(block, Roster):
        return {"style": "roster", "heads": [head.label for head in block.columns], "rows": block.rows}
    if isinstance(block, Room):
        return {"style": "room", "lines": [_ROOM * 28] * block.lines}
    day = (Run(blank=3, tail="年"), Run(blank=2, tail="月"), Run(blank=2, tail="日"))
    return {
        "style": "signatures",
        "lines": [_runs((Run(f"{label}："), Run(blank=6, tail=_ROOM), *day)) for label in block.labels],
    }


def _place(document: Any, official: Official) -> None:
    """What tags cannot say: where the closing stands, and how wide the columns are."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    from generator.prints.official_template import ADVANCE, CHARACTERS, STYLES

    closings = [part.closing for part in official.parts if part.closing]
    places = [
        place
        for closing in closings
        for place in ((closing.issuer, closing.issuer_right), (closing.date, closing.date_right))
    ]
    name = STYLES["closing"][0]
    set_off = (paragraph for paragraph in document.paragraphs if paragraph.style.name == name)
    for paragraph, (line, right) in zip(set_off, places, strict=False):
        if paragraph.text.endswith(_ROOM):
            # Spaces at the end would hang over the margin of a line set to the right.
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            paragraph.paragraph_format.left_indent = Pt((CHARACTERS - right - width_of(line)) * ADVANCE)
        else:
            paragraph.paragraph_format.right_indent = Pt(right * ADVANCE)
    titles = [line for part in official.parts for line in part.title]
    name, _, size, *_ = STYLES["title"]
    for paragraph, line in zip((p for p in document.paragraphs if p.style.name == name), titles, strict=False):
        if paragraph.text.endswith(_ROOM):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            paragraph.paragraph_format.left_indent = Pt(max(0.0, (CHARACTERS * ADVANCE - width_of(line) * size) / 2))
    rosters = [block for part in official.parts for block in part.blocks if isinstance(block, Roster)]
    for table, roster in zip(document.tables, rosters, strict=False):
        widths = [Mm(width) for width in _widths(roster)]
        table.autofit = False
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=False):
            column.w = width
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=False):
                cell.width = width


def _widths(roster: Roster) -> list[float]:
    """Millimetres of each column; those without a width share what is left."""
    known = [float(head.width.removesuffix("mm")) if head.width.endswith("mm") else None for head in roster.columns]
    free = known.count(None)
    share = (_TEXT_WIDTH - sum(width or 0 for width in known)) / free if free else 0.0
    return [share if width is None else width for width in known]


def _properties(document: Any, official: Official) -> None:
    """The kind of document is all that the properties say: no author, no names, no times of the clock."""
    from generator.prints.official_template import FACES

    about = document.core_properties
    about.title = f"{official.code} {official.name}"
    about.author = about.last_modified_by = about.comments = about.keywords = about.subject = about.category = ""
    about.created = about.modified = datetime(official.day.year, official.day.month, official.day.day, tzinfo=UTC)
    about.revision = 1
    about.language = "zh-CN"
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
    for part in package.iter_parts():
        if str(part.partname) == _FACE_TABLE:
            part._blob = _face_table(FACES).encode()
        elif str(part.partname) == _PROGRAM:
            part._blob = _PROGRAM_TEXT


def _face_table(faces: dict[str, tuple[str, ...]]) -> str:
    rows = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(','.join(others))}/>"
        '<w:charset w:val="86"/><w:pitch w:val="default"/></w:font>'
        for name, others in faces.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{rows}</w:fonts>'
    )


def _settled(raw: bytes) -> bytes:
    """The same parts in order of name, without the time at which they were packed; the list of types comes first, as Word wants it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as settled:
        for name in sorted(packed.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            item = zipfile.ZipInfo(name, _EPOCH)
            item.compress_type = zipfile.ZIP_DEFLATED
            item.create_system = 3
            item.external_attr = 0o600 << 16
            settled.writestr(item, packed.read(name))
    return out.getvalue()
