from __future__ import annotations

import html
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.escape import escape, in_title

EXTENSIONS = ["tables", "attr_list", "md_in_html", "def_list", "admonition", "pymdownx.superfences"]
HOSTILE = [
    "<script>alert(1)</script>",
    "{{ config }} {% raw %}",
    "a|b|c",
    "`code` ``` fence",
    "[link](javascript:alert(1)) ![x](y)",
    "*strong* __strong__ ~~gone~~",
    "# heading",
    "- item",
    "1. item",
    "!!! note",
    "=== tab",
    "{: .class #id }",
    "&lt;b&gt; &amp; &#60;",
    "https://example.org <mailto:a@b.c>",
    '" onclick="x',
    "\\*",
    "[^1]: note",
    ": definition",
]


def rendered_text(markdown_text: str) -> str:
    page = markdown.markdown(markdown_text, extensions=EXTENSIONS)
    return html.unescape(re.sub(r"<[^>]*>", "", page))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("frame", ["{}", "前{}后", "<table><tbody><tr><td>{}</td></tr></tbody></table>"])
def test_hostile_text_comes_out_as_itself(text: str, frame: str) -> None:
    assert " ".join(rendered_text(frame.format(escape(text))).split()) == " ".join(frame_text(frame, text).split())


def frame_text(frame: str, text: str) -> str:
    return re.sub(r"<[^>]*>", "", frame).replace("{}", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_stays_one_cell(text: str) -> None:
    page = markdown.markdown(f"| a | b |\n|---|---|\n| {escape(text)} | z |\n", extensions=EXTENSIONS)
    assert page.count("<td>") == 2
    assert "<td>z</td>" in page


@given(st.text(max_size=40))
def test_no_text_makes_markup(text: str) -> None:
    page = markdown.markdown(f"x{escape(text)}x", extensions=EXTENSIONS)
    assert re.findall(r"<[^>]*>", page) == ["<p>", "</p>"]


def test_line_breaks_become_spaces_and_hidden_marks_become_visible() -> None:
    assert escape("甲\n乙\r\n丙") == "甲 乙 丙"
    assert escape("a\u202eb\u200bc") == "a〔U+202E〕b〔U+200B〕c"


def test_titles_hold_no_markup_even_when_a_theme_prints_them_raw() -> None:
    title = in_title('</title><script>&lt;"\n')
    assert not set('<>&"') & set(title)
