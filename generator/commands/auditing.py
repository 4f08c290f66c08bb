"""What commands that read the records begin with: the audit, with progress on a terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.audit.audit import Audit, run_audit
from generator.audit.left_out import not_fully_read
from generator.commands.progress import progress_bar
from generator.diagnostics import JishiError

_NAMED = 5
"""Up to so many files are named."""


def audited(root: Path, as_of: date | None) -> Audit:
    """The audit of a repository. Raises JishiError when there is nobody in it: a check of nothing must not look clean."""
    with progress_bar("读取记录") as show:
        audit = run_audit(root, as_of, progress=lambda done, total: show(done, total, "核对"))
    if audit.corpus.people:
        return audit
    hint = "人员文件应放在 data/<党委>/<支部>/people/<学号>.yaml。"
    if audit.findings:
        first = audit.findings[0]
        hint += f"另有 {len(audit.findings)} 处问题，第一处在 {first.place.path}：{first.message}"
    raise JishiError("没有找到任何人的记录，什么也没有核对", hint)


def tell_incomplete(audit: Audit) -> None:
    """Says on stderr which record files could not be fully read: what is in them is missing from every product."""
    paths = not_fully_read(audit.corpus)
    if paths:
        more = "" if len(paths) <= _NAMED else " 等"
        click.echo(
            f"有 {len(paths)} 个记录文件没有（全部）读出，结果可能不完整：{'、'.join(paths[:_NAMED])}{more}", err=True
        )
        click.echo("提示：运行 jishi check 查看原因，改正后重新运行。", err=True)
