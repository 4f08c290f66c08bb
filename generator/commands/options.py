"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

MARKER = Path("data") / "organisation.yaml"
"""What makes a folder a records repository."""


class DateType(click.ParamType[date]):
    """A real calendar day written YYYY-MM-DD; passed to the command as `datetime.date`."""

    name = "日期"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        # `fromisoformat` alone would also take 20261120 and week dates.
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            self.fail(f"日期须写成 YYYY-MM-DD，例如 2026-11-20；现为“{value}”。", param, ctx)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"没有“{value}”这一天。", param, ctx)


def find_root(start: Path) -> Path | None:
    """The records repository that holds `start`: the nearest folder upwards with data/organisation.yaml."""
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return folder
    return None


def _resolve_root(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path:
    if value is None:
        found = find_root(Path.cwd())
        if found is None:
            raise click.UsageError(
                "当前文件夹及其上级都没有 data/organisation.yaml；请进入记录仓库，或用 --root 指定。", ctx
            )
        return found
    if not (value / MARKER).is_file():
        raise click.BadParameter(f"“{value}”里没有 data/organisation.yaml，不是记录仓库。", ctx, param)
    return value.resolve()


def as_of_option(function: Function) -> Function:
    """`--as-of DATE`, passed as `as_of: date | None`; None means today, not given explicitly."""
    return click.option("--as-of", type=DateType(), default=None, help="按这一天的情况计算；默认今天。")(function)


def root_option(function: Function) -> Function:
    """`--root DIR`, passed as `root: Path`, absolute; by default found upwards from the current folder."""
    return click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=None,
        metavar="文件夹",
        callback=_resolve_root,
        help="记录仓库（含 data/organisation.yaml 的文件夹）；默认从当前文件夹向上找。",
    )(function)


def jobs_option(function: Function) -> Function:
    """`--jobs N`, passed as `jobs: int | None`; None means one process a processor."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=None,
        metavar="进程数",
        help="同时打印的进程数；默认与处理器核数相同。",
    )(function)
