"""The spreadsheet of what falls due."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO

from python_calamine import CalamineWorkbook

from generator.exchange.duties_xlsx import duties_xlsx
from tests.exchange.duties import AS_OF, DUTIES


def part(made: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        return archive.read(name).decode("utf-8")


def test_days_are_days_and_the_rest_is_text() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(duties_xlsx(DUTIES)))
    rows = [list(row) for row in book.get_sheet_by_index(0).to_python()]
    assert rows[2] == ["状态", "最迟", "剩余天数", "支部", "姓名", "学号/工号", "事项", "由谁办", "备注", "依据的记录"]
    first, _, formula, undated = rows[3:7]
    assert first[:6] == ["逾期", date(2026, 10, 8), -44.0, "本科生党支部", "卓书言", "0026010101"]
    assert first[9] == "data/wx/wx-ug/people/0026010101.yaml:7"
    assert formula[4] == '=HYPERLINK("http://x")'
    assert undated[1:3] == ["未定期限", ""]
    assert "<f>" not in part(duties_xlsx(DUTIES), "xl/worksheets/sheet1.xml")


def test_it_can_be_filtered_and_printed() -> None:
    made = duties_xlsx(DUTIES)
    sheet, book = part(made, "xl/worksheets/sheet1.xml"), part(made, "xl/workbook.xml")
    assert '<autoFilter ref="A3:J7"' in sheet
    assert re.search(r'<pane ySplit="3" topLeftCell="A4"[^>]*state="frozen"', sheet)
    assert re.search(r'<pageSetup paperSize="9"[^>]*orientation="landscape"', sheet)
    assert "到期事项!$3:$3" in book
    assert "yyyy\\-mm\\-dd" in part(made, "xl/styles.xml") or "yyyy-mm-dd" in part(made, "xl/styles.xml")


def test_the_same_duties_give_the_same_bytes() -> None:
    made = duties_xlsx(DUTIES)
    assert duties_xlsx(DUTIES) == made
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    # Two files made in the same second would tell nothing of the clock.
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", part(made, "docProps/core.xml"))) == {f"{AS_OF}T00:00:00Z"}
