"""The same documents for an office that must edit them: pages of GB/T 9704, its typefaces, nothing about whoever made the file."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from generator.definitions.document_files import load_documents
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError
from generator.prints.official_docx import docx_of, own_template
from generator.prints.official_template import FACES, PITCH, STYLES, template_bytes
from generator.views.official import OfficialDesk, blank_official
from generator.views.official_sheet import Official, Room, plain_text
from tests.prints.college import MEETING, NAMES, OTHER, WHOLE
from tests.prints.official_college import AS_OF, STRANGE, desk_of, make_official_college

DOCUMENTS = {each.id: each for each in load_documents(shelf_for(None))}


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> OfficialDesk:
    return desk_of(make_official_college(tmp_path_factory.mktemp("official-docx")))


def opened(official: Official) -> Any:
    return Document(io.BytesIO(docx_of(official)))


def body_lines(document: Any) -> list[str]:
    """Paragraphs and rows in the order in which they stand, without empty ones."""
    found = []
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            found += ["\t".join(cell.text for cell in row.cells) for row in item.rows]
        else:
            found.append(item.text)
    return [line for line in found if line.strip("　 ")]


def said(official: Official) -> list[str]:
    lines = plain_text(official).splitlines()
    # Places to sign have room for the day beside them.
    return [
        f"{line}{'　' * 7}　　　年　　月　　日" if re.fullmatch("[^，。]{3,5}签名：", line) else line for line in lines
    ]


@pytest.mark.parametrize("id", sorted(DOCUMENTS))
def test_says_what_the_document_says(desk: OfficialDesk, id: str) -> None:
    official = blank_official(DOCUMENTS[id], AS_OF)
    filled = [desk.for_person(DOCUMENTS[id], WHOLE)[0]] if desk.applies(DOCUMENTS[id], WHOLE) else []
    for each in (official, *filled):
        assert body_lines(opened(each)) == [line for line in said(each) if line.strip("　 ")]


def test_page_is_that_of_the_standard(desk: OfficialDesk) -> None:
    document = opened(desk.for_event(DOCUMENTS["request_admission"], MEETING)[0])
    section = document.sections[0]
    size = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(each / Mm(1)) for each in size] == [210, 297, 37, 35]
    assert [round(each / Mm(1)) for each in (section.left_margin, section.right_margin)] == [28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    body = document.styles[STYLES["body"][0]]
    assert body.font.size == Pt(16)
    assert body.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    # 22 lines are no higher than the page, 23 are; 28 characters no wider than a line, 29 are.
    assert 22 * PITCH <= 225 / 25.4 * 72 < 23 * PITCH
    advance = 16 + int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * advance <= 156 / 25.4 * 72 < 29 * advance
    assert document.settings.odd_and_even_pages_header_footer
    numbers = [
        "".join(run.text for run in footer.paragraphs[0].runs) for footer in (section.footer, section.even_page_footer)
    ]
    assert numbers == ["—  —", "—  —"]
    assert "PAGE" in section.footer._element.xml


def test_typefaces_are_named_as_offices_have_them(desk: OfficialDesk) -> None:
    document = opened(desk.for_person(DOCUMENTS["minutes_admission"], WHOLE)[0])
    faces = {}
    for paragraph in document.paragraphs:
        fonts = paragraph.style.element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == fonts.get(qn("w:ascii"))
        faces[paragraph.style.name] = fonts.get(qn("w:eastAsia"))
    assert faces["公文标题"] == "方正小标宋简体"
    assert faces["公文正文"] == "仿宋_GB2312"
    assert faces["公文一级标题"] == "黑体"
    assert {one.get(qn("w:eastAsia")) for one in document.styles.element.iter(qn("w:lang"))} == {"zh-CN"}
    with zipfile.ZipFile(io.BytesIO(template_and(document))) as packed:
        table = packed.read("word/fontTable.xml").decode()
    assert all(f'w:name="{name}"' in table and others[0] in table for name, others in FACES.items())


def template_and(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_nothing_about_whoever_made_it(desk: OfficialDesk) -> None:
    made = docx_of(desk.for_person(DOCUMENTS["letter"], WHOLE)[0])
    about = Document(io.BytesIO(made)).core_properties
    assert (about.author, about.last_modified_by, about.comments, about.keywords) == ("", "", "", "")
    assert about.created is not None
    assert about.created.date() == AS_OF
    assert about.title == "M25 函调信（附回函）"
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert {item.date_time for item in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.namelist()[0] == "[Content_Types].xml"
        others = "".join(
            packed.read(name).decode("utf-8", "replace") for name in packed.namelist() if name != "word/document.xml"
        )
        assert not any("thumbnail" in name for name in packed.namelist())
    for word in (NAMES[WHOLE], "python-docx", "Macintosh", str(Path.home())):
        assert word not in others


def test_same_document_same_bytes(desk: OfficialDesk) -> None:
    official = desk.for_event(DOCUMENTS["request_admission"], MEETING)[0]
    first = docx_of(official)
    template_bytes.cache_clear()
    assert docx_of(official) == first


def test_a_name_is_never_read_as_a_template(desk: OfficialDesk) -> None:
    for id in ("report_activist", "request_admission"):
        document = opened(desk.for_person(DOCUMENTS[id], OTHER)[0])
        whole = "\n".join(body_lines(document))
        assert STRANGE in whole
        assert "49" not in whole


def test_rosters_have_their_columns(desk: OfficialDesk) -> None:
    official = desk.for_person(DOCUMENTS["report_activist"], WHOLE)[0]
    (table,) = opened(official).tables
    widths = [cell.width / Mm(1) for cell in table.rows[0].cells]
    assert widths == pytest.approx([12, 24, 11, 20, 25, 32, 32], abs=0.1)
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_room_for_a_hand_is_ruled(desk: OfficialDesk) -> None:
    official = blank_official(DOCUMENTS["political_review"], AS_OF)
    rooms = sum(block.lines for part in official.parts for block in part.blocks if isinstance(block, Room))
    document = opened(official)
    ruled = [p for p in document.paragraphs if p.text == "　" * 28 and all(run.underline for run in p.runs)]
    assert len(ruled) == rooms > 10


def test_closing_stands_where_it_stands_on_paper(desk: OfficialDesk) -> None:
    official = desk.for_person(DOCUMENTS["reply_activist"], WHOLE)[0]
    closing = official.parts[0].closing
    assert closing is not None
    name, day = [p for p in opened(official).paragraphs if p.style.name == STYLES["closing"][0]]
    advance = 156 / 25.4 * 72 / 28
    assert day.paragraph_format.right_indent.pt == pytest.approx(closing.date_right * advance, abs=0.1)
    assert name.paragraph_format.right_indent.pt == pytest.approx(closing.issuer_right * advance, abs=0.1)
    assert name.paragraph_format.keep_with_next


def test_title_that_ends_with_room_stands_in_the_middle(desk: OfficialDesk) -> None:
    first = next(p for p in opened(blank_official(DOCUMENTS["report_activist"], AS_OF)).paragraphs if p.text)
    assert first.text.endswith("　")
    room = 156 / 25.4 * 72 - len(first.text) * 22
    assert first.paragraph_format.left_indent.pt == pytest.approx(room / 2, abs=0.1)


def test_an_office_may_bring_its_own_template(desk: OfficialDesk) -> None:
    own = Document()
    own.add_paragraph("{{ code }} {{ name }}")
    out = io.BytesIO()
    own.save(out)
    made = Document(io.BytesIO(docx_of(blank_official(DOCUMENTS["letter"], AS_OF), out.getvalue())))
    assert [paragraph.text for paragraph in made.paragraphs] == ["M25 函调信（附回函）"]


def test_a_template_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "templates" / "print" / "official.docx"
    broken.parent.mkdir(parents=True)
    official = blank_official(DOCUMENTS["letter"], AS_OF)
    for content in (b"", b"PK no zip", unfinished()):
        broken.write_bytes(content)
        with pytest.raises(JishiError, match=r"templates/print/official\.docx 无法使用"):
            docx_of(official, own_template(shelf_for(tmp_path)))
    broken.unlink()
    assert own_template(shelf_for(tmp_path)) is None


def unfinished() -> bytes:
    own = Document()
    own.add_paragraph("{% for part in parts %}")
    return template_and(own)


@pytest.mark.parametrize("id", ["request_conversion", "minutes_conversion", "political_review", "report_target"])
def test_signatures_and_the_closing_stand_with_the_end_of_the_text(desk: OfficialDesk, id: str) -> None:
    """From the last of the text to the day, or to what stands below it, all keeps with the next: none is alone on a page."""
    official = blank_official(DOCUMENTS[id], AS_OF)
    end = official.parts[0].closing
    assert end
    paragraphs = opened(official).paragraphs
    closing, signed = STYLES["closing"][0], STYLES["right"][0]
    day = [place for place, paragraph in enumerate(paragraphs) if paragraph.style.name == closing][1]
    last = day + 1 if end.note else day
    assert not paragraphs[last].paragraph_format.keep_with_next
    first = last
    while paragraphs[first - 1].paragraph_format.keep_with_next:
        first -= 1
    kept = [each for each in paragraphs[first:last] if each.style.name not in (closing, signed)]
    assert [each for each in kept if each.text.strip("　 ") or any(run.underline for run in each.runs)]
