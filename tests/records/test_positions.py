"""`span` points at the text of the value, whatever the style of the YAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import Pointer, Span
from generator.records.yaml_source import YamlDocument, read_text, read_yaml

# Plain Chinese, characters beyond the BMP (rare names), quotes, digits, and marks that force quoting.
_TEXT = st.text(alphabet="林知远𠀀𪚥𬱖ab0 1'\"：，#-.:é", min_size=1, max_size=8).filter(
    lambda text: text.strip() == text
)
_KEYS = st.text(alphabet="abcdefgh_0123456789", min_size=1, max_size=6)
_TREES = st.recursive(
    _TEXT,
    lambda below: st.lists(below, min_size=1, max_size=3) | st.dictionaries(_KEYS, below, min_size=1, max_size=3),
    max_leaves=12,
)


def scalars(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from scalars(below, (*pointer, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from scalars(below, (*pointer, index))
    else:
        yield pointer, value


def cut(document: YamlDocument, span: Span) -> str:
    """The text a span covers, taken from the lines as an editor shows them."""
    lines = document.lines[span.line - 1 : span.end_line]
    first, last = lines[0], lines[-1]
    if span.line == span.end_line:
        return first[span.column - 1 : span.end_column - 1]
    return "\n".join([first[span.column - 1 :], *lines[1:-1], last[: span.end_column - 1]])


@settings(max_examples=300, deadline=None)
@given(
    data=st.dictionaries(_KEYS, _TREES, min_size=1, max_size=4),
    flow=st.sampled_from([True, False, None]),
    style=st.sampled_from([None, "'", '"']),
    indent=st.integers(2, 4),
    crlf=st.booleans(),
    comments=st.booleans(),
)
def test_every_scalar_is_found_where_it_stands(
    data: dict[str, Any], flow: bool | None, style: str | None, indent: int, crlf: bool, comments: bool
) -> None:
    text = yaml.dump(data, allow_unicode=True, default_flow_style=flow, default_style=style, indent=indent, width=10**6)
    text = "".join(line.replace("!!null ", "") for line in text.splitlines(keepends=True))
    if comments:
        text = "# 𠀀 开头的注释\n" + text.replace("\n", "   # 注释：：𪚥\n") if "|" not in text else "# 注释\n" + text
    if crlf:
        text = text.replace("\n", "\r\n")
    document = read_text("x.yaml", text)
    if not document.data:  # dumped with a tag or an anchor-like text, which is refused before anything is located
        assert document.diagnostics
        return
    assert document.data == data
    found = list(scalars(data))
    assert found
    for pointer, value in found:
        covered = cut(document, document.span(pointer))
        assert yaml.load(covered, yaml.BaseLoader) == value
        if isinstance(pointer[-1], str):
            key = cut(document, document.span(pointer, on_key=True))
            assert yaml.load(key, yaml.BaseLoader) == pointer[-1]


SOURCE = """\
# 𠀀
name: "𠀀𪚥远"   # 名
league: {joined: 2017-05-04, left: 2031-05-17}
log:
- {step: apply, date: 2021-10-08}
-
  step: talk
  by: ["2008017", '2010022']
  note: |
    第一行
    第二行
empty:
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_by_hand(end: str, mark: str) -> None:
    document = read_yaml("x.yaml", (mark + SOURCE.replace("\n", end)).encode())
    assert document.span(("name",)) == Span(2, 7, 2, 12)
    assert document.span(("name",), on_key=True) == Span(2, 1, 2, 5)
    assert document.span(("league", "left")) == Span(3, 36, 3, 46)
    assert document.span(("log", 0, "date")) == Span(5, 23, 5, 33)
    assert document.span(("log", 1, "by", 1)) == Span(8, 19, 8, 28)
    assert document.span(("log", 1, "note")).line == 9
    assert document.span(("log", 1, "note")).end_line == 11
    # Missing: the key of the deepest mapping that is there; a list item has none, so its first key.
    assert document.span(("league", "nothing")) == Span(3, 1, 3, 7)
    assert document.span(("log", 1, "nothing", "deeper")) == Span(7, 3, 7, 7)
    assert document.span(("log", 9)) == Span(4, 1, 4, 4)
    assert document.span((), on_key=True) == Span(2, 1, 2, 5)
    assert document.span(("empty",)) == Span(12, 1, 12, 6)
    assert document.lines[1] == 'name: "𠀀𪚥远"   # 名'


def test_positions_survive_release() -> None:
    document = read_text("x.yaml", SOURCE)
    before = document.span(("log", 1, "step"))
    document.release()
    assert document.span(("log", 1, "step")) == before == Span(7, 9, 7, 13)


def test_empty_list_items_do_not_shift_positions() -> None:
    document = read_text("x.yaml", "a:\n- x\n-\n- ~\n- y\n")
    assert document.data == {"a": ["x", "y"]}
    assert document.span(("a", 1)) == Span(5, 3, 5, 4)
    assert [said.code for said in document.diagnostics] == ["YML021", "YML021"]
