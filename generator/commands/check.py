"""`jishi check`: every finding, with its place; writes nothing."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator.audit.audit import Audit, run_audit
from generator.commands.options import as_of_option, root_option
from generator.commands.reporters import REPORTS
from generator.commands.selection import select
from generator.diagnostics import JishiError, Severity


@click.command(help="核对全部记录。写明路径（文件、文件夹）或学号/工号时，只显示与之有关的问题。")
@click.argument("paths", nargs=-1, metavar="[路径或学号]...")
@as_of_option
@root_option
@click.option("--format", "format_", type=click.Choice(sorted(REPORTS)), default="text", help="输出格式；默认 text。")
@click.option("--strict", is_flag=True, help="有警告也算不通过。")
def check(paths: tuple[str, ...], as_of: date | None, root: Path, format_: str, strict: bool) -> int:
    """Exit code: 0 clean, 1 errors (with --strict also warnings), 2 nothing to look at or wrong usage."""
    audit = run_audit(root, as_of)
    require_records(audit)
    findings = select(audit, paths)
    click.echo(REPORTS[format_](audit, findings, sys.stdout.isatty()), nl=False)
    refused = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return int(any(finding.severity in refused for finding in findings))


def require_records(audit: Audit) -> None:
    """A check that looked at nobody must not look like a check that found nothing."""
    if audit.corpus.people:
        return
    hint = "人员文件应放在 data/<党委>/<支部>/people/<学号>.yaml。"
    if audit.findings:
        first = audit.findings[0]
        hint += f"另有 {len(audit.findings)} 处问题，第一处在 {first.place.path}：{first.message}"
    raise JishiError("没有找到任何人的记录，什么也没有核对", hint)
