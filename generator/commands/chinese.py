"""What click says by itself, in Chinese: headings of help pages and usage errors."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

# click's own sentences, each with what we say instead. `{x}` stands for a value and is translated in turn.
PHRASES = (
    ("No such command {name}. Did you mean {other}?", "没有命令 {name}；是不是 {other}？"),
    ("No such command {name}. (Did you mean one of: {others}?)", "没有命令 {name}；是不是其中之一：{others}？"),
    ("No such command {name}.", "没有命令 {name}。"),
    ("No such option {name}. Did you mean {other}?", "没有选项 {name}；是不是 {other}？"),
    ("No such option {name}. (Did you mean one of: {others}?)", "没有选项 {name}；是不是其中之一：{others}？"),
    ("No such option {name}.", "没有选项 {name}。"),
    ("Missing command.", "缺少命令。"),
    ("Missing argument {name}. {more}", "缺少参数 {name}。{more}"),
    ("Missing argument {name}.", "缺少参数 {name}。"),
    ("Missing option {name}. {more}", "缺少选项 {name}。{more}"),
    ("Missing option {name}.", "缺少选项 {name}。"),
    ("Missing parameter {name}.", "缺少 {name}。"),
    ("Choose from:{choices}", "可选：{choices}"),
    ("Invalid value for {name}: {why}", "{name} 的值不对：{why}"),
    ("Invalid value: {why}", "值不对：{why}"),
    ("Option {name} does not take a value.", "选项 {name} 不带值。"),
    ("Option {name} requires an argument.", "选项 {name} 需要一个值。"),
    ("Option {name} requires {count} arguments.", "选项 {name} 需要 {count} 个值。"),
    ("Argument {name} takes {count} values.", "参数 {name} 需要 {count} 个值。"),
    ("Got unexpected extra argument ({args})", "多出了参数 {args}。"),
    ("Got unexpected extra arguments ({args})", "多出了参数 {args}。"),
    ("{value} is not one of {choices}.", "{value} 不在可选值之中：{choices}。"),
    ("{value} is not a valid {kind}.", "{value} 不是{kind}。"),
    ("{value} is not in the range {range}.", "{value} 不在范围内，应为 {range}。"),
    ("{value} is not a valid boolean. Recognized values: {states}", "{value} 不是“是”或“否”，可写：{states}"),
    ("{kind} {name} does not exist.", "{kind} {name} 不存在。"),
    ("{kind} {name} is a file.", "{kind} {name} 是一个文件。"),
    ("{kind} {name} is a directory.", "{kind} {name} 是一个文件夹。"),
    ("{kind} {name} is not readable.", "{kind} {name} 无法读取。"),
    ("{kind} {name} is not writable.", "{kind} {name} 无法写入。"),
    ("Could not open file {name}: {why}", "无法打开文件 {name}：{why}"),
    ("Show this message and exit.", "显示本说明后退出。"),
    ("{text}  [default: {value}]", "{text}（默认：{value}）"),
    ("{text}  [required]", "{text}（必填）"),
    ("{text}  [{range}]", "{text}（{range}）"),
    ("{low}<=x<={high}", "{low} 至 {high}"),
    ("x>={low}", "不小于 {low}"),
    ("x<={high}", "不大于 {high}"),
    ("Options", "选项"),
    ("Commands", "命令"),
    ("Positional arguments", "参数"),
    ("integer", "整数"),
    ("integer range", "整数"),
    ("float", "数"),
    ("Directory", "文件夹"),
    ("File", "文件"),
    ("Path", "路径"),
)
_USAGE = (("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 [参数]..."))


def _matcher(phrase: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", phrase)
    return re.compile("".join(re.escape(p) if i % 2 == 0 else f"(?P<{p}>.+?)" for i, p in enumerate(pieces)), re.DOTALL)


_MATCHERS = tuple((_matcher(english), chinese) for english, chinese in PHRASES)


def in_chinese(text: str) -> str:
    """`text` in Chinese if it is one of click's own sentences, else unchanged."""
    for matcher, chinese in _MATCHERS:
        if found := matcher.fullmatch(text):
            return chinese.format(**{name: in_chinese(value) for name, value in found.groupdict().items()})
    return text


class ChineseFormatter(click.HelpFormatter):
    """Help pages with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for english, chinese in _USAGE:
            args = args.replace(english, chinese)
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{in_chinese(heading)}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(term, in_chinese(text)) for term, text in rows], col_max, col_spacing)


class ChineseContext(click.Context):
    """A context whose help pages are Chinese."""

    formatter_class = ChineseFormatter
