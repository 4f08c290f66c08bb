"""The handover ledger as a spreadsheet, for the office that goes on with it. The same ledger gives the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.views.ledger import Ledger

_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_FONT = {"font_name": "仿宋", "font_size": 10, "valign": "vcenter", "text_wrap": True}
_MM_A_CHARACTER = 2.0
"""A unit of column width is a digit of the default face."""
_A4 = 9
_TEXT = 49
"""The number of the built-in format `@`."""
_HEAD = 4
"""Rows above the first person."""


def ledger_xlsx(ledger: Ledger) -> bytes:
    """Every cell is text, so that a 学号 keeps its zeros and nothing that begins with `=` is worked out."""
    # Imported here: only this command needs it.
    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, _PLAIN) as book:
        day = datetime(ledger.as_of.year, ledger.as_of.month, ledger.as_of.day, tzinfo=UTC).replace(tzinfo=None)
        book.set_properties({"title": ledger.title, "author": ledger.unit, "created": day})
        _people(book, ledger)
        _legend(book, ledger)
    return made.getvalue()


def _people(book: Any, ledger: Ledger) -> None:
    sheet = book.add_worksheet("台账")
    _page(sheet, landscape=True)
    last = len(ledger.columns) - 1
    big = _text(book, bold=True, font_name="宋体", font_size=18, align="center")
    note, head, box = _text(book), _text(book, bold=True, border=1, align="center"), _text(book, border=1)
    for index, column in enumerate(ledger.columns):
        sheet.set_column(index, index, round(column.width / _MM_A_CHARACTER, 1))
    about = f"编制单位：{ledger.unit}　　支部：{'、'.join(ledger.branches)}"
    state = f"截至：{ledger.as_of_text}　　记录版本：{ledger.commit}　　共 {len(ledger.rows)} 人"
    for row, (text, look) in enumerate(((ledger.title, big), (about, note), (state, note))):
        sheet.merge_range(row, 0, row, last, "", look)
        sheet.write_string(row, 0, text, look)
    sheet.set_row(0, 32)
    for index, column in enumerate(ledger.columns):
        sheet.write_string(_HEAD - 1, index, column.label, head)
    for row, person in enumerate(ledger.rows, _HEAD):
        for index, text in enumerate(person.cells):
            sheet.write_string(row, index, text, box)
    end = _HEAD + len(ledger.rows)
    for offset, text in enumerate(_closing(ledger), 1):
        sheet.merge_range(end + offset, 0, end + offset, last, "", note)
        sheet.write_string(end + offset, 0, text, note)
    sheet.freeze_panes(_HEAD, 3)
    sheet.repeat_rows(_HEAD - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{end + 1}"})


def _closing(ledger: Ledger) -> list[str]:
    left_out = [f"未列入：{each.person}，档案未能生成（{each.reason}）" for each in ledger.left_out]
    return [*left_out, ledger.note, "　　".join(f"{label}：＿＿＿＿＿＿" for label in ledger.signatures)]


def _legend(book: Any, ledger: Ledger) -> None:
    sheet = book.add_worksheet("材料编号")
    _page(sheet, landscape=False)
    head, box = _text(book, bold=True, border=1, align="center"), _text(book, border=1)
    for index, (label, width) in enumerate((("编号", 8), ("材料名称", 60))):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, label, head)
    for row, pair in enumerate(ledger.legend, 1):
        for index, text in enumerate(pair):
            sheet.write_string(row, index, text, box)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _page(sheet: Any, landscape: bool) -> None:
    sheet.set_paper(_A4)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&C第 &P 页　共 &N 页")


def _text(book: Any, **look: Any) -> Any:
    """Text whatever is typed over it, and marked as such even where it begins like a formula."""
    return book.add_format({**_FONT, "num_format": _TEXT, "quote_prefix": True, **look})
