"""The blank forms that a site offers, made before its pages; a machine that cannot print still builds the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

import click

from generator.definitions.load import Definitions
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError
from generator.os_errors import reason, remedy
from generator.prints.system_libraries import load_weasyprint
from generator.views.blank_forms import FOLDER

BLANKS = Path("build") / "blank"
"""Below the root: what is kept from one build to the next. Nobody is named in it."""


def blank_files(root: Path, definitions: Definitions, say: Callable[[str], None]) -> Mapping[str, Path]:
    """Address in the site → where the file lies; empty, with a note on standard error, where nothing can be printed."""
    try:
        return _made(root, definitions, say)
    except JishiError as error:
        _tell(error.message, error.hint)
    except OSError as error:
        _tell(reason(error), remedy(error))
    return {}


def _made(root: Path, definitions: Definitions, say: Callable[[str], None]) -> Mapping[str, Path]:
    from generator.prints.blanks import BlankPrinter

    printer = BlankPrinter(root, shelf_for(root), definitions, root / BLANKS)
    total, done = printer.pending, count(1)
    if total:
        _require_drawing()
    blanks = printer.make(lambda name: say(f"打印空白表 {next(done)}/{total}"))
    for name, message in blanks.failed:
        click.echo(f"空白表 {name} 没有生成：{message}", err=True)
    return {f"{FOLDER}/{name}": path for name, path in sorted(blanks.files.items())}


def _require_drawing() -> None:
    """What draws needs libraries of the system: better asked once than told by each worker. Raises JishiError."""
    try:
        load_weasyprint()
    except (ImportError, OSError) as error:
        raise JishiError(
            f"打印用的程序库无法使用（{' '.join(str(error).split())[:120]}）", "运行 jishi doctor 查看安装命令。"
        ) from error


def _tell(message: str, hint: str) -> None:
    click.echo(f"没有生成空白表：{message}", err=True)
    if hint:
        click.echo(f"  提示：{hint}", err=True)
    click.echo("  网站照常生成，“空白表格”一页没有下载。", err=True)
