"""Official documents among what `jishi form` prints: as PDF, and as .docx for the office that has to edit them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from generator.audit.audit import Audit
from generator.audit.left_out import LostEvents
from generator.commands.form_choice import Choice
from generator.commands.printing import refuse_what_was_left_out, template_folders
from generator.definitions.documents import DocumentForm
from generator.diagnostics import JishiError
from generator.prints.fonts import activate_fonts
from generator.prints.official import OfficialPrinter
from generator.prints.page import PrintTemplates
from generator.prints.run import Job, UnwritableError
from generator.prints.sheaf import Sheaf
from generator.prints.store import PrintStore
from generator.records.model import Person
from generator.views.official import Lack, OfficialDesk, blank_official
from generator.views.official_sheet import Official


class Letters:
    """Jobs for official documents below `folder`. `editable`: with a .docx beside each PDF.

    `outdated`: names of those made before that these records would not make any more.
    """

    def __init__(self, choice: Choice, folder: Path, editable: bool) -> None:
        self._choice = choice
        self._prints = PrintStore(folder)
        self._documents = PrintStore(folder, ".docx")
        self._editable = editable
        self.saved: list[Path] = []
        self.outdated: list[str] = []
        self.unfit: list[str] = []
        """Of whom which documents of a code that was asked for were not made while others of it were, and why, a line each."""
        self._printer = OfficialPrinter(PrintTemplates(template_folders(choice.shelf)), activate_fonts().fingerprint)

    def blank(self) -> list[Job]:
        """Each document without a person; no record is opened."""
        day = self._choice.definitions.procedures[-1].from_
        return [self._job("", blank_official(document, day)) for document in self._choice.documents]

    def filled(self, root: Path, audit: Audit, people: Sequence[Person], grouped: bool) -> Iterator[Job]:
        """Documents of these people. `grouped`: those that give occasion only, one for all whom the same event names."""
        if not self._choice.documents:
            return
        desk = OfficialDesk(audit, self._choice.shelf)
        lost = LostEvents(audit.corpus)
        seen: set[tuple[str, str]] = set()
        undone: set[tuple[str, str]] = set()
        for person in people:
            try:
                documents = self._for(desk, person, grouped)
                if documents:
                    refuse_what_was_left_out(audit, person, lost)
            except JishiError as error:
                yield Job(person.branch, f"{person.id}-公文", _raiser(error))
                undone |= {(person.branch, document.id) for document in self._choice.documents}
                continue
            self._forget(person, (one for one in self._choice.documents if desk.lack(one, person.id) is not None))
            for document in documents:
                try:
                    made = (desk.for_group if grouped else desk.for_person)(document, person.id)
                    for one in _others(audit, made, person):
                        refuse_what_was_left_out(audit, one, lost)
                except JishiError as error:
                    yield Job(person.branch, f"{person.id}-{document.id}", _raiser(error))
                    undone.add((person.branch, document.id))
                    continue
                if not grouped:
                    self._forget(person, [document], {official.file for official in made})
                for official in made:
                    if (person.branch, official.file) not in seen:
                        seen.add((person.branch, official.file))
                        yield self._job(person.branch, official)
            if not grouped and (refusal := self._refusal(desk, person)):
                yield Job(person.branch, f"{person.id}-公文", _raiser(refusal))
        if grouped:
            self._forget_groups({person.branch for person in people}, seen, undone)

    def _forget(self, person: Person, documents: Iterable[DocumentForm], made: Collection[str] = ()) -> None:
        """What there is of these documents for the person alone, but for those made now."""
        for document in documents:
            own = re.compile(rf"{re.escape(f'{document.code}-{document.id}-{person.id}')}(-\d+)?")
            names = {name for store in (self._prints, self._documents) for name in store.names(person.branch)}
            self.outdated += sorted(name for name in names if own.fullmatch(name) and name not in made)

    def _forget_groups(
        self, branches: Iterable[str], made: Collection[tuple[str, str]], undone: Collection[tuple[str, str]]
    ) -> None:
        """What there is of the documents asked for, for several people of one event, but for those made now and those that failed."""
        for branch in sorted(branches):
            names = {name for store in (self._prints, self._documents) for name in store.names(branch)}
            for document in (one for one in self._choice.documents if (branch, one.id) not in undone):
                own = re.compile(
                    rf"{re.escape(f'{document.code}-{document.id}-')}.+{re.escape(f'-{branch}')}(-open)?(-\d+)?"
                )
                self.outdated += sorted(name for name in names if own.fullmatch(name) and (branch, name) not in made)

    def _for(self, desk: OfficialDesk, person: Person, grouped: bool) -> list[DocumentForm]:
        """The documents that can be made for a person; `grouped`: those whose occasion is recorded."""
        if grouped:
            return [one for one in self._choice.documents if desk.applies(one, person.id)]
        return [one for one in self._choice.documents if desk.lack(one, person.id) is None]

    def _refusal(self, desk: OfficialDesk, person: Person) -> JishiError | None:
        """What was asked for and cannot be made, and why, for the person as a whole. Of the documents of one code some always belong to
        another decision: they are no refusal unless there is none."""
        reasons: dict[Lack, list[str]] = {}
        for code, same in groupby(sorted(self._choice.documents, key=_code), key=_code):
            documents = list(same)
            lacks = [lack for one in documents if (lack := desk.lack(one, person.id)) is not None]
            if 0 < len(lacks) < len(documents):
                self.unfit += self._unfit(desk, person, code, documents)
            elif lacks:
                what = f"{code} {documents[0].name}" if len(documents) == 1 else code
                reasons.setdefault(min(lacks, key=list(Lack).index), []).append(what)
        if not reasons:
            return None
        said = "；".join(f"{lack}：{'、'.join(reasons[lack])}" for lack in Lack if lack in reasons)
        return JishiError(f"{said}，没有生成", f"运行 jishi show {person.id} 查看。")

    def _unfit(self, desk: OfficialDesk, person: Person, code: str, same: Sequence[DocumentForm]) -> Iterator[str]:
        names: dict[Lack, list[str]] = {}
        for one in same:
            if (lack := desk.lack(one, person.id)) is not None:
                names.setdefault(lack, []).append(one.name)
        said = "；".join(f"{'、'.join(names[lack])}（{lack}）" for lack in Lack if lack in names)
        yield f"{person.id}：{code} 中没有生成的：{said}"

    def _job(self, group: str, official: Official) -> Job:
        return self._printer.job(group, official.file, lambda: self._kept(group, official))

    def _kept(self, group: str, official: Official) -> Official:
        if self._editable:
            from generator.prints.official_docx import docx_of, own_template

            content = docx_of(official, own_template(self._choice.shelf))
            try:
                self.saved.append(self._documents.put(group, official.file, "", content))
            except OSError as error:
                raise UnwritableError(self._documents.path(group, official.file), error) from error
        return official


def _others(audit: Audit, made: Iterable[Official], person: Person) -> list[Person]:
    """The others whom the documents name."""
    ids = {id for official in made for id in official.people} - {person.id}
    return [found for id in sorted(ids) if (found := audit.corpus.person(id)) is not None]


def _code(document: DocumentForm) -> str:
    return document.code


def _raiser(error: JishiError) -> Callable[[], Sheaf]:
    def fail() -> Sheaf:
        raise error

    return fail
