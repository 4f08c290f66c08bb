"""`jishi dossier`: prints dossiers into build/print/<branch>/<id>.pdf, and beside each its review sheet."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain, count
from pathlib import Path

import click

from generator.audit.audit import run_audit
from generator.commands.auditing import tell_incomplete
from generator.commands.dossier_jobs import DossierJobs
from generator.commands.executing import executor_of, executor_option
from generator.commands.identity import identity_option, split, tell_sealed, vault_with
from generator.commands.options import as_of_option, jobs_option, root_option
from generator.commands.printing import (
    LISTED,
    PRINTS,
    chosen_people,
    clear_departed,
    prints_folder,
    shown_path,
    tell_failed,
    tell_report,
)
from generator.commands.progress import progress_bar
from generator.prints.executors import cores, processes
from generator.prints.review_names import parted
from generator.prints.run import Report, print_jobs
from generator.prints.sealed_store import SEALED, print_sealed, quietly, sealed_store
from generator.prints.store import PrintStore


@click.command(short_help="生成发展党员档案 PDF")
@click.argument("ids", nargs=-1, metavar="[学号或工号]...")
@click.option("--branch", "branch", metavar="支部", default=None, help="某支部的全部人员（支部的文件夹名）。")
@click.option("--all", "everyone", is_flag=True, help="全部人员。")
@jobs_option
@executor_option
@identity_option
@as_of_option
@root_option
def dossier(
    ids: tuple[str, ...],
    branch: str | None,
    everyone: bool,
    jobs: int | None,
    executor: str | None,
    identity: Path | None,
    as_of: date | None,
    root: Path,
) -> int:
    """为指定的人生成档案：封面、目录、全程纪实表、各登记表、档案完整性审核意见和材料清单、备考表。

    生成的文件在 build/print/<支部>/<学号>.pdf。没有变化的不重新生成；缺少的材料和记录照实显示为“缺”或空格。
    同处的 <学号>-审核单.pdf 列出待处理的问题和要在原件上核对的各项，供组织员使用，不归档。
    密封的身份证号、手机、住址印作“（密封）”；用 --identity 指定密钥文件时印出来，这样的文件在 build/sealed/，只有本人可读。
    """
    if sum((bool(ids), branch is not None, everyone)) != 1:
        raise click.UsageError("请写出学号或工号，或者用 --branch 指定支部，或者用 --all 表示全部人员（三者选一）。")
    vault = vault_with(root, identity)
    began = time.time_ns()
    audit = run_audit(root, as_of)
    people = chosen_people(audit, ids, branch)
    opened, others = split(people, vault)
    store = PrintStore(prints_folder(root))
    workers = min(jobs or cores(), len(people)) or 1
    make, press = executor_of(executor, workers)
    jobs_of, done = DossierJobs(audit, root, began=began), count(1)
    with progress_bar("生成档案和审核单", 2 * len(people)) as show:
        told = partial(_told, show, done)
        plain = chain(jobs_of.both(others), jobs_of.reviews(opened))
        report, reviews = parted(print_jobs(plain, store, make, told, press))
        if opened:
            with sealed_store(root / SEALED) as private:
                made = (replace(job, sheaf=quietly(job.sheaf)) for job in jobs_of.dossiers(opened, vault))
                apart = print_jobs(made, private, processes(workers), told, press=print_sealed)
            report.made += apart.made
            report.failed += apart.failed
            report.again += apart.again
    clear_departed(store, people, whole_branches=not ids)
    tell_report(report, root, root / PRINTS)
    tell_reviews(reviews, root)
    tell_sealed(vault, sum(SEALED in path.relative_to(root).parents for path in report.made), others, SEALED.as_posix())
    tell_incomplete(audit)
    return 1 if report.failed or reviews.failed else 0


def _told(show: Callable[..., None], done: Iterator[int], id: str) -> None:
    show(next(done), note=id)


def tell_reviews(report: Report, root: Path) -> None:
    """Says which review sheets failed, how many there are, and where."""
    tell_failed(report)
    for path in report.made if len(report.made) <= LISTED else ():
        click.echo(shown_path(path, root))
    click.echo(f"审核单（组织员用，不归档）生成 {len(report.made)} 份，未变 {len(report.unchanged)} 份")
