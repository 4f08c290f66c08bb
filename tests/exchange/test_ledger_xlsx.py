"""The spreadsheet says what the ledger says, as text."""

from __future__ import annotations

import dataclasses
import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from generator.definitions.ledger import LedgerColumn
from generator.exchange.ledger_xlsx import ledger_xlsx
from generator.views.ledger import Ledger, LedgerRow, LeftOut

HOSTILE = ('=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "{=1+1}", "0020010117", "http://x/", "\t=1")


@pytest.fixture
def ledger() -> Ledger:
    columns = (LedgerColumn("姓名", 19, "name"), LedgerColumn("学号", 21, "id"))
    return Ledger(
        title="=台账",
        unit="=某学院",
        branches=("@某支部",),
        as_of=date(2024, 1, 10),
        as_of_text="2024年1月10日",
        commit="abc",
        columns=columns,
        rows=tuple(LedgerRow(str(number), (text, f"00{number}")) for number, text in enumerate(HOSTILE)),
        legend=(("M01", "入党申请书"),),
        left_out=(LeftOut("0099", "没有这个字"),),
        signatures=("移交人",),
        note="“×”后为份数。",
    )


def rows_of(made: bytes, sheet: int = 0) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(made))
    return [list(row) for row in book.get_sheet_by_index(sheet).to_python()]


def test_reads_back_as_written(ledger: Ledger) -> None:
    rows = rows_of(ledger_xlsx(ledger))
    assert rows[0][0] == "=台账"
    assert "@某支部" in str(rows[1][0])
    assert rows[3] == ["姓名", "学号"]
    assert rows[4 : 4 + len(HOSTILE)] == [list(row.cells) for row in ledger.rows]
    assert any("“×”后为份数。" in str(cell) for row in rows for cell in row)
    assert any("0099" in str(cell) and "没有这个字" in str(cell) for row in rows for cell in row)
    assert rows_of(ledger_xlsx(ledger), 1) == [["编号", "材料名称"], ["M01", "入党申请书"]]


def test_nothing_is_a_formula_a_link_or_a_number(ledger: Ledger) -> None:
    with zipfile.ZipFile(BytesIO(ledger_xlsx(ledger))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        styles = book.read("xl/styles.xml").decode()
    assert len(sheets) == 2
    for sheet in sheets:
        kinds = re.findall(r"<c r=\"[A-Z]+[0-9]+\"([^>]*[^/])>", sheet)
        assert kinds
        assert all('t="s"' in kind for kind in kinds)
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
    assert 'quotePrefix="1"' in styles
    assert 'numFmtId="49"' in styles


def test_printed_on_one_width_of_a4_with_the_head_on_every_page(ledger: Ledger) -> None:
    with zipfile.ZipFile(BytesIO(ledger_xlsx(ledger))) as book:
        sheet, names = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/workbook.xml").decode()
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "_xlnm.Print_Titles" in names
    assert "$4:$4" in names
    assert len(re.findall(r"<col ", sheet)) == 2


def test_same_ledger_gives_the_same_bytes(ledger: Ledger) -> None:
    assert ledger_xlsx(ledger) == ledger_xlsx(ledger)
    assert ledger_xlsx(ledger) != ledger_xlsx(dataclasses.replace(ledger, commit="def"))
