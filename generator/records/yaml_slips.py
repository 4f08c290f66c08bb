"""What is well-formed, yet surely a slip: full-width punctuation, escaped control characters, foreign line ends."""

from __future__ import annotations

import re
from typing import Any

from yaml import MappingNode, ScalarNode, SequenceNode

from generator.records.yaml_document import YamlDocument, is_empty
from generator.records.yaml_faults import UNPRINTABLE, WIDE_SPACE, report_unreadable, report_wide_colon

_BAD_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*")
_WIDE_COLON = re.compile(r"(?:^|[\n\r])[ \t\-\[{\"']*(\w+)[ \t]*：")
_WIDE_COMMA = re.compile(r"[\[{,][^\[\]{},\n]*[，、；]")
_WIDE_ITEM = re.compile(r"[，、；]")
_WIDE_PAIR = re.compile(r"[，；]\s*[A-Za-z_]+\s*[:：]")
_LEADING_PAIR = re.compile(r"(\w+)[ \t]*：")


def report_slips(document: YamlDocument, root: Any) -> None:
    """What is well-formed, yet surely a slip: full-width punctuation, escaped control characters, foreign line ends."""
    text = document.text
    report_line_ends(document)
    if text.isascii() and "\\" not in text:
        return
    if "\ufeff" in text:
        report_unreadable(None, text, document.report)
    wide = ("：" in text and _WIDE_COLON.search(text)) or _WIDE_COMMA.search(text)
    if wide or "\\" in text:
        _odd_nodes(document, root)


def report_line_ends(document: YamlDocument) -> bool:
    text = document.text
    if "\x85" not in text and "\u2028" not in text and "\u2029" not in text:
        return False
    for match in _BAD_LINE_ENDS.finditer(text):
        document.report("YML005", match.start(), match.end(), char=f"U+{ord(match.group()):04X}")
    return True


def _odd_nodes(document: YamlDocument, root: Any) -> None:
    todo = [(root, False)]
    while todo:
        node, item = todo.pop()
        if type(node) is MappingNode:
            todo.extend((value, False) for _, value in node.value)
            continue
        if type(node) is SequenceNode:
            todo.extend((value, True) for value in node.value)
            if node.flow_style:
                for value in node.value:
                    if type(value) is ScalarNode and not value.style and _WIDE_ITEM.search(value.value):
                        parts = [part.strip() for part in _WIDE_ITEM.split(value.value)]
                        _wide_comma(document, value, f"[{', '.join(parts)}]")
            continue
        if node.style == '"':
            bad = UNPRINTABLE.search(node.value)
            if bad:
                start = node.start_mark.index
                document.report("YML002", start, node.end_mark.index, char=f"U+{ord(bad.group()):04X}")
        elif not node.style:
            pair = _LEADING_PAIR.match(node.value) if item else None
            if pair and _PLAIN_KEY.fullmatch(pair.group(1)):
                after = node.value[pair.end() :]
                report_wide_colon(pair.group(1), node.start_mark.index, document.report, after=after)
            elif _WIDE_PAIR.search(node.value):
                _wide_comma(document, node, node.value.replace("，", ", ").replace("；", ", ").replace("：", ": "))


def _wide_comma(document: YamlDocument, node: Any, example: str) -> None:
    document.report("YML023", node.start_mark.index, node.end_mark.index, text=node.value[:24], example=example[:40])


def report_not_a_mapping(document: YamlDocument, root: Any) -> None:
    if root is None or is_empty(root):
        document.report("YML003", 0, 1)
        return
    if type(root) is ScalarNode:
        wide = _LEADING_PAIR.match(root.value)
        if wide:
            report_wide_colon(wide.group(1), root.start_mark.index, document.report, after=root.value[wide.end() :])
            return
        space = WIDE_SPACE.search(document.text)
        if space:
            document.report("YML006", space.start(), space.end(), char=f"U+{ord(space.group()):04X}")
            return
    found = "一段文字" if type(root) is ScalarNode else "列表"
    hint = "例如 name: 张三；冒号用半角，后面空一格" if type(root) is ScalarNode else "去掉开头的“- ”，写成“键: 值”"
    document.report("YML011", root.start_mark.index, root.end_mark.index, found=found, hint=hint)
