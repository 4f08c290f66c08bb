"""What `jishi form` does once it is known what is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

import click

from generator.audit.assessment import Assessment
from generator.audit.audit import Audit, run_audit
from generator.audit.left_out import LostEvents
from generator.commands.auditing import tell_incomplete
from generator.commands.form_choice import Choice, chosen, nearest_form
from generator.commands.form_official import Letters
from generator.commands.identity import split, tell_sealed, vault_with
from generator.commands.print_places import refuse_place
from generator.commands.printing import (
    LISTED,
    assessment_in_full,
    chosen_people,
    prepare_folder,
    prints_folder,
    shown_path,
    tell_report,
    template_folders,
)
from generator.commands.progress import progress_bar
from generator.commands.selection import nearest_hint
from generator.commands.width import table
from generator.definitions.forms import Form
from generator.diagnostics import JishiError
from generator.prints.executors import cores, processes
from generator.prints.fonts import activate_fonts
from generator.prints.forms import FormPrinter
from generator.prints.page import PrintTemplates
from generator.prints.run import Job, Report, print_jobs
from generator.prints.sealed_store import SEALED, clear_drafts, print_sealed, quietly, sealed_store
from generator.prints.store import PrintStore
from generator.privacy.vault import Vault
from generator.records.model import Person
from generator.views.boxes import COMPLETE, TO_BE_COMPLETED, Manner
from generator.views.desk import DossierDesk
from generator.views.form_sheets import FormDesk, FormDocument, NothingToFillError, blank_document, file_name

FILLED = "forms"
BLANK = "blank"
"""Below the other prints."""
_FEW = 8
"""So many sheets are printed in this process: starting others takes longer."""


def list_forms(root: Path) -> int:
    """Which forms and official documents there are: code, id, title, the step that each is for. A star: also as .docx."""
    choice = chosen(root, ())
    steps = choice.definitions.steps
    rows = [
        (
            form.materials[0],
            form.id,
            form.title,
            "、".join(steps[step].title for step in form.printed_for if step in steps) or "全程",
        )
        for form in choice.forms
    ]
    rows += [
        (
            document.code,
            document.id,
            f"{document.name} *",
            "、".join(dict.fromkeys(steps[about.step].title for about in document.about if about.step in steps))
            or "全程",
        )
        for document in choice.documents
    ]
    order = {code: material.order for code, material in choice.definitions.materials.items()}
    for line in table(sorted(rows, key=lambda row: order.get(row[0], 999)), ("编号", "名字", "表", "用于")):
        click.echo(line)
    click.echo("带 * 的是公文，加 --docx 另存一份可编辑的 docx。")
    return 0


def print_blank(root: Path, choice: Choice, out: Path | None, docx: bool) -> int:
    """Blank forms and documents, from the definitions alone."""
    if out is not None:
        refuse_place(out, root, named=False)
    folder = _folder(out, root, BLANK)
    printer = _printer(choice)
    jobs = [printer.job("", file_name(form), partial(_blank, choice, form)) for form in choice.forms]
    letters = Letters(choice, folder, docx)
    status = _print([*jobs, *letters.blank()], folder, root)
    _tell_editable(letters, folder, root)
    return status


def print_filled(
    root: Path,
    choice: Choice,
    branch: str | None,
    complete: bool,
    out: Path | None,
    docx: bool,
    as_of: date | None,
    identity: Path | None = None,
) -> int:
    """Forms of the people named, or of those of a branch who have come so far; with a key, sealed values are opened for them."""
    vault = vault_with(root, identity)
    if not choice.named:
        choice = replace(choice, documents=())
    audit = run_audit(root, as_of)
    people = _people(audit, choice, branch)
    if out is not None:
        refuse_place(out, root)
    folder = _folder(out, root, FILLED)
    filling = _Filling(root, audit, choice, COMPLETE if complete else TO_BE_COMPLETED, vault)
    # Whoever names one form and one person wants it, also before its time.
    all_named, printer = choice.named and branch is None, _printer(choice)
    opened, others = split(people, vault)
    jobs = list(filling.jobs(others, all_named, printer))
    apart = list(filling.jobs(opened, all_named, printer))
    letters = Letters(choice, folder, docx)
    jobs += letters.filled(root, audit, people, grouped=branch is not None)
    outdated = [*filling.outdated, *letters.outdated]
    if not jobs and not apart:
        _tell_outdated(folder, outdated, root)
        raise JishiError("所选的人都还没有办到这些表所载的步骤，没有可打印的表")
    status = _print(jobs, folder, root) if jobs else 0
    if apart:
        status = max(status, _print_apart(apart, root))
    _clear_moved(folder, jobs)
    _tell_outdated(folder, [*filling.outdated, *letters.outdated], root)
    _tell_editable(letters, folder, root)
    for line in letters.unfit[:LISTED]:
        click.echo(line)
    if len(letters.unfit) > LISTED:
        click.echo(f"……共 {len(letters.unfit)} 行，逐人运行可看到全部")
    tell_sealed(vault, len(opened) if apart else 0, others, SEALED.as_posix())
    tell_incomplete(audit)
    return status


def _people(audit: Audit, choice: Choice, branch: str | None) -> list[Person]:
    """Raises `JishiError` for a word that is neither a form nor somebody's id, before anything is made."""
    for word in choice.people:
        if audit.corpus.person(word) is None:
            hint = nearest_hint(audit, word) or nearest_form(choice, word)
            raise JishiError(f"“{word}”既不是表的编号或名字，也不是学号、工号", hint)
    return chosen_people(audit, choice.people, branch, "表")


class _Filling:
    def __init__(self, root: Path, audit: Audit, choice: Choice, manner: Manner, vault: Vault) -> None:
        desk = DossierDesk(audit, choice.shelf)
        desk.vault = vault
        self.desk = FormDesk(desk, audit.definitions)
        self.audit = audit
        self.choice = choice
        self.manner = manner
        self.lost = LostEvents(audit.corpus)
        self.outdated: list[str] = []
        """Names of prints that these records would not make any more."""

    def jobs(self, people: Sequence[Person], all_named: bool, printer: FormPrinter) -> Iterator[Job]:
        for person in people:
            assessment = self.audit.assessments.get(person.id)
            for form in self.choice.forms:
                name = f"{person.id}-{file_name(form)}"
                if not all_named and assessment is not None and not self.desk.reached(form, assessment):
                    self.outdated.append(name)
                else:
                    yield printer.job(person.branch, name, partial(self.document, person, form))

    def document(self, person: Person, form: Form) -> FormDocument:
        try:
            return self.desk.document(form, self.assessment(person), self.manner)
        except NothingToFillError:
            self.outdated.append(f"{person.id}-{file_name(form)}")
            raise

    def assessment(self, person: Person) -> Assessment:
        return assessment_in_full(self.audit, person, self.lost)


def _blank(choice: Choice, form: Form) -> FormDocument:
    path = choice.shelf.find(form.file)
    return blank_document(form, choice.definitions, path.read_text(encoding="utf-8") if path else "")


def _printer(choice: Choice) -> FormPrinter:
    return FormPrinter(PrintTemplates(template_folders(choice.shelf)), activate_fonts().fingerprint)


def _folder(out: Path | None, root: Path, below: str) -> Path:
    """One of the user's own keeps its permissions."""
    clear_drafts(root)
    return prints_folder(root, below) if out is None else prepare_folder(out, private=False)


def _tell_editable(letters: Letters, folder: Path, root: Path) -> None:
    """As of the PDFs: one by one, or when they are many the folder."""
    if not letters.saved:
        return
    if len(letters.saved) <= LISTED:
        for path in sorted(letters.saved):
            click.echo(shown_path(path, root))
    else:
        click.echo(f"{shown_path(folder, root)}/")
    click.echo(f"另存 docx {len(letters.saved)} 份")


def _clear_moved(folder: Path, jobs: Sequence[Job]) -> None:
    """Deletes what we printed of these in another branch, where the people were before."""
    for store in (PrintStore(folder), PrintStore(folder, ".docx")):
        for job in jobs:
            if store.path(job.group, job.name).exists():
                store.drop_elsewhere(job.group, job.name)


def _tell_outdated(folder: Path, names: Sequence[str], root: Path) -> None:
    """Deletes what we made before and these records would not make any more, and says so; never what somebody has changed."""
    stores = (PrintStore(folder), PrintStore(folder, ".docx"))
    gone = sorted(path for name in dict.fromkeys(names) for store in stores for path in store.drop(name))
    for path in gone[:LISTED]:
        click.echo(f"{shown_path(path, root)}（以前印的，与现在的记录不符，已删除）")
    if len(gone) > LISTED:
        click.echo(f"等 {len(gone)} 份以前印的，与现在的记录不符，已删除")


def _print_apart(jobs: Sequence[Job], root: Path) -> int:
    """Forms with opened values, in this process."""
    quiet = (replace(job, sheaf=quietly(job.sheaf)) for job in jobs)
    with sealed_store(root / SEALED) as private:
        report: Report = print_jobs(quiet, private, processes(1), press=print_sealed)
    tell_report(report, root, root / SEALED)
    return 1 if report.failed else 0


def _print(jobs: Sequence[Job], folder: Path, root: Path) -> int:
    done, total = count(1), len(jobs)
    workers = min(cores(), total) if total > _FEW else 1
    with progress_bar("打印表格", total) as show:
        report: Report = print_jobs(jobs, PrintStore(folder), processes(workers), lambda id: show(next(done), note=id))
    tell_report(report, root, folder)
    return 1 if report.failed else 0
