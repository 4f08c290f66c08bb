"""What `jishi form` does once it is known what is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

import click

from generator.audit.afresh import load_schemas
from generator.audit.assessment import Assessment
from generator.audit.audit import Audit, run_audit
from generator.audit.left_out import LostEvents
from generator.commands.auditing import tell_incomplete
from generator.commands.form_choice import Choice, chosen
from generator.commands.printing import (
    chosen_people,
    prepare_folder,
    refuse_what_was_left_out,
    tell_report,
    template_folders,
)
from generator.commands.progress import progress_bar
from generator.commands.width import table
from generator.definitions.forms import Form
from generator.diagnostics import JishiError
from generator.prints.executors import cores, processes
from generator.prints.fonts import activate_fonts
from generator.prints.forms import FormPrinter
from generator.prints.page import PrintTemplates
from generator.prints.run import Job, Report, print_jobs
from generator.prints.store import PrintStore
from generator.records.model import Person
from generator.views.desk import DossierDesk
from generator.views.fill import COMPLETE, TO_BE_COMPLETED, Manner
from generator.views.form_sheets import FormDesk, FormDocument, blank_document, file_name

FILLED = Path("build") / "print" / "forms"
BLANK = Path("build") / "print" / "blank"
_FEW = 8
"""So many sheets are printed in this process: starting others takes longer."""


def list_forms(root: Path) -> int:
    """Which forms there are: code, id, title, the step that each is for, and whether it is a sheet of the dossier."""
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
    for line in table(rows, ("编号", "名字", "表", "用于")):
        click.echo(line)
    return 0


def print_blank(root: Path, choice: Choice, out: Path | None) -> int:
    """Blank forms, from the definitions alone."""
    folder = prepare_folder(out or root / BLANK)
    printer = _printer(choice)
    jobs = [printer.job("", file_name(form), partial(_blank, choice, form)) for form in choice.forms]
    return _print(jobs, len(jobs), folder, root)


def print_filled(
    root: Path, choice: Choice, branch: str | None, complete: bool, out: Path | None, as_of: date | None
) -> int:
    """Forms of the people named, or of those of a branch who have come so far."""
    audit = run_audit(root, as_of)
    people = chosen_people(audit, choice.people, branch, "表")
    filler = _Filling(root, audit, choice, COMPLETE if complete else TO_BE_COMPLETED)
    # Whoever names one form and one person wants it, also before its time.
    sheets = list(filler.sheets(people, all_named=choice.named and branch is None))
    if not sheets:
        raise JishiError("所选的人都还没有办到这些表所载的步骤，没有可打印的表")
    folder = prepare_folder(_private(out, root) or root / FILLED)
    status = _print(filler.jobs(sheets, _printer(choice)), len(sheets), folder, root)
    tell_incomplete(audit)
    return status


class _Filling:
    def __init__(self, root: Path, audit: Audit, choice: Choice, manner: Manner) -> None:
        desk = DossierDesk(audit, choice.shelf, load_schemas(root, audit.definitions))
        self.desk = FormDesk(desk, audit.definitions)
        self.audit = audit
        self.choice = choice
        self.manner = manner
        self.lost = LostEvents(audit.corpus)

    def sheets(self, people: Sequence[Person], all_named: bool) -> Iterator[tuple[Person, Form]]:
        for person in people:
            assessment = self.audit.assessments.get(person.id)
            for form in self.choice.forms:
                if all_named or assessment is None or self.desk.reached(form, assessment):
                    yield person, form

    def jobs(self, sheets: Sequence[tuple[Person, Form]], printer: FormPrinter) -> Iterator[Job]:
        for person, form in sheets:
            name = f"{person.id}-{file_name(form)}"
            yield printer.job(person.branch, name, partial(self.document, person, form))

    def document(self, person: Person, form: Form) -> FormDocument:
        return self.desk.document(form, self.assessment(person), self.manner)

    def assessment(self, person: Person) -> Assessment:
        found = self.audit.assessments.get(person.id)
        if found is None:
            raise JishiError(f"{person.path} 无法读取，没有生成", f"运行 jishi check {person.id} 查看原因。")
        refuse_what_was_left_out(self.audit, person, self.lost)
        return found


def _blank(choice: Choice, form: Form) -> FormDocument:
    path = choice.shelf.find(form.file)
    return blank_document(form, choice.definitions, path.read_text(encoding="utf-8") if path else "")


def _printer(choice: Choice) -> FormPrinter:
    return FormPrinter(PrintTemplates(template_folders(choice.shelf)), activate_fonts().fingerprint)


def _private(out: Path | None, root: Path) -> Path | None:
    """What names people never lies where the public site is made. Raises `JishiError`."""
    if out is not None:
        for public in (root / "site", root / "build" / "public"):
            if out.resolve().is_relative_to(public.resolve()):
                raise JishiError(f"{out} 属于公开网站，不能放写有姓名的表", "请换一个文件夹。")
    return out


def _print(jobs: Sequence[Job] | Iterator[Job], total: int, folder: Path, root: Path) -> int:
    done = count(1)
    workers = min(cores(), total) if total > _FEW else 1
    with progress_bar("打印表格", total) as show:
        report: Report = print_jobs(jobs, PrintStore(folder), processes(workers), lambda id: show(next(done), note=id))
    tell_report(report, root, folder)
    return 1 if report.failed else 0
