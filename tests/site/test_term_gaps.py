"""A calendar says for which time no terms are recorded, before them, between them and after them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.site.open_library import open_structure
from tests.site.repository import ORGANISATION, TINY, write_records

AUTUMN, SPRING = (
    "- {name: 秋季学期, from: 2026-08-31, to: 2027-01-16}\n",
    "- {name: 春季学期, from: 2027-02-22, to: 2027-07-09}\n",
)
NEXT = "- {name: 下一学年, from: 2027-08-30, to: 2028-07-07}\n"
NONE = "这段时间的校历没有录入（organisation.yaml 的 terms），学期起止请对照本校校历。"


@pytest.mark.parametrize(
    ("terms", "day", "said"),
    [
        ("", date(2026, 11, 22), [NONE]),
        (AUTUMN + SPRING, date(2026, 11, 22), []),
        (AUTUMN + SPRING, date(2015, 3, 1), [NONE]),
        (AUTUMN + SPRING, date(2028, 3, 1), [NONE]),
        (AUTUMN + SPRING, date(2026, 3, 1), ["2026年8月31日以前的学期没有录入，请对照本校校历。"]),
        (AUTUMN + SPRING, date(2026, 7, 25), []),
        (AUTUMN, date(2026, 11, 22), ["2027年1月16日以后的学期还没有录入，请对照本校校历。"]),
        (
            AUTUMN + NEXT,
            date(2026, 11, 22),
            ["2027年1月16日至2027年8月30日之间的学期没有录入，请对照本校校历。"],
        ),
        (
            AUTUMN.replace("2027-01-16", "2026-10-30") + SPRING,
            date(2026, 9, 22),
            ["2026年10月30日至2027年2月22日之间的学期没有录入，请对照本校校历。"],
        ),
    ],
)
def test_what_the_terms_leave_open_is_said(tmp_path: Path, terms: str, day: date, said: list[str]) -> None:
    organisation = ORGANISATION + (f"terms:\n{terms}" if terms else "")
    root = write_records(tmp_path, {**TINY, "organisation.yaml": organisation})
    calendar = open_structure(root, day).manuals["wx-ug"].calendar
    assert [note for note in calendar.notes if "学期" in note and "毕业生" not in note] == said
