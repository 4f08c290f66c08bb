"""`jishi bundle`: everything for handing over the dossiers of a branch, into build/bundles/<name>/."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

import click

from generator.audit.assessment import Journey
from generator.audit.audit import Audit, run_audit
from generator.audit.papers import papers_of
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
    ScanNote,
    write_bundle,
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
    template_folders,
)
from generator.commands.progress import progress_bar
from generator.definitions.form_files import load_forms
from generator.definitions.ledger import load_ledger
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError
from generator.exchange.whole_folder import whole_folder
from generator.history.head import read_head
from generator.os_errors import reason, remedy
from generator.prints.bundle_sheets import BundleSheets, printed_meanwhile
from generator.prints.endings import ended_in_order
from generator.prints.executors import cores, prepare
from generator.prints.fonts import activate_fonts
from generator.prints.page import PrintTemplates
from generator.prints.review_names import parted, review_name
from generator.prints.run import Job, Report, print_jobs
from generator.prints.store import PrintStore
from generator.records.model import Entry, Person
from generator.views.bundle_desk import BundleDesk
from generator.views.ledger import LeftOut

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
    began = time.time_ns()
    audit = run_audit(root, as_of)
    people = chosen_people(audit, ids, branch, "移交包")
    name = people[0].branch if branch is not None else _name_of([person.id for person in people])
    target = target or _target(root, root / OUTPUT / name)
    workers = jobs or cores()
    activate_fonts()
    prepare(workers)
    jobs_of = DossierJobs(audit, root, began)
    report, reviews = _print_dossiers(jobs_of, people, root, executor, workers)
    tell_failed(report)
    tell_failed(reviews)
    printed = {path.stem: path for each in (report, reviews) for path in (*each.made, *each.unchanged)}
    order = _Order(audit, root, name, jobs_of, per_box, duplex)
    content, sheets = _content(order, [person for person in people if person.id in printed], printed, report)
    store = PrintStore(prepare_folder(root / OUTPUT) / _SHEETS)
    try:
        with (
            ended_in_order(),
            progress_bar("汇成移交包"),
            whole_folder(target) as folder,
            printed_meanwhile(sheets, store, workers) as there,
        ):
            pages = write_bundle(folder, content, there)
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


@dataclass(frozen=True, slots=True)
class _Order:
    """What was asked for, and what it is made with."""

    audit: Audit
    root: Path
    name: str
    jobs_of: DossierJobs
    per_box: int
    duplex: bool


def _content(
    order: _Order, people: Sequence[Person], printed: Mapping[str, Path], report: Report
) -> tuple[Content, Sequence[Job]]:
    """Puts together what the bundle holds; the ledger and the labels are still to be printed. Raises `JishiError`."""
    if not people:
        raise JishiError("没有一份档案生成成功，没有汇成移交包", "先按上面的提示改正，再重新运行。")
    audit, root, name = order.audit, order.root, order.name
    shelf = shelf_for(root)
    whole = BundleDesk(audit, load_ledger(shelf), load_forms(shelf))
    journeys = [audit.journeys[person.id] for person in people]
    head = read_head(root)
    left_out = [LeftOut(id, message) for id, message, _ in sorted(report.failed)]
    ledger = whole.ledger(journeys, head.text if head else "", left_out)
    sheets = BundleSheets(PrintTemplates(template_folders(shelf)), activate_fonts().fingerprint)
    content = Content(
        name=name,
        root=root,
        branches={branch: names[0] for branch, names in whole.names(journeys).items()},
        dossiers=[(person, printed[person.id]) for person in people],
        reviews=[(person, printed[sheet]) for person in people if (sheet := review_name(person.id)) in printed],
        scans=_scans(journeys, order.jobs_of),
        ledger=ledger,
        commit=head.commit if head else "",
        duplex=order.duplex,
    )
    return content, sheets.jobs(name, ledger, whole.labels(journeys, order.per_box))


def _scans(people: Sequence[Journey], jobs_of: DossierJobs) -> dict[str, list[ScanNote]]:
    """Of those whose records name any."""
    named = [each for each in people if any(_names_scan(entry) for entry in each.person.entries.having("materials"))]
    return {
        each.person.id: [ScanNote(leaf.code, leaf.path, leaf.digest) for leaf in jobs_of.work.desk.scans_of(each)] for each in named
    }


def _names_scan(entry: Entry) -> bool:
    return any(paper.fields.get("scan") for paper in papers_of(entry))


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
