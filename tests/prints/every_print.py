"""One of everything that is printed: every form and every official document, blank and filled, dossiers, review sheets, ledgers, labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from bench.college.readme import STORIES
from bench.college.scans import SCENARIO as WHOLE_WAY
from bench.college.to_print import SCENARIO as TO_PRINT
from generator.audit.audit import Audit, run_audit
from generator.commands.dossier_jobs import DossierJobs
from generator.commands.form_choice import chosen
from generator.commands.form_official import Letters
from generator.commands.printing import template_folders
from generator.definitions.document_files import load_documents
from generator.definitions.documents import DocumentForm
from generator.definitions.form_files import load_forms
from generator.definitions.forms import Form
from generator.definitions.ledger import load_ledger
from generator.definitions.source import shelf_for
from generator.prints.bundle_sheets import BundleSheets
from generator.prints.executors import processes
from generator.prints.fonts import activate_fonts
from generator.prints.forms import FormPrinter
from generator.prints.official import OfficialPrinter
from generator.prints.page import PrintTemplates
from generator.prints.run import Job, print_jobs
from generator.prints.store import PrintStore
from generator.records.model import Person
from generator.views.boxes import COMPLETE, TO_BE_COMPLETED
from generator.views.bundle_desk import BundleDesk
from generator.views.desk import DossierDesk
from generator.views.form_sheets import FormDesk, blank_document, file_name
from generator.views.official import OfficialDesk
from tests.prints.college import AS_OF, PRINTED, printed, review_sheet
from tests.prints.forms_college import EVERY, make_forms_college

PROJECT = Path(__file__).parents[2]
DEMO_DAY = date(2026, 11, 20)
RARE = "䶮𬭎堃喆㛃"
FORMS: Sequence[Form] = load_forms(shelf_for(PROJECT))
DOCUMENTS: Sequence[DocumentForm] = load_documents(shelf_for(PROJECT))
SHEETS: Sequence[Form | DocumentForm] = (*FORMS, *DOCUMENTS)
BLANK, DEMO, UNUSUAL, LONG = "blank", "demo", "unusual", "long"
"""Groups of forms and documents: of nobody; of people of the demo; of those of them with unusual names; of one with a very long name."""
GROUPS = (BLANK, DEMO, UNUSUAL, LONG, "dossier", "review", "ledger", "labels")


@dataclass(frozen=True, slots=True)
class Print:
    """`what`: id of the form or document, if it is one. `names`: of the people whom it is about."""

    group: str
    what: str
    path: Path
    names: tuple[str, ...] = ()


class _Desk:
    """Makes jobs from one records repository."""

    def __init__(self, root: Path, day: date, prefix: str) -> None:
        self.audit: Audit = run_audit(root, day)
        self.root = root
        self.prefix = prefix
        shelf, fonts = shelf_for(root), activate_fonts().fingerprint
        templates = PrintTemplates(template_folders(shelf))
        own = DossierDesk(self.audit, shelf)
        self.forms = FormDesk(own, self.audit.definitions)
        self.official = OfficialDesk(self.audit, shelf)
        self.bundle = BundleDesk(self.audit, load_ledger(shelf), own.forms)
        self.form_printer = FormPrinter(templates, fonts)
        self.official_printer = OfficialPrinter(templates, fonts)
        self.sheets = BundleSheets(templates, fonts)
        self.names = {person.id: person.name for person in self.audit.corpus.people.values()}

    def concerned(self, one: Form | DocumentForm, people: Sequence[Person]) -> list[Person]:
        """Those who have come so far, or whose records give occasion."""
        assessments = self.audit.assessments
        if isinstance(one, Form):
            return [person for person in people if self.forms.reached(one, assessments[person.id])]
        return [person for person in people if self.official.applies(one, person.id)]

    def filled(self, group: str, one: Form | DocumentForm, person: Person, complete: bool = False) -> Iterator[Job]:
        if isinstance(one, Form):
            name = f"{person.id}-{file_name(one)}"
            manner = COMPLETE if complete else TO_BE_COMPLETED
            make = partial(self.forms.document, one, self.audit.assessments[person.id], manner)
            yield self.form_printer.job(group, name, make)
            return
        for made in self.official.for_group(one, person.id) if complete else self.official.for_person(one, person.id):
            yield Job(group, made.file, partial(self.official_printer.sheaf, made))

    def dossiers(self, people: Sequence[Person]) -> list[Job]:
        return [
            Job("review" if "审核单" in job.name else "dossier", job.name, job.sheaf)
            for job in DossierJobs(self.audit, self.root).both(people)
        ]

    def ledger_and_labels(self, branches: Sequence[str]) -> Iterator[Job]:
        people = [journey for journey in self.audit.journeys.values() if journey.person.branch in branches]
        ledger, labels = self.bundle.ledger(people, "", ()), self.bundle.labels(people, 20)
        for job in self.sheets.jobs(self.prefix, ledger, labels):
            yield Job(job.name, self.prefix, job.sheaf)


class _Run:
    """Collects jobs and what they are about, then prints them all at once."""

    def __init__(self) -> None:
        self.jobs: dict[tuple[str, str], tuple[Job, str, tuple[str, ...]]] = {}

    def add(self, what: str, jobs: Iterable[Job], *names: str) -> None:
        for job in jobs:
            assert (job.group, job.name) not in self.jobs, job.name
            self.jobs[job.group, job.name] = job, what, names

    def print(self, folder: Path) -> list[Print]:
        store = PrintStore(folder)
        report = print_jobs([job for job, _, _ in self.jobs.values()], store, processes(2))
        assert report.failed == []
        return [
            Print(job.group, what, store.path(job.group, job.name), names) for job, what, names in self.jobs.values()
        ]


def print_everything(college: Path, folder: Path) -> list[Print]:
    """`college`: where the dossiers of `tests.prints.college` lie, printed. Everything else is printed into `folder`, once."""
    root = make_forms_college(folder / "college")
    demo, long = _Desk(PROJECT, DEMO_DAY, "demo"), _Desk(root, date.fromisoformat(AS_OF), "long")
    run = _Run()
    _add_blank(run, demo, folder)
    _add_demo(run, demo)
    _add_unusual(run, demo)
    person = long.audit.corpus.people[EVERY]
    for one in SHEETS:
        if long.concerned(one, [person]):
            run.add(one.id, long.filled(LONG, one, person), person.name)
    run.add("sheets", demo.ledger_and_labels(sorted(demo.audit.corpus.branches)), *demo.names.values())
    run.add("sheets", long.ledger_and_labels([person.branch]), *long.names.values())
    prints, names = run.print(folder / "prints"), long.names
    for id in PRINTED:
        prints.append(Print("dossier", "dossier", printed(college, id), (names[id],)))
        prints.append(Print("review", "review", review_sheet(college, id), (names[id],)))
    return prints


def _add_blank(run: _Run, demo: _Desk, folder: Path) -> None:
    choice = chosen(PROJECT, ())
    for form in FORMS:
        made = partial(blank_document, form, choice.definitions, form.file)
        run.add(form.id, [demo.form_printer.job(BLANK, file_name(form), made)])
    letters = Letters(choice, folder, editable=False).blank()
    for document, job in zip(choice.documents, letters, strict=True):
        run.add(document.id, [Job(BLANK, job.name, job.sheaf)])


def _add_demo(run: _Run, demo: _Desk) -> None:
    """Of one who went the whole way; what that one never met (an extension, a refusal), of the first who did."""
    people = list(demo.audit.corpus.people.values())
    whole, to_print = _of_scenario(people, WHOLE_WAY), _of_scenario(people, TO_PRINT)
    for one in SHEETS:
        person = next(iter(demo.concerned(one, [whole]) or demo.concerned(one, people)), None)
        assert person is not None, f"{one.id}: nobody in the demo has come so far"
        run.add(one.id, demo.filled(DEMO, one, person), person.name)
    for person in (whole, to_print):
        run.add("dossier", demo.dossiers([person]), person.name)


def _of_scenario(people: Sequence[Person], scenario: str) -> Person:
    heading = f"# 示例：{STORIES[scenario]}"
    return next(each for each in people if (PROJECT / each.path).read_text(encoding="utf-8").startswith(heading))


def _add_unusual(run: _Run, demo: _Desk) -> None:
    """Each form of another of these people, complete, and everybody's turn comes; documents for all whom an event names."""
    people = [each for each in demo.audit.corpus.people.values() if set(each.name) & set(f"{RARE}·")]
    assert set(RARE) <= set("".join(each.name for each in people))
    shown = dict.fromkeys((each.id for each in people), 0)
    concerned = [(one, demo.concerned(one, people)) for one in SHEETS]
    for one, found in sorted(concerned, key=lambda each: len(each[1])):
        if found:
            person = min(found, key=lambda each: shown[each.id])
            shown[person.id] += 1
            run.add(one.id, demo.filled(UNUSUAL, one, person, complete=True), person.name)
