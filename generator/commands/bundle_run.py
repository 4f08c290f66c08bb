"""A run of `jishi bundle`: whom it is about, the prints, and the folder in which all of it is put."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

import click

from generator.audit.audit import run_audit
from generator.commands.auditing import tell_incomplete
from generator.commands.bundle_work import Order, make_bundle
from generator.commands.bundling import BAG, GUIDE, LABELS, LEDGER_PDF, LEDGER_XLSX, MARK, PRINT, REVIEWS, Content
from generator.commands.dossier_jobs import DossierJobs
from generator.commands.executing import executor_of
from generator.commands.print_places import refuse_place
from generator.commands.printing import chosen_people, clear_departed, prepare_folder, prints_folder, tell_failed
from generator.commands.progress import progress_bar
from generator.diagnostics import JishiError
from generator.exchange.whole_folder import whole_folder
from generator.os_errors import reason, remedy
from generator.prints.endings import ended_in_order
from generator.prints.review_names import parted
from generator.prints.run import Report, print_jobs
from generator.prints.store import PrintStore
from generator.records.model import Person

OUTPUT = Path("build") / "bundles"
_SHEETS = ".sheets"
"""Ledgers and labels as they were last printed, so that what is unchanged is not printed again."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The command line."""

    ids: tuple[str, ...]
    branch: str | None
    duplex: bool
    per_box: int
    out: Path | None
    executor: str | None
    as_of: date | None
    root: Path


def run(wish: Wish, workers: int) -> int:
    """Returns the exit code. Raises `JishiError`."""
    root = wish.root
    target = _target(root, wish.out) if wish.out is not None else None
    began = time.time_ns()
    audit = run_audit(root, wish.as_of)
    people = chosen_people(audit, wish.ids, wish.branch, "移交包")
    name = people[0].branch if wish.branch is not None else _name_of([person.id for person in people])
    target = target or _target(root, root / OUTPUT / name)
    jobs_of = DossierJobs(audit, root, began)
    report, reviews = _print_dossiers(jobs_of, people, root, wish.executor, workers)
    tell_failed(report)
    tell_failed(reviews)
    printed = {path.stem: path for each in (report, reviews) for path in (*each.made, *each.unchanged)}
    there = [person for person in people if person.id in printed]
    if not there:
        raise JishiError("没有一份档案生成成功，没有汇成移交包", "先按上面的提示改正，再重新运行。")
    order = Order(audit, root, name, there, printed, jobs_of, wish.per_box, wish.duplex)
    store = PrintStore(prepare_folder(root / OUTPUT) / _SHEETS)
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
