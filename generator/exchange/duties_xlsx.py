"""What falls due as a spreadsheet: days as days, everything else as text. The same duties on the same as-of day give the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from generator.views.duties import DutyList, DutyRow

_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_FONT = {"font_name": "仿宋", "font_size": 10, "valign": "vcenter", "text_wrap": True}
_COLUMNS = (
    ("状态", 8), ("最迟", 12), ("剩余天数", 9), ("支部", 20), ("姓名", 10), ("学号/工号", 14), ("事项", 34), ("由谁办", 14),
    ("备注", 10), ("依据的记录", 40),
)  # fmt: skip
"""Label, width in characters."""
_LATEST, _LEFT = 1, 2
_HEAD = 3
"""Rows above the first duty."""
_A4, _TEXT = 9, 49
_RED = "#9C0006"


def duties_xlsx(duties: DutyList) -> bytes:
    """One sheet, with a filter, ready to be printed on A4 across."""
    # Imported here: only this needs it.
    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, _PLAIN) as book:
        day = datetime(duties.as_of.year, duties.as_of.month, duties.as_of.day, tzinfo=UTC).replace(tzinfo=None)
        book.set_properties({"title": duties.title, "created": day})
        sheet = book.add_worksheet("到期事项")
        _page(sheet)
        _fill(book, sheet, duties)
    return made.getvalue()


def _page(sheet: Any) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&C第 &P 页　共 &N 页")
    sheet.repeat_rows(_HEAD - 1)
    sheet.freeze_panes(_HEAD, 0)


def _fill(book: Any, sheet: Any, duties: DutyList) -> None:
    last = len(_COLUMNS) - 1
    title = _text(book, bold=True, font_name="宋体", font_size=16, align="center")
    head = _text(book, bold=True, border=1, align="center", bg_color="#F3EDE8")
    texts = {late: _text(book, border=1, **_tint(late)) for late in (False, True)}
    days = {
        late: book.add_format({**_FONT, "border": 1, "num_format": "yyyy-mm-dd", **_tint(late)})
        for late in (False, True)
    }
    numbers = {
        late: book.add_format({**_FONT, "border": 1, "num_format": "0", **_tint(late)}) for late in (False, True)
    }
    about = (
        f"截至 {duties.as_of}：逾期 {duties.overdue} 项，{duties.days} 天内到期 {len(duties.rows) - duties.overdue} 项"
    )
    for row, (text, look) in enumerate(((duties.title, title), (about, _text(book)))):
        sheet.merge_range(row, 0, row, last, "", look)
        sheet.write_string(row, 0, text, look)
    sheet.set_row(0, 28)
    for column, (label, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD - 1, column, label, head)
    for index, duty in enumerate(duties.rows, _HEAD):
        late = duty.overdue
        for column, text in enumerate(_cells(duty)):
            sheet.write_string(index, column, text, texts[late])
        if duty.latest is not None:
            sheet.write_datetime(index, _LATEST, duty.latest, days[late])
            sheet.write_number(index, _LEFT, (duty.latest - duties.as_of).days, numbers[late])
    end = _HEAD + max(len(duties.rows), 1) - 1
    sheet.autofilter(_HEAD - 1, 0, end, last)
    sheet.print_area(0, 0, end, last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{end + 1}"})


def _cells(duty: DutyRow) -> tuple[str, ...]:
    note = "期限暂定" if duty.provisional else ""
    day = "" if duty.latest else "未定期限"
    return (
        duty.label, day, "", duty.unit, duty.who, duty.person, duty.title, duty.actor, note, str(duty.source),
    )  # fmt: skip


def _tint(late: bool) -> dict[str, str]:
    return {"font_color": _RED} if late else {}


def _text(book: Any, **look: Any) -> Any:
    """Text whatever is typed over it, and marked as such even where it begins like a formula."""
    return book.add_format({**_FONT, "num_format": _TEXT, "quote_prefix": True, **look})
