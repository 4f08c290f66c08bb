"""Where a form breaks over pages, for logs of every length: never inside a frame that is signed, never before a signature alone."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from typing import Any

import pytest

from generator.definitions.shipped import shipped_root
from generator.prints.fonts import activate_fonts
from generator.prints.page import PrintTemplates
from generator.views.form_sheets import Attached, FormDocument
from generator.views.sheet import (
    BLANK,
    Cell,
    Column,
    Fact,
    FactsSection,
    RoomSection,
    Row,
    RowGroup,
    Section,
    Sheet,
    Signature,
    TableSection,
)

SIGNED = (Signature("联系人签字"), Signature("书记签字"))
LENGTHS = tuple(range(0, 41, 3))


@cache
def templates() -> PrintTemplates:
    return PrintTemplates((shipped_root() / "templates" / "print",))


def pages(*sections: Section, by_hand: bool = False) -> list[Any]:
    """The laid out pages of a sheet."""
    activate_fonts()
    from weasyprint import CSS, HTML

    sheet = Sheet("log", "form-log", "M15", "某登记表", sections, by_hand=by_hand)
    document = FormDocument("log", "某登记表", "", "M15", "", date(2024, 1, 10), sheet, Attached("a", "", ""))
    html = templates().html("form_document.html", document=document)
    rendered = HTML(string=html).render(stylesheets=[CSS(string=templates().css())])
    return [page._page_box for page in rendered.pages]


def log(length: int) -> TableSection:
    rows = (Row((Cell("2024年1月10日"), Cell(f"第{number}次"))) for number in range(length))
    columns = (Column("日期", "40mm"), Column("题目"))
    return TableSection("思想汇报", columns, (RowGroup("", (*rows, Row((BLANK, BLANK), hand=True))),))


def found(boxes: list[Any], name: str) -> dict[int, list[int]]:
    """Element of this class → the pages on which it has a box."""
    on: dict[int, list[int]] = defaultdict(list)
    for number, page in enumerate(boxes):
        for box in page.descendants():
            element = box.element
            if element is not None and name in (element.get("class") or "").split() and number not in on[id(element)]:
                on[id(element)].append(number)
    return on


def test_frames_stay_whole_whatever_comes_before() -> None:
    several = 0
    for length in LENGTHS:
        boxes = pages(
            log(length), RoomSection("支部意见", ("意" * 300,), 5, SIGNED), RoomSection("", (), 0, SIGNED[:1])
        )
        rooms = found(boxes, "room")
        assert len(rooms) == 2
        assert all(len(on) == 1 for on in rooms.values()), length
        several += len(boxes) > 1
    assert 0 < several < len(LENGTHS)


def test_a_frame_stays_with_the_grid_that_heads_it() -> None:
    grid = FactsSection("上级党委备案", ("26mm", ""), ((Fact("上报日期", Cell("2024年1月10日")),),))
    moved = 0
    for length in LENGTHS:
        boxes = pages(log(length), grid, RoomSection("上级党委意见", (), 5, SIGNED))
        (on,), (framed,) = found(boxes, "facts").values(), found(boxes, "room").values()
        assert on == framed, length
        moved += framed != [0]
    assert 0 < moved < len(LENGTHS)


def test_rows_left_to_the_hand_are_at_least_8_mm_high() -> None:
    grid = FactsSection("情况", ("26mm", ""), ((Fact("日期", BLANK),), (Fact("地点", BLANK),)))
    (page,) = pages(grid, log(0), by_hand=True)
    rows = [box.height / 96 * 25.4 for box in page.descendants() if box.element_tag == "tr"]
    assert len(rows) == 4
    assert min(rows) >= 7.99


def test_signature_without_a_head_is_never_alone_on_a_page() -> None:
    moved = 0
    for length in LENGTHS:
        boxes = pages(log(length), RoomSection("", (), 0, SIGNED[:1]))
        ((last,),) = found(boxes, "room").values()
        moved += last > 0
        text = "".join(box.text for box in boxes[last].descendants() if hasattr(box, "text"))
        assert "年1月10日" in text or "题目" in text, length
    assert 0 < moved < len(LENGTHS)


@pytest.mark.parametrize("length", [700, 1060, 1100, 1140, 1180])
def test_signature_stays_with_the_end_of_a_long_text(length: int) -> None:
    boxes = pages(RoomSection("谈话内容", ("问" * (length - 1) + "终",), 9, SIGNED, together=False))
    ((signed,),) = found(boxes, "signs").values()
    text = "".join(box.text for box in boxes[signed].descendants() if hasattr(box, "text"))
    assert "终" in text
