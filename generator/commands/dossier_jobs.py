"""The prints of a person: the dossier, and the review sheet beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from generator.audit.audit import Audit
from generator.commands.printing import template_folders
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError
from generator.prints.early import early_key, unchanged_since
from generator.prints.fonts import activate_fonts
from generator.prints.made_of import drawn_by
from generator.prints.review_names import review_name
from generator.prints.run import HopelessError, Job
from generator.privacy.vault import Vault
from generator.records.model import Person

if TYPE_CHECKING:
    from generator.commands.dossier_work import DossierWork


class DossierJobs:
    """Nothing is compiled for those whose prints are current anyway, and what compiles is not even loaded when all are."""

    def __init__(self, audit: Audit, root: Path, began: int = 0) -> None:
        """`began`: when the audit began to read, in nanoseconds since 1970; 0: not known, then everything is compiled."""
        self._audit = audit
        self._shelf = shelf_for(root)
        self._folders, self._fonts = template_folders(self._shelf), activate_fonts().fingerprint
        self._early = self._early_key(root, began) if began else ""

    def both(self, people: Iterable[Person]) -> Iterator[Job]:
        """Two jobs a person."""
        for person in people:
            yield self._dossier(person)
            yield self._review(person)

    def reviews(self, people: Iterable[Person]) -> Iterator[Job]:
        """The review sheets alone; no sealed value is ever on one."""
        return map(self._review, people)

    def dossiers(self, people: Iterable[Person], vault: Vault | None = None) -> Iterator[Job]:
        """The dossiers alone. Sealed values are opened only with a `vault` that has keys."""
        return (self._dossier(person, vault) for person in people)

    @cached_property
    def work(self) -> DossierWork:
        """What compiles. Raises `HopelessError` for what is wrong for everybody, such as a faulty form."""
        from generator.commands.dossier_work import DossierWork

        try:
            return DossierWork(self._audit, self._shelf, self._folders, self._fonts)
        except JishiError as error:
            raise HopelessError(error.message, error.hint) from error

    def _dossier(self, person: Person, vault: Vault | None = None) -> Job:
        return Job(person.branch, person.id, lambda: self.work.dossier(person, vault), self._early)

    def _review(self, person: Person) -> Job:
        return Job(person.branch, review_name(person.id), lambda: self.work.review(person), self._early)

    def _early_key(self, root: Path, began: int) -> str:
        drawing = f"{drawn_by()} {self._fonts} jinja2 {version('jinja2')}"
        audit = self._audit
        key = early_key(audit.key, root, self._folders, drawing, audit.as_of, audit.explicit)
        return key if unchanged_since(began, root, self._folders) else ""
