"""The prints of a person: the dossier, and the review sheet beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path

from generator.audit.assessment import Assessment
from generator.audit.audit import Audit
from generator.audit.left_out import LostEvents
from generator.commands.printing import refuse_what_was_left_out, template_folders
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError, Place
from generator.prints.dossiers import DossierPrinter
from generator.prints.early import early_key, unchanged_since
from generator.prints.fonts import activate_fonts
from generator.prints.made_of import drawn_by
from generator.prints.page import PrintTemplates
from generator.prints.press import Sheaf
from generator.prints.reviews import ReviewPrinter, review_name
from generator.prints.run import Job
from generator.prints.scans import ScanReader
from generator.privacy.vault import Vault
from generator.records.model import Person
from generator.views.desk import DossierDesk


class DossierJobs:
    """Nothing is compiled for those whose prints are current anyway."""

    def __init__(self, audit: Audit, root: Path, desk: DossierDesk | None = None, began: int = 0) -> None:
        """`desk`: one that is there already. `began`: when the audit began to read, in nanoseconds since 1970; 0: not known, then
        everything is compiled.
        """
        folders, fonts = template_folders(shelf_for(root)), activate_fonts().fingerprint
        templates = PrintTemplates(folders)
        self._audit = audit
        self._desk = desk or dossier_desk(audit, root)
        drawing = f"{drawn_by()} {fonts} jinja2 {version('jinja2')}"
        early = early_key(root, folders, drawing, audit.as_of, audit.explicit)
        self._early = early if unchanged_since(began, root, folders) else ""
        self._lost = LostEvents(audit.corpus)
        self._dossiers = DossierPrinter(templates, fonts)
        self._reviews = ReviewPrinter(templates, fonts)

    def both(self, people: Iterable[Person]) -> Iterator[Job]:
        """Two jobs a person."""
        for person in people:
            yield self._dossier(person, self._desk)
            yield self._review(person)

    def reviews(self, people: Iterable[Person]) -> Iterator[Job]:
        """The review sheets alone; no sealed value is ever on one."""
        return (self._review(person) for person in people)

    def dossiers(self, people: Iterable[Person], vault: Vault | None = None) -> Iterator[Job]:
        """The dossiers alone. Sealed values are opened only with a `vault` that has keys."""
        desk = self._desk if vault is None else self._desk.with_vault(vault)
        return (self._dossier(person, desk) for person in people)

    def _dossier(self, person: Person, desk: DossierDesk) -> Job:
        def sheaf() -> Sheaf:
            return self._dossiers.sheaf(*desk.compile(self._assessment(person)))

        return Job(person.branch, person.id, sheaf, self._early)

    def _review(self, person: Person) -> Job:
        def sheaf() -> Sheaf:
            return self._reviews.sheaf(self._desk.review(self._assessment(person)))

        return Job(person.branch, review_name(person.id), sheaf, self._early)

    def _assessment(self, person: Person) -> Assessment:
        """Raises `JishiError` when not all that is written about the person could be read."""
        assessment = self._audit.assessments.get(person.id)
        if assessment is None:
            raise JishiError(f"{person.path} 无法读取，没有生成", f"运行 jishi check {person.id} 查看原因。")
        refuse_what_was_left_out(self._audit, person, self._lost)
        return assessment


def dossier_desk(audit: Audit, root: Path) -> DossierDesk:
    """What compiles dossiers, scans included."""
    scans = ScanReader(root, partial(_line, audit))
    return DossierDesk(audit, shelf_for(root), scans)


def _line(audit: Audit, place: Place) -> int:
    """The line of a place in a record, 0 when it cannot be told."""
    documents = audit.corpus.documents
    span = documents[place.path].span(place.pointer, place.on_key) if place.path in documents else None
    return span.line if span else 0
