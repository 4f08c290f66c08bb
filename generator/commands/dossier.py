"""`jishi dossier`: prints dossiers into build/print/<branch>/<id>.pdf."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import click

from generator.audit.afresh import load_schemas
from generator.audit.audit import Audit, run_audit
from generator.audit.left_out import LostEvents
from generator.commands.auditing import tell_incomplete
from generator.commands.options import as_of_option, root_option
from generator.commands.progress import progress_bar
from generator.commands.selection import nearest_hint
from generator.definitions.source import Shelf, shelf_for
from generator.diagnostics import JishiError, Severity
from generator.os_errors import reason
from generator.prints.dossiers import DossierPrinter
from generator.prints.executors import cores, processes
from generator.prints.fonts import activate_fonts
from generator.prints.page import PrintTemplates
from generator.prints.run import Job, Report, print_jobs
from generator.prints.store import PrintStore
from generator.records.branches import branch_named
from generator.records.model import Person
from generator.views.desk import DossierDesk

OUTPUT = Path("build") / "print"
_LISTED = 20
"""Up to so many files are named one by one."""


@click.command(short_help="生成发展党员档案 PDF")
@click.argument("ids", nargs=-1, metavar="[学号或工号]...")
@click.option("--branch", "branch", metavar="支部", default=None, help="某支部的全部人员（支部的文件夹名）。")
@click.option("--all", "everyone", is_flag=True, help="全部人员。")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    metavar="进程数",
    help="同时打印的进程数；默认与处理器核数相同。",
)
@as_of_option
@root_option
def dossier(
    ids: tuple[str, ...], branch: str | None, everyone: bool, jobs: int | None, as_of: date | None, root: Path
) -> int:
    """为指定的人生成档案：封面、目录、全程纪实表、各登记表、材料清单、备考表和审核单。

    生成的文件在 build/print/<支部>/<学号>.pdf。没有变化的不重新生成；缺少的材料和记录照实显示为“缺”或空格。
    """
    if sum((bool(ids), branch is not None, everyone)) != 1:
        raise click.UsageError("请写出学号或工号，或者用 --branch 指定支部，或者用 --all 表示全部人员（三者选一）。")
    audit = run_audit(root, as_of)
    people = _chosen(audit, ids, branch)
    store = PrintStore(_prepare(root / OUTPUT))
    workers = min(jobs or cores(), len(people)) or 1
    done = count(1)
    with progress_bar("生成档案", len(people)) as show:
        report = print_jobs(_jobs(audit, people, root), store, processes(workers), lambda id: show(next(done), note=id))
    if not ids:
        _drop_departed(store, people)
    _tell(report, root)
    tell_incomplete(audit)
    return 1 if report.failed else 0


def _chosen(audit: Audit, ids: Sequence[str], branch: str | None) -> list[Person]:
    corpus = audit.corpus
    if branch is not None:
        branch = branch_named(corpus.branches, branch)
        people = [person for person in corpus.people.values() if person.branch == branch]
        if not people:
            raise JishiError(f"支部“{branch}”没有人员记录，没有可生成的档案")
    elif ids:
        people = []
        for id in dict.fromkeys(ids):
            person = corpus.person(id)
            if person is None:
                raise JishiError(f"没有学号或工号为“{id}”的人", nearest_hint(audit, id))
            people.append(person)
    else:
        people = list(corpus.people.values())
        if not people:
            raise JishiError("没有人员记录，没有可生成的档案")
    return sorted(people, key=lambda person: (person.branch, person.id))


def _prepare(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JishiError(f"无法建立文件夹 {folder}：{reason(error)}", "请检查文件夹权限和磁盘空间。") from error
    return folder


def _jobs(audit: Audit, people: Sequence[Person], root: Path) -> Iterator[Job]:
    shelf = shelf_for(root)
    desk = DossierDesk(audit, shelf, load_schemas(root, audit.definitions))
    lost = LostEvents(audit.corpus)
    printer = DossierPrinter(PrintTemplates(_template_folders(shelf)), activate_fonts().fingerprint)

    def compiler(person: Person) -> Callable[[], Any]:
        def compile_() -> Any:
            assessment = audit.assessments.get(person.id)
            if assessment is None:
                raise JishiError(f"{person.path} 无法读取，没有生成", f"运行 jishi check {person.id} 查看原因。")
            _refuse_what_was_left_out(audit, person, lost)
            return desk.compile(assessment)

        return compile_

    for person in people:
        yield printer.job(person.branch, person.id, compiler(person))


def _refuse_what_was_left_out(audit: Audit, person: Person, lost: LostEvents) -> None:
    """What is written but could not be read would be printed as missing: a false statement in an archive."""
    left_out = [
        said
        for said in audit.findings_of(person.id)
        if said.severity is Severity.ERROR and said.code.startswith(("YML", "SCH"))
    ]
    if left_out:
        first = left_out[0]
        line = f":{first.span.line}" if first.span else ""
        raise JishiError(
            f"记录有 {len(left_out)} 处格式错误，没有生成；第一处在 {first.place.path}{line}",
            f"运行 jishi check {person.id} 查看，改正后重新生成。",
        )
    if events := lost.that_may_name(person):
        raise JishiError(
            f"有 {len(events)} 个会议文件没有读出，可能涉及此人，没有生成；第一个是 {events[0]}",
            f"运行 jishi check {events[0]} 查看，改正后重新生成。",
        )


def _template_folders(shelf: Shelf) -> tuple[Path, ...]:
    return tuple(folder for root in shelf.roots if (folder := root / "templates" / "print").is_dir())


def _drop_departed(store: PrintStore, people: Sequence[Person]) -> None:
    """After a whole branch: prints that we made there for people who are no longer in it."""
    by_branch: dict[str, list[str]] = {}
    for person in people:
        by_branch.setdefault(person.branch, []).append(person.id)
    for branch, ids in by_branch.items():
        store.drop_others(branch, ids)


def _tell(report: Report, root: Path) -> None:
    for name, message, hint in report.failed:
        click.echo(f"{name}：{message}" + (f"\n  提示：{hint}" if hint else ""), err=True)
    done = sorted([*report.made, *report.unchanged])
    if len(done) <= _LISTED:
        for path in done:
            click.echo(path.relative_to(root).as_posix() + ("（未变）" if path in report.unchanged else ""))
    else:
        click.echo(f"{OUTPUT.as_posix()}/")
    failed = f"，失败 {len(report.failed)} 份" if report.failed else ""
    click.echo(f"生成 {len(report.made)} 份，未变 {len(report.unchanged)} 份{failed}")
