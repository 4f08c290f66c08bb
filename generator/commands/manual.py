"""`jishi manual`: prints the manual of a branch as a booklet, from the structure of the organisation alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options import as_of_option, jobs_option, root_option

if TYPE_CHECKING:
    from generator.prints.run import Job
    from generator.site.library import Library
    from generator.views.booklet import Booklet

FOLDER = "manuals"
"""Below the other prints."""


@click.command(short_help="打印支部手册：带目录和页码的 PDF")
@click.option("--branch", "branches", metavar="支部", multiple=True, help="支部的文件夹名；可以写几个。")
@click.option("--all", "everybody", is_flag=True, help="全部支部。")
@click.option("-o", "out", type=click.Path(dir_okay=False, path_type=Path), default=None, metavar="文件",
              help="另存为这个文件；只用于一个支部。")  # fmt: skip
@click.option("--ics", is_flag=True, help="另存学期日历，供日历软件导入：build/print/manuals/<支部>.ics。")
@jobs_option
@as_of_option
@root_option
def manual(
    branches: tuple[str, ...],
    everybody: bool,
    out: Path | None,
    ics: bool,
    jobs: int | None,
    as_of: date | None,
    root: Path,
) -> int:
    """把支部手册印成一册：本支部须知、流程一览、学期日历、每一步、材料目录、常见错误。

    生成的文件在 build/print/manuals/<支部>.pdf。只读学校、党委和支部的文件，不打开人员、会议和组织员的文件；册中没有人名。
    """
    if bool(branches) == everybody:
        raise click.UsageError("请用 --branch 指定支部，或者用 --all 表示全部支部（二者选一）。")
    chosen = tuple(dict.fromkeys(branches))
    if out is not None and len(chosen) != 1:
        raise click.UsageError("-o 只用于一个支部。")
    from generator.commands.print_places import refuse_place
    from generator.site.open_library import open_structure

    if out is not None:
        refuse_place(out, root, named=False)
    library = open_structure(root, as_of or date.today(), chosen[0] if len(chosen) == 1 else None)
    named = _named(library, chosen)
    status = _print(library, named, root, out, jobs)
    if ics and not status:
        _save_calendars(library, named, root)
    return status


def _named(library: Library, chosen: Sequence[str]) -> tuple[str, ...]:
    from generator.records.branches import branch_named

    return tuple(branch_named(library.branches, name) for name in chosen) or tuple(library.branches)


def _print(library: Library, branches: Sequence[str], root: Path, out: Path | None, jobs: int | None) -> int:
    from generator.commands.printing import prints_folder, tell_report, template_folders
    from generator.commands.progress import progress_bar
    from generator.prints.executors import cores, processes
    from generator.prints.fonts import activate_fonts
    from generator.prints.manuals import ManualPrinter
    from generator.prints.page import PrintTemplates
    from generator.prints.run import print_jobs
    from generator.prints.store import PrintStore

    printer = ManualPrinter(PrintTemplates(template_folders(library.shelf)), activate_fonts().fingerprint)
    folder = prints_folder(root, FOLDER)
    store, done = PrintStore(folder), count(1)
    work: list[Job] = [printer.job(branch, _compiling(library, branch)) for branch in branches]
    workers = min(jobs or cores(), len(branches))
    with progress_bar("打印手册", len(work)) as show:
        report = print_jobs(work, store, processes(workers), lambda id: show(next(done), note=id))
    tell_report(report, root, folder)
    if report.failed:
        return 1
    if out is not None:
        _save(store.path("", branches[0]).read_bytes(), out, str(out))
    return 0


def _compiling(library: Library, branch: str) -> Callable[[], Booklet]:
    from generator.site.booklets import booklet

    return partial(booklet, library, branch)


def _save(content: bytes, out: Path, shown: str) -> None:
    from generator.atomic import write_atomically
    from generator.diagnostics import JishiError
    from generator.os_errors import reason, remedy

    try:
        write_atomically(out, content)
    except OSError as error:
        raise JishiError(f"无法写入 {shown}：{reason(error)}", remedy(error)) from error
    click.echo(f"另存 {shown}")


def _save_calendars(library: Library, branches: Sequence[str], root: Path) -> None:
    from generator.commands.printing import prints_folder, shown_path
    from generator.exchange.calendar_ics import calendar_ics

    folder = prints_folder(root, FOLDER)
    for branch in branches:
        manual, out = library.manuals[branch], folder / f"{branch}.ics"
        content = calendar_ics(manual.calendar, branch, f"{manual.name}学期日历", library.as_of)
        _save(content, out, shown_path(out, root))
