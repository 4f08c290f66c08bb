"""`jishi check`: every finding, with its place; writes nothing."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator.commands.auditing import audited
from generator.commands.codes import Prefixes, chosen, codes_options
from generator.commands.options import as_of_option, root_option
from generator.commands.reporters import FORMATS, report_as
from generator.commands.selection import select
from generator.diagnostics import Severity


@click.command(help="核对全部记录。写明路径（文件、文件夹）或学号/工号时，只显示与之有关的问题。")
@click.argument("paths", nargs=-1, metavar="[路径或学号]...")
@as_of_option
@root_option
@click.option("--format", "format_", type=click.Choice(sorted(FORMATS)), default="text", help="输出格式；默认 text。")
@codes_options
@click.option("--before", metavar="步骤", help="上报某一步骤之前，只列出所写学号的人不宜上报的原因。")
@click.option("--strict", is_flag=True, help="有警告也算不通过。")
@click.option("--history", is_flag=True, help="另查 git 历史：哪些记录是事后很久才写进来的（补录）。")
def check(
    paths: tuple[str, ...],
    as_of: date | None,
    root: Path,
    format_: str,
    select_codes: Prefixes,
    ignore_codes: Prefixes,
    before: str | None,
    strict: bool,
    history: bool,
) -> int:
    """Exit code: 0 clean, 1 errors (with --strict also warnings), 2 nothing to look at or wrong usage."""
    # What few runs need is imported by these: most find nothing changed, and are over before it would be loaded.
    if before is not None:
        from generator.commands.before import require_people

        require_people(paths, format_)
    audit = audited(root, as_of)
    if history:
        from generator.audit.written_late import with_history

        audit = with_history(audit)
    if before is not None:
        from generator.commands.before import report_before

        return report_before(audit, before, paths, format_, (select_codes, ignore_codes))
    everything = select(audit, paths)
    findings = chosen(everything, select_codes, ignore_codes)
    if left_out := len(everything) - len(findings):
        click.echo(f"按 --select、--ignore 略去 {left_out} 项问题。", err=True)
    click.echo(report_as(format_)(audit, findings, sys.stdout.isatty()), nl=False)
    refused = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return int(any(finding.severity in refused for finding in findings))
