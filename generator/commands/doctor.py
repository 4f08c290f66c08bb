"""`jishi doctor`: what this machine has, lacks, and will be slow at, with the command that mends each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

import click

from generator.commands.checkup import system
from generator.commands.checkup.result import Result, State

MARKS = {State.FINE: "✓", State.SLOW: "△", State.MISSING: "✗"}


def examine(today: date) -> Iterator[tuple[str, list[Result]]]:
    """All results, under the heading they are shown beneath."""
    yield "程序", [system.python_version(), *map(system.python_package, system.PACKAGES), system.git()]
    yield "日历", [system.work_calendar(today)]

    from generator.commands.checkup import printing
    from generator.prints.fonts import find_faces

    yield "打印用系统库", [*map(printing.library, printing.LIBRARIES), printing.subsetter()]
    yield "打印用字体", list(printing.font_files(find_faces()))
    yield "试印", [printing.trial_page()]


@click.command(help="检查本机：装了什么、缺什么、什么会慢，各用什么命令解决。一切正常时退出码为 0，否则为 1。")
@click.option("--install-fonts", is_flag=True, help="提取仿宋、楷体、黑体、小标宋字体（下载约 49 MB，不需 root）。")
def doctor(install_fonts: bool) -> None:
    if install_fonts:
        _install_fonts()
        return
    troubles: list[Result] = []
    for heading, results in examine(date.today()):
        click.echo(heading)
        for result in results:
            click.echo(f"  {MARKS[result.state]} {result.subject}  {result.detail}")
            if result.state is not State.FINE:
                click.echo(f"      解决：{result.remedy}")
                troubles.append(result)
    missing = sum(result.state is State.MISSING for result in troubles)
    if not troubles:
        click.echo("一切正常。")
        return
    click.echo(f"{State.MISSING.label} {missing} 项，{State.SLOW.label} {len(troubles) - missing} 项。")
    sys.exit(1)


def _install_fonts() -> None:
    from generator.prints.fandol import fandol_present, install_fandol
    from generator.prints.fonts import fandol_folder

    folder = fandol_folder()
    if fandol_present():
        click.echo("字体已在，无需提取。")
        return
    click.echo(f"下载并提取字体到 {folder} …")
    install_fandol(folder)
    click.echo("完成。")
