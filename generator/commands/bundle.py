"""`jishi bundle`: everything for handing over the dossiers of a branch, into build/bundles/<name>/."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.commands.executing import executor_option
from generator.commands.options import as_of_option, jobs_option, root_option
from generator.prints.executors import cores, prepare
from generator.prints.fonts import activate_fonts

_PER_BOX = 20


@click.command(short_help="汇成移交包：打印文件、台账、标签、归档包")
@click.argument("ids", nargs=-1, metavar="[学号或工号]...")
@click.option("--branch", "branch", metavar="支部", default=None, help="某支部的全部人员（支部的文件夹名）。")
@click.option("--duplex", is_flag=True, help="双面打印：补空白页，使每册从右手页开始。")
@click.option(
    "--per-box", type=click.IntRange(min=1), default=_PER_BOX, metavar="册数", help="每个档案盒装几册；默认 20。"
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    metavar="文件夹",
    help="移交包放在这个文件夹；默认 build/bundles/<支部>。",
)
@jobs_option
@executor_option
@as_of_option
@root_option
def bundle(
    ids: tuple[str, ...],
    branch: str | None,
    duplex: bool,
    per_box: int,
    out: Path | None,
    jobs: int | None,
    executor: str | None,
    as_of: date | None,
    root: Path,
) -> int:
    """把一个支部或指定人员的档案汇成移交包：带书签的打印文件、交接登记台账（PDF 和电子表格）、标签、BagIt 归档包。

    各人的审核单另汇成一个文件，供组织员移交前审核，不在归档包里。没有变化的档案不重新打印。新的移交包完整生成后才替换旧的；某人的档案不能生成时说明是谁，其余照常。
    """
    if bool(ids) == (branch is not None):
        raise click.UsageError("请写出学号或工号，或者用 --branch 指定支部（二者选一）。")
    workers = jobs or cores()
    activate_fonts()
    prepare(workers)
    # What prints is being loaded by another process: the rest is loaded meanwhile.
    from generator.commands.bundle_run import Wish, run

    return run(Wish(ids, branch, duplex, per_box, out, executor, as_of, root), workers)
