"""`jishi stats`: how many findings of which code where, people by stage, and the faults that come back."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

import click

from generator.commands.auditing import audited, tell_incomplete
from generator.commands.codes import Prefixes, codes_options
from generator.commands.numbers.as_csv import as_csv
from generator.commands.numbers.as_json import as_json
from generator.commands.numbers.as_text import overview, single
from generator.commands.numbers.figures import figures
from generator.commands.options import as_of_option, root_option
from generator.views.statistics_findings import Axis

_WIDTH = 100
"""Columns of text that goes into a file or another program."""


@click.command(help="统计：各支部人数和问题、最多的问题、检查和整改、反复出现的问题。")
@click.option(
    "--by", "axis", type=click.Choice(["branch", "code", "step"]), default=None,
    help="只列一张表：按支部（branch）、按代码（code）或按步骤（step）。",
)  # fmt: skip
@as_of_option
@root_option
@click.option(
    "--format", "format_", type=click.Choice(["csv", "json", "text"]), default="text", help="输出格式；默认 text。"
)
@codes_options
def stats(
    axis: Axis | None,
    as_of: date | None,
    root: Path,
    format_: str,
    select_codes: Prefixes,
    ignore_codes: Prefixes,
) -> None:
    if axis is not None and format_ != "text":
        raise click.UsageError("--by 只用于 text；json、csv 本来就逐支部、逐代码、逐步骤列出。")
    audit = audited(root, as_of)
    numbers = figures(audit, select_codes, ignore_codes)
    if format_ == "text":
        width = shutil.get_terminal_size((_WIDTH, 24)).columns if sys.stdout.isatty() else _WIDTH
        lines = overview(numbers) if axis is None else single(numbers, axis, width)
        click.echo("\n".join(lines))
    else:
        click.echo(as_json(numbers) if format_ == "json" else as_csv(numbers), nl=False)
    tell_incomplete(audit)
