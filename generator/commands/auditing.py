"""What commands that read the records begin with: the audit, with progress on a terminal."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator.audit.audit import Audit, run_audit
from generator.audit.left_out import not_fully_read
from generator.diagnostics import JishiError

_NAMED = 5
"""Up to so many files are named."""


def audited(root: Path, as_of: date | None) -> Audit:
    """The audit of a repository. Raises JishiError when there is nobody in it: a check of nothing must not look clean."""
    audit = _with_progress(root, as_of) if sys.stderr.isatty() else run_audit(root, as_of)
    if audit.corpus.people:
        return audit
    hint = "人员文件应放在 data/<党委>/<支部>/people/<学号>.yaml。"
    if audit.findings:
        first = audit.findings[0]
        hint += f"另有 {len(audit.findings)} 处问题，第一处在 {first.place.path}：{first.message}"
    raise JishiError("没有找到任何人的记录，什么也没有核对", hint)


def tell_incomplete(audit: Audit) -> None:
    """Says on stderr which record files could not be fully read: what is in them is missing from every product."""
    paths = not_fully_read(audit)
    if paths:
        more = "" if len(paths) <= _NAMED else " 等"
        click.echo(
            f"有 {len(paths)} 个记录文件没有（全部）读出，结果可能不完整：{'、'.join(paths[:_NAMED])}{more}", err=True
        )
        click.echo("提示：运行 jishi check 查看原因，改正后重新运行。", err=True)


def _with_progress(root: Path, as_of: date | None) -> Audit:
    # Imported here: without a terminal nobody waits for rich to load.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("读取记录", total=None)

        def tick(done: int, total: int) -> None:
            bar.update(task, description="核对", completed=done, total=total)

        return run_audit(root, as_of, progress=tick)
