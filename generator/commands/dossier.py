"""`jishi dossier`: prints dossiers into build/print/<branch>/<id>.pdf."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

import click

from generator.audit.afresh import load_schemas
from generator.audit.audit import Audit, run_audit
from generator.audit.left_out import LostEvents
from generator.commands.auditing import tell_incomplete
from generator.commands.executing import executor_of, executor_option
from generator.commands.identity import identity_option, split, tell_sealed, vault_with
from generator.commands.options import as_of_option, jobs_option, root_option
from generator.commands.printing import (
    chosen_people,
    prepare_folder,
    refuse_what_was_left_out,
    tell_report,
    template_folders,
)
from generator.commands.progress import progress_bar
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError, Place
from generator.prints.dossiers import DossierPrinter
from generator.prints.early import early_key
from generator.prints.executors import cores, processes
from generator.prints.fonts import activate_fonts
from generator.prints.page import PrintTemplates
from generator.prints.press import Sheaf
from generator.prints.run import Job, drawn_by, print_jobs
from generator.prints.scans import ScanReader
from generator.prints.sealed_store import SEALED, print_sealed, quietly, sealed_store
from generator.prints.store import PrintStore
from generator.privacy.memory import no_core_file
from generator.privacy.vault import Vault
from generator.records.model import Person
from generator.views.desk import DossierDesk

OUTPUT = Path("build") / "print"


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
    """为指定的人生成档案：封面、目录、全程纪实表、各登记表、材料清单、备考表和审核单。

    生成的文件在 build/print/<支部>/<学号>.pdf。没有变化的不重新生成；缺少的材料和记录照实显示为“缺”或空格。
    密封的身份证号、手机、住址印作“（密封）”；用 --identity 指定密钥文件时印出来，这样的文件在 build/sealed/，只有本人可读。
    """
    if sum((bool(ids), branch is not None, everyone)) != 1:
        raise click.UsageError("请写出学号或工号，或者用 --branch 指定支部，或者用 --all 表示全部人员（三者选一）。")
    vault = vault_with(root, identity)
    audit = run_audit(root, as_of)
    people = chosen_people(audit, ids, branch)
    opened, others = split(people, vault)
    store = PrintStore(prepare_folder(root / OUTPUT))
    workers = min(jobs or cores(), len(people)) or 1
    make, press = executor_of(executor, workers)
    done = count(1)
    with progress_bar("生成档案", len(people)) as show:
        told = partial(_told, show, done)
        report = print_jobs(dossier_jobs(audit, others, root, vault=vault), store, make, told, press)
        if opened:
            no_core_file()
            with sealed_store(root / SEALED) as private:
                made = (
                    replace(job, sheaf=quietly(job.sheaf)) for job in dossier_jobs(audit, opened, root, vault=vault)
                )
                apart = print_jobs(made, private, processes(workers), told, press=print_sealed)
            report.made += apart.made
            report.failed += apart.failed
    if not ids:
        _drop_departed(store, people)
    tell_report(report, root, root / OUTPUT)
    tell_sealed(vault, sum(SEALED in path.relative_to(root).parents for path in report.made), others, SEALED.as_posix())
    tell_incomplete(audit)
    return 1 if report.failed else 0


def _told(show: Callable[..., None], done: Iterator[int], id: str) -> None:
    show(next(done), note=id)


def dossier_jobs(
    audit: Audit,
    people: Sequence[Person],
    root: Path,
    vault: Vault | None = None,
    desk: DossierDesk | None = None,
) -> Iterator[Job]:
    """A job a person; nothing is compiled for those whose prints are current anyway. `desk`: one that is there already.

    Sealed values are opened only with a `vault` that has keys.
    """
    shelf = shelf_for(root)
    folders, fonts = template_folders(shelf), activate_fonts().fingerprint
    early = early_key(root, folders, f"{drawn_by()} {fonts}", audit.as_of, audit.explicit)
    desk = desk or dossier_desk(audit, root)
    if vault is not None:
        desk.vault = vault
    lost = LostEvents(audit.corpus)
    printer = DossierPrinter(PrintTemplates(folders), fonts)

    def sheaf(person: Person) -> Sheaf:
        assessment = audit.assessments.get(person.id)
        if assessment is None:
            raise JishiError(f"{person.path} 无法读取，没有生成", f"运行 jishi check {person.id} 查看原因。")
        refuse_what_was_left_out(audit, person, lost)
        return printer.sheaf(*desk.compile(assessment))

    for person in people:
        yield Job(person.branch, person.id, partial(sheaf, person), early)


def dossier_desk(audit: Audit, root: Path) -> DossierDesk:
    """What compiles dossiers, scans included."""
    scans = ScanReader(root, partial(_line, audit))
    return DossierDesk(audit, shelf_for(root), load_schemas(root, audit.definitions), scans)


def _line(audit: Audit, place: Place) -> int:
    """The line of a place in a record, 0 when it cannot be told."""
    documents = audit.corpus.documents
    span = documents[place.path].span(place.pointer, place.on_key) if place.path in documents else None
    return span.line if span else 0


def _drop_departed(store: PrintStore, people: Sequence[Person]) -> None:
    """After a whole branch: prints that we made there for people who are no longer in it."""
    by_branch: dict[str, list[str]] = {}
    for person in people:
        by_branch.setdefault(person.branch, []).append(person.id)
    for branch, ids in by_branch.items():
        store.drop_others(branch, ids)
