"""`jishi bundle`: everything for handing over the dossiers of a branch, into build/bundles/<name>/."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path

import click

from generator.audit.audit import run_audit
from generator.commands.auditing import tell_incomplete
from generator.commands.bundling import (
    BAG,
    GUIDE,
    LABELS,
    LEDGER_PDF,
    LEDGER_XLSX,
    MARK,
    PRINT,
    REVIEWS,
    Content,
)
from generator.commands.dossier_jobs import DossierJobs
from generator.commands.executing import executor_of, executor_option
from generator.commands.options import as_of_option, jobs_option, root_option
from generator.commands.print_places import refuse_place
from generator.commands.printing import (
    chosen_people,
    clear_departed,
    prepare_folder,
    prints_folder,
    tell_failed,
)
from generator.commands.progress import progress_bar
from generator.diagnostics import JishiError
from generator.exchange.whole_folder import whole_folder
from generator.os_errors import reason, remedy
from generator.prints.endings import ended_in_order
from generator.prints.executors import cores, prepare
from generator.prints.fonts import activate_fonts
from generator.prints.review_names import parted
from generator.prints.run import Report, print_jobs
from generator.prints.store import PrintStore
from generator.records.model import Person

OUTPUT = Path("build") / "bundles"
_SHEETS = ".sheets"
"""Ledgers and labels as they were last printed, so that what is unchanged is not printed again."""
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
    target = _target(root, out) if out is not None else None
    workers = jobs or cores()
    activate_fonts()
    prepare(workers)
    began = time.time_ns()
    audit = run_audit(root, as_of)
    people = chosen_people(audit, ids, branch, "移交包")
    name = people[0].branch if branch is not None else _name_of([person.id for person in people])
    target = target or _target(root, root / OUTPUT / name)
    jobs_of = DossierJobs(audit, root, began)
    report, reviews = _print_dossiers(jobs_of, people, root, executor, workers)
    tell_failed(report)
    tell_failed(reviews)
    printed = {path.stem: path for each in (report, reviews) for path in (*each.made, *each.unchanged)}
    there = [person for person in people if person.id in printed]
    if not there:
        raise JishiError("没有一份档案生成成功，没有汇成移交包", "先按上面的提示改正，再重新运行。")
    store = PrintStore(prepare_folder(root / OUTPUT) / _SHEETS)
    from generator.commands.bundle_work import Order, make_bundle

    order = Order(audit, root, name, there, printed, jobs_of, per_box, duplex)
    try:
        with ended_in_order(), progress_bar("汇成移交包"), whole_folder(target) as folder:
            content, pages = make_bundle(order, report, folder, store, workers)
    except OSError as error:
        raise JishiError(refusal(error, target), f"{remedy(error)}原有的移交包没有改动。") from error
    _tell(target, root, content, pages, report)
    tell_incomplete(audit)
    return 1 if report.failed or reviews.failed else 0


def refusal(error: OSError, target: Path) -> str:
    """What is being written has a name of its own until it is whole; a copy that fails names what is read."""
    named = error.filename if error.filename2 is None else error.filename2
    if isinstance(named, str) and not Path(named).is_relative_to(target.parent):
        return f"无法读取 {named}：{reason(error)}"
    return f"无法写入 {target}：{reason(error)}"


def _print_dossiers(
    jobs_of: DossierJobs, people: Sequence[Person], root: Path, executor: str | None, workers: int
) -> tuple[Report, Report]:
    make, press = executor_of(executor, min(workers, len(people)))
    store = PrintStore(prints_folder(root))
    done = count(1)
    with progress_bar("生成档案和审核单", 2 * len(people)) as show:
        report = print_jobs(jobs_of.both(people), store, make, lambda id: show(next(done), note=id), press)
    clear_departed(store, people, whole_branches=False)
    return parted(report)


def _name_of(ids: Sequence[str]) -> str:
    """The same people, the same name; others never replace them."""
    return ids[0] if len(ids) == 1 else f"list-{hashlib.sha256(' '.join(ids).encode()).hexdigest()[:8]}"


def _target(root: Path, folder: Path) -> Path:
    """Where the bundle goes; never in the place of anything else."""
    refuse_place(folder, root)
    target = folder.resolve()
    try:
        free = not target.exists() or not any(target.iterdir()) or _is_bundle(target)
    except OSError as error:
        raise JishiError(f"无法使用 {target}：{reason(error)}", "换一个文件夹。") from error
    if not free:
        raise JishiError(f"{target} 里已有别的文件，没有生成", "换一个文件夹；只有空文件夹和旧的移交包可以被替换。")
    return target


def _is_bundle(folder: Path) -> bool:
    try:
        with (folder / GUIDE).open(encoding="utf-8") as guide:
            return guide.readline().rstrip("\n") == MARK
    except (OSError, ValueError):
        return False


def _tell(target: Path, root: Path, content: Content, pages: int, report: Report) -> None:
    shown = target.relative_to(root).as_posix() if target.is_relative_to(root) else target.as_posix()
    sides = "双面" if content.duplex else "单面"
    for name, what in (
        (PRINT, f"全部档案，{sides}，{pages} 页"),
        (LEDGER_PDF, "交接登记台账"),
        (LEDGER_XLSX, "交接登记台账（电子表格）"),
        (LABELS, "卷脊和档案盒标签"),
        *([(REVIEWS, f"审核单，{len(content.reviews)} 人，组织员用，不归档")] if content.reviews else []),
        (f"{BAG}/", "归档包"),
    ):
        click.echo(f"{shown}/{name}　{what}")
    failed = f"，未列入 {len(report.failed)} 人" if report.failed else ""
    click.echo(f"移交 {len(content.dossiers)} 册（新印 {len(report.made)} 册）{failed}")
