"""What is new: with the day of the records, and what a school says of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from generator.definitions.load import load_definitions
from generator.definitions.reading_matter import NewsItem
from generator.views.news import news_of
from tests.site.pages import public_markdown
from tests.site.repository import ORGANISATION, TINY, write_records

DAY = date(2026, 6, 1)
OWN = ORGANISATION + "news:\n- {date: 2026-09-01, title: 思想汇报改为每季度一份, text: 从本学期起}\n"


def test_the_latest_comes_first_and_nothing_before_its_day() -> None:
    item = NewsItem(DAY, "rules", "改了一处", steps=("talk",), confidence="unsure")
    later = replace(item, date=DAY + timedelta(1), title="明天")
    procedures = load_definitions().procedures
    found = news_of([later, item], procedures, [], {"talk": "谈话"}, lambda step: f"#{step}", DAY)
    assert found[0].title == "改了一处"
    assert found[0].doubt == "待核实"
    assert found[0].links[0].href == "#talk"
    assert [one.day for one in found] == sorted((one.day for one in found), reverse=True)
    assert "明天" not in [one.title for one in found]
    assert {procedure.title for procedure in procedures} <= {one.title for one in found}


def test_a_school_tells_its_own(tmp_path: Path) -> None:
    page = public_markdown(write_records(tmp_path, {**TINY, "organisation.yaml": OWN}))["news.md"]
    assert "思想汇报改为每季度一份" in page
    assert page.index("思想汇报改为每季度一份") < page.index("发展对象公示成为全国规定")
