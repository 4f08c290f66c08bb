"""`jishi due`: what is overdue and what falls due soon, by committee, branch and person; for reading, calendars and other programs."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator.commands.auditing import audited, tell_incomplete
from generator.commands.duty_formats import in_format
from generator.commands.options import as_of_option, root_option
from generator.commands.private_file import write_private
from generator.records.branches import branch_named
from generator.views.duties import duty_list


@click.command(help="列出逾期的、到期的和即将到期的事项，按支部和人排列；可导入日历或存为表格。")
@click.option("--branch", "branch_id", metavar="支部", default=None, help="只看一个支部（文件夹名）。")
@click.option("--days", type=click.IntRange(0, 3660), default=30, metavar="天数", help="往后看多少天；默认 30。")
@as_of_option
@root_option
@click.option(
    "--format", "format_", type=click.Choice(["text", "ics", "xlsx", "json"]), default="text",
    help="输出格式：终端文字、日历（ics）、表格（xlsx）或供程序读取（json）；默认 text。",
)  # fmt: skip
@click.option(
    "-o", "--output", "target", metavar="文件", default=None, type=click.Path(dir_okay=False, path_type=Path),
    help="写入这个文件，只有本人可读；默认输出到终端。",
)  # fmt: skip
def due(branch_id: str | None, days: int, as_of: date | None, root: Path, format_: str, target: Path | None) -> None:
    if format_ == "xlsx" and target is None and sys.stdout.isatty():
        raise click.UsageError("表格不能显示在终端上，请用 -o 指定文件，例如 -o 到期.xlsx。")
    audit = audited(root, as_of)
    branch = branch_named(audit.corpus.branches, branch_id) if branch_id is not None else None
    made = in_format(duty_list(audit, branch, days), format_, len(audit.assessments))
    if target is None:
        click.echo(made, nl=False)
    else:
        write_private(target, made)
        click.echo(f"已写入 {target}", err=True)
    tell_incomplete(audit)
