"""Blank forms for the site: every form as PDF, every official document as PDF and .docx, made from the definitions alone.

They are kept in a store of their own, with a key that is known beforehand, so that a build after which nothing has changed prints none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from generator.atomic import write_atomically
from generator.definitions.document_files import load_documents
from generator.definitions.documents import DocumentForm
from generator.definitions.form_files import load_forms
from generator.definitions.forms import Form
from generator.definitions.kept import key_of as key_of_program
from generator.definitions.load import Definitions
from generator.definitions.source import Shelf
from generator.prints.executors import cores, processes
from generator.prints.fonts import activate_fonts
from generator.prints.forms import FormPrinter
from generator.prints.made_of import drawn_by
from generator.prints.official import OfficialPrinter
from generator.prints.official_docx import docx_of, own_template
from generator.prints.page import PrintTemplates
from generator.prints.run import Job, print_jobs
from generator.prints.store import PrintStore
from generator.views.blank_forms import document_name
from generator.views.form_sheets import FormDocument, blank_document, file_name
from generator.views.official import blank_official
from generator.views.official_sheet import Official

_GROUP = "forms"
_NOTES = "docx.json"
_FEW = 8
"""So many are printed in this process: starting others takes longer."""


@dataclass(frozen=True, slots=True)
class Blanks:
    """`files`: name → where it lies. `made`: how many were printed now; `failed`: (name, message) of those that could not be."""

    files: Mapping[str, Path]
    made: int = 0
    failed: tuple[tuple[str, str], ...] = ()


class BlankPrinter:
    """Raises `FontsMissingError` when a typeface is missing. `root`: whose definitions they are; no record of it is opened."""

    def __init__(self, root: Path, shelf: Shelf, definitions: Definitions, folder: Path) -> None:
        self._shelf, self._definitions, self._folder = shelf, definitions, folder
        self._forms, self._documents = load_forms(shelf), load_documents(shelf)
        self._folders = tuple(path for base in shelf.roots if (path := base / "templates" / "print").is_dir())
        self._fonts = activate_fonts().fingerprint
        self._early = _early(root, self._folders, self._fonts)
        self._store = PrintStore(folder)

    @property
    def pending(self) -> int:
        """How many PDFs have to be looked at again."""
        return len(self._open)

    @cached_property
    def _open(self) -> frozenset[str]:
        return frozenset(name for name in self._names if not self._store.is_untouched(_GROUP, name, self._early))

    def make(self, step: Callable[[str], object] = lambda name: None) -> Blanks:
        """Prints what has changed; `step` is called with the name of each. Raises `UnwritableError`, and OSError for a .docx."""
        found = list(self._jobs()) if self._open else []
        workers = cores() if len(found) > _FEW else 1
        report = print_jobs(found, self._store, processes(workers), step) if found else None
        editable = self._editable()
        paths = {f"{name}.pdf": self._store.path(_GROUP, name) for name in self._names}
        failed = tuple((name, message) for name, message, _ in report.failed) if report else ()
        lost = {f"{name}.pdf" for name, _ in failed}
        files = {name: path for name, path in paths.items() if name not in lost}
        return Blanks({**files, **editable}, len(report.made) if report else 0, failed)

    @property
    def _names(self) -> list[str]:
        return [*map(file_name, self._forms), *map(document_name, self._documents)]

    def _jobs(self) -> Iterator[Job]:
        return (replace(job, early=self._early) for job in self._every_job() if job.name in self._open)

    def _every_job(self) -> Iterator[Job]:
        templates = PrintTemplates(self._folders)
        forms, officials = FormPrinter(templates, self._fonts), OfficialPrinter(templates, self._fonts)
        for form in self._forms:
            yield forms.job(_GROUP, file_name(form), partial(self._form, form))
        for document in self._documents:
            yield officials.job(_GROUP, document_name(document), partial(self._official, document))

    def _form(self, form: Form) -> FormDocument:
        path = self._shelf.find(form.file)
        return blank_document(form, self._definitions, path.read_text(encoding="utf-8") if path else "")

    def _official(self, document: DocumentForm) -> Official:
        return blank_official(document, self._definitions.procedures[-1].from_)

    def _editable(self) -> dict[str, Path]:
        """The documents as .docx; made again when anything differs from what the note says."""
        folder = self._folder / _GROUP
        paths = {f"{document_name(one)}.docx": folder / f"{document_name(one)}.docx" for one in self._documents}
        note = self._folder / _NOTES
        if _noted(note) != {"early": self._early, **{name: _digest(path) for name, path in paths.items()}}:
            template = own_template(self._shelf)
            for document in self._documents:
                content = docx_of(self._official(document), template)
                write_atomically(paths[f"{document_name(document)}.docx"], content)
            made = {"early": self._early, **{name: _digest(path) for name, path in paths.items()}}
            write_atomically(note, json.dumps(made).encode())
        return paths


def _noted(path: Path) -> object:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _early(root: Path, templates: Iterable[Path], fonts: str) -> str:
    """Stands for the program, the definitions, the templates, the fonts and the libraries; no file below `data/` has a part in it."""
    whole = hashlib.sha256(key_of_program(root))
    whole.update(f"{fonts}\0{drawn_by()}\0".encode())
    for folder in templates:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            whole.update(f"{path.relative_to(folder).as_posix()}\0{_digest(path)}\0".encode())
        whole.update(b"\1")
    return whole.hexdigest()
