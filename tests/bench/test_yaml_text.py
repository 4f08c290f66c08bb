"""What the emitter writes reads back as the same text, whatever the text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bench.college.yaml_text import WIDTH, Note, document

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
VALUE = st.recursive(
    TEXT, lambda inner: st.one_of(st.lists(inner, min_size=1, max_size=4), st.dictionaries(TEXT, inner, max_size=4))
)


def read(text: str) -> object:
    return yaml.load(text, Loader=yaml.BaseLoader)


@given(st.dictionaries(st.text("abcdefgh_", min_size=1, max_size=8), VALUE, min_size=1, max_size=5))
def test_any_text_comes_back_unchanged(data: dict[str, object]) -> None:
    assert read(document(data)) == data


@pytest.mark.parametrize(
    "text",
    [
        "2023030117",
        "0123",
        "no",
        "NULL",
        "12:30",
        "2024-05-01x",
        "a: b",
        "a #b",
        "- a",
        "",
        " a",
        "a ",
        "1e9",
        "、",
        "×",
    ],
)
def test_what_could_be_misread_is_quoted(text: str) -> None:
    written = document({"key": text})
    assert read(written) == {"key": text}
    assert yaml.safe_load(written) == {"key": text}


def test_short_entries_stay_on_one_line_and_long_ones_become_blocks() -> None:
    short = {"step": "talk", "date": date(2024, 5, 20), "by": ["2008017"], "place": "党员活动室"}
    long = {**short, "summary": "谈" * 80, "ballots": {"for": 3, "against": 0}, "dues": Decimal("0.2"), "secret": True}
    text = document({"name": "王䶮", "log": [Note("第一次"), short, long]}, "说明")
    assert text.splitlines() == [
        "# 说明",
        "name: 王䶮",
        "log:",
        "# 第一次",
        '- {step: talk, date: 2024-05-20, by: ["2008017"], place: 党员活动室}',
        "- step: talk",
        "  date: 2024-05-20",
        '  by: ["2008017"]',
        "  place: 党员活动室",
        f"  summary: {'谈' * 80}",
        "  ballots: {for: 3, against: 0}",
        "  dues: 0.2",
        "  secret: true",
    ]


def test_absent_values_are_left_out() -> None:
    assert document({"a": None, "b": [], "c": "x"}) == "c: x\n"


def test_lines_of_mappings_keep_to_the_width() -> None:
    text = document({"log": [{f"key{n}": f"value{n}" for n in range(40)}]})
    assert len(text.splitlines()) == 41
    assert max(map(len, text.splitlines())) < WIDTH
