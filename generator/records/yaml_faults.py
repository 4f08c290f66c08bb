"""Chinese messages for what the YAML parser rejects, and for full-width punctuation typed by mistake."""

from __future__ import annotations

import re
from typing import Any

import yaml

from generator.records.text_lines import TextLines
from generator.records.yaml_limits import Report

_PROBLEMS = (
    ("mapping values are not allowed", "这里不应再出现“: ”", "文字里含有“: ”时，整段加引号；或检查上一行是否缺冒号"),
    ("could not find expected ':'", "缺少冒号，或这一行的缩进不对", "写成“键: 值”，半角冒号后空一格"),
    ("did not find expected key", "这里应当是一个键，缩进或引号可能不对", "同一层的键要左对齐；检查引号、括号是否成对"),
    ("did not find expected ',' or", "列表或花括号里缺少逗号或右括号", "各项用半角逗号分隔，括号要成对"),
    ("did not find expected '-' indicator", "列表项应以“- ”开头并对齐", "同一列表的“-”要左对齐"),
    ("did not find expected <document start>", "这里的内容与前文接不上", "检查缩进和括号；一个文件里只能有一份文档"),
    ("did not find expected node content", "这里缺少内容，或标点不对", "检查逗号、括号是否多余"),
    ("block sequence entries are not allowed", "列表项“- ”不能写在这里", "“键:”之后换行，再写“- ”开头的列表项"),
    ("found unexpected end of stream", "引号或括号没有成对", "请补上缺少的引号或括号"),
    ("found unexpected document indicator", "引号里出现了文档分隔符", "请补上缺少的引号"),
    ("found unknown escape character", "双引号里的反斜线写法不对", "改用单引号，或把 \\ 写成 \\\\"),
    ("invalid Unicode character escape", "双引号里的反斜线写法不对", "改用单引号，或把 \\ 写成 \\\\"),
    ("found character that cannot start any token", "这个符号不能出现在开头", "以 @、`、% 等符号开头的文字要加引号"),
    ("found a tab character", "这里用了制表符（Tab）", "请把 Tab 换成空格"),
)
_WIDE_KEY = re.compile(r"^[ \t]*(?:- +)*\{?\s*[\"']?(\w+)[\"']?[ \t]*：", re.MULTILINE)
_WIDE_LIST = re.compile(r"[\[{,][^\[\]{},\n]*[，、；]")
WIDE_SPACE = re.compile(r"[\u00a0\u2000-\u200f\u202f\u205f\u3000\ufeff]")


def report_syntax(error: yaml.MarkedYAMLError, text: str, lines: TextLines, report: Report) -> None:
    """Reports where the parser stopped, in Chinese, with a hint drawn from what stands on the lines around."""
    mark = error.problem_mark or error.context_mark
    index = min(mark.index if mark is not None else 0, len(text))
    problem = f"{error.context or ''} {error.problem or ''}"
    if text[index : index + 1] == "\t" or "found a tab character" in problem:
        report("YML019", index, index + 1)
        return
    if "expected a single document" in problem or (
        "did not find expected <document start>" in problem and text[index : index + 3] == "---"
    ):
        report("YML016", index, index + 3)
        return
    if "undefined alias" in problem:
        report("YML013", index, index + 1)
        return
    start = error.context_mark.index if error.context_mark is not None else index
    first, last = lines.position(min(start, index))[0], lines.position(index)[0]
    for number in dict.fromkeys((first, last, last - 1)):
        wide = _WIDE_KEY.search(lines.line(number))
        if wide:
            begin = lines.start(number) + wide.start(1)
            report_wide_colon(wide.group(1), begin, report, after=lines.line(number)[wide.end() :])
            return
    chinese, hint = next(((said, hint) for key, said, hint in _PROBLEMS if key in problem), ("此处不合 YAML 写法", ""))
    around = "\n".join(lines.line(number) for number in (first, last))
    if _WIDE_LIST.search(around):
        hint = "各项之间用半角逗号“,”，不用“，”；" + hint
    elif WIDE_SPACE.search(around):
        hint = "这一行含有全角空格或不可见空格，请换成半角空格；" + hint
    elif re.search("[“”‘’]", around) and "引号" in chinese + hint:
        hint = "引号用半角；" + hint
    if index >= len(text.rstrip()) and error.context_mark is not None:
        index = start
    report("YML010", index, index + 1, problem=chinese, hint=hint or "检查缩进、冒号、引号和括号")


def report_wide_colon(key: str, index: int, report: Report, after: str = "") -> None:
    value = after.strip()
    shown = f"{key}：{value}"
    shown = shown if len(shown) <= 24 else shown[:24] + "…"
    report("YML022", index, index + len(key) + 1, text=shown, example=f"{key}: {value[:20] or '……'}")


def report_unreadable(error: Any, text: str, report: Report) -> bool:
    """Reports characters that YAML refuses as such. Returns whether any was found."""
    found = False
    for match in UNPRINTABLE.finditer(text):
        report("YML002", match.start(), match.end(), char=f"U+{ord(match.group()):04X}")
        found = True
    return found


UNPRINTABLE = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)
"""Characters outside YAML's printable set, and U+FEFF in the middle of a text."""
