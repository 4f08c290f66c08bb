"""Values handed in as lines `字段=值`, from a file or a pipe, or asked for one by one."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from generator.diagnostics import JishiError
from generator.os_errors import reason
from generator.privacy.fields import SealedField
from generator.privacy.places import repository_around

_SPLIT = re.compile(r"[=＝:：]")
_MAX_BYTES = 100_000
REMOVE = "-"
"""Handed in as a value, it takes the value out."""


def named(fields: Mapping[str, SealedField], names: Iterable[str]) -> list[SealedField]:
    """The fields of these keys or labels; all without any. Raises `JishiError`, never repeating what may be a value."""
    by_name = {name: field for field in fields.values() for name in (field.key, field.label)}
    chosen = []
    for name in names:
        if _SPLIT.search(name):
            raise JishiError(
                "值不能写在命令行里：命令行会留在历史记录中，别人也看得到",
                "只写字段名，运行后再输入；成批的用 --from 文件 或管道，一行一个“字段=值”。刚才写了真值的，请清除命令历史。",
            )
        if name not in by_name:
            raise JishiError("没有这个字段", f"可用：{'、'.join(field.label for field in fields.values())}")
        chosen.append(by_name[name])
    return chosen or list(fields.values())


def from_file(path: Path, wanted: Iterable[SealedField]) -> dict[str, str]:
    """Values of a file, `-` for the standard input. Raises `JishiError`."""
    if str(path) == "-":
        return from_pipe(wanted)
    if (around := repository_around(path)) is not None:
        raise JishiError(f"{path} 在仓库 {around} 里，未读取", "明文不能放在仓库里；请移到别处，密封后删除。")
    try:
        with path.open("rb") as source:
            return _parse(source.read(_MAX_BYTES + 1), wanted)
    except OSError as error:
        raise JishiError(f"无法读取 {path}：{reason(error)}", "请检查文件名和权限。") from None


def from_pipe(wanted: Iterable[SealedField]) -> dict[str, str]:
    """Values of the standard input. Raises `JishiError`."""
    return _parse(sys.stdin.buffer.read(_MAX_BYTES + 1), wanted)


def asked(wanted: Iterable[SealedField], known: Mapping[str, str]) -> dict[str, str]:
    """Values typed in; what is left empty stays as it is."""
    values = {}
    for field in wanted:
        state = f"已有，回车不变，{REMOVE} 删除" if field.key in known else "回车跳过"
        while True:
            typed = click.prompt(f"{field.label}（{state}）", default="", show_default=False).strip()
            faults = [] if typed in ("", REMOVE) else list(field.faults(field.plain(typed)))
            if not faults:
                break
            click.echo(f"{field.label}：{'；'.join(faults)}", err=True)
        if typed:
            values[field.key] = typed
    return values


def _parse(raw: bytes, wanted: Iterable[SealedField]) -> dict[str, str]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise JishiError("输入不是 UTF-8 编码", "请另存为 UTF-8 后重试。") from None
    if len(raw) > _MAX_BYTES:
        raise JishiError("输入过长", "每人只有几行，一行一个“字段=值”。")
    by_name = {name: field for field in wanted for name in (field.key, field.label)}
    values: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = _SPLIT.split(line, maxsplit=1)
        field = by_name.get(parts[0].strip())
        if len(parts) != 2 or field is None:
            labels = "、".join(dict.fromkeys(field.label for field in by_name.values()))
            raise JishiError(f"第 {number} 行读不懂", f"一行一个“字段=值”，字段为 {labels}。")
        if field.key in values:
            raise JishiError(f"第 {number} 行：“{field.label}”写了两次")
        if parts[1].strip():
            values[field.key] = parts[1].strip()
    return values
