"""Compiling the prints of a person: loaded only for those whose prints are not current."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from generator.audit.audit import Audit
from generator.audit.left_out import LostEvents
from generator.commands.printing import assessment_in_full
from generator.definitions.source import Shelf
from generator.diagnostics import Place
from generator.prints.dossiers import DossierPrinter
from generator.prints.page import PrintTemplates
from generator.prints.reviews import ReviewPrinter
from generator.prints.scans import ScanReader
from generator.prints.sheaf import Sheaf
from generator.privacy.vault import Vault
from generator.records.model import Person
from generator.views.desk import DossierDesk


class DossierWork:
    """`fonts`: fingerprint of the fonts in use. Raises `JishiError` for faulty forms."""

    def __init__(self, audit: Audit, shelf: Shelf, folders: tuple[Path, ...], fonts: str) -> None:
        templates = PrintTemplates(folders)
        self._audit = audit
        self.desk = DossierDesk(audit, shelf, ScanReader(audit.root, partial(_line, audit)))
        self._lost = LostEvents(audit.corpus)
        self._dossiers = DossierPrinter(templates, fonts)
        self._reviews = ReviewPrinter(templates, fonts)

    def dossier(self, person: Person, vault: Vault | None = None) -> Sheaf:
        """Sealed values are opened only with a `vault` that has keys. Raises `JishiError`."""
        desk = self.desk if vault is None else self.desk.with_vault(vault)
        return self._dossiers.sheaf(*desk.compile(assessment_in_full(self._audit, person, self._lost)))

    def review(self, person: Person) -> Sheaf:
        """No sealed value is ever on a review sheet. Raises `JishiError`."""
        return self._reviews.sheaf(self.desk.review(assessment_in_full(self._audit, person, self._lost)))


def _line(audit: Audit, place: Place) -> int:
    """The line of a place in a record, 0 when it cannot be told."""
    documents = audit.corpus.documents
    span = documents[place.path].span(place.pointer, place.on_key) if place.path in documents else None
    return span.line if span else 0
