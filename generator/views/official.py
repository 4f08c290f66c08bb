"""Official documents (备案报告、请示、批复、公示、会议记录摘录、函调信、政审综合材料), filled from the records.

    desk = OfficialDesk(audit, shelf)
    desk.documents                         every document there is (`DocumentForm`: id, code, name)
    desk.of_code("M14")                    those of one material of the catalogue
    desk.applies(document, person)         whether the person's records give occasion to it
    desk.lack(document, person)            why it cannot be made for the person, or None
    desk.for_person(document, person)      filled for that person alone; a decision still to come is a choice for the hand
    desk.for_group(document, person)       filled for everybody named in the same event as that person, of the same branch
    desk.for_event(document, path)         the same from the path of an event file
    desk.blank(document, branch)           empty; with a branch its name and that of its committee are filled in
    blank_official(document, day)          empty, from the definition alone

The `for_…` return a tuple: some documents exist once for each person or each letter, and an event of a committee gives
one for each branch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import PurePosixPath

from generator.audit.audit import Audit
from generator.definitions.document_files import load_documents
from generator.definitions.documents import DocumentForm, Occasion
from generator.definitions.source import Shelf
from generator.diagnostics import JishiError
from generator.procedure.progress import StepProgress, StepState
from generator.records.model import Branch, Committee, Entry, Person
from generator.views.desk import DossierDesk
from generator.views.lookup import Subject
from generator.views.official_parts import PartFiller
from generator.views.official_sheet import Official
from generator.views.official_text import Concerned, Item, TextFiller, entry_is
from generator.views.wording import Wording


class Lack(StrEnum):
    """Why a document cannot be made for a person: it would say what was not decided, or is not to be decided yet."""

    UNDECIDED = "记录里没有这一决定"
    AHEAD = "尚未办到这一步"


class OfficialDesk:
    """Compiles official documents from one audit. Raises `JishiError` for faulty document files."""

    def __init__(self, audit: Audit, shelf: Shelf) -> None:
        self._audit = audit
        self._desk = DossierDesk(audit, shelf)
        self._events = {event.path: event for event in audit.corpus.events}
        self._through = audit.corpus.schemas.document("committee").field.at(("approves_through",))
        self.documents: Sequence[DocumentForm] = load_documents(shelf)

    def of_code(self, code: str) -> tuple[DocumentForm, ...]:
        """The documents of one material, such as M14."""
        return tuple(document for document in self.documents if document.code == code)

    def applies(self, document: DocumentForm, person: str) -> bool:
        """Whether the person has an entry that gives occasion to the document."""
        return self._about(document, self._person(person)) is not None

    def lack(self, document: DocumentForm, person: str) -> Lack | None:
        """None when the decision is recorded, or is the next thing to be decided; a refusal, or any other decision, is neither."""
        found = self._person(person)
        if self._about(document, found) is not None:
            return None
        steps = self._audit.assessments[found.id].progress.steps
        concerned = [steps[one.step] for one in document.about if one.step in steps]
        # Only the first occasion is what the document is made for; the others are decided before it.
        first = document.about[0]
        is_next = self._holds(first, self._audit.as_of) and first.step in steps and self._is_next(steps[first.step])
        if is_next and self._may_be_expected(document, found):
            return None
        ahead = (StepState.WAITING, StepState.DUE, StepState.OVERDUE)
        untouched = not any(step.entries for step in concerned) and any(step.state in ahead for step in concerned)
        return Lack.AHEAD if untouched and not is_next else Lack.UNDECIDED

    def for_person(self, document: DocumentForm, person: str) -> tuple[Official, ...]:
        """The document for one person alone; ahead of the decision what is known of the person is filled in, the rest is blank.

        Several only where each item of a list has its own (a letter to each unit). Raises `JishiError` where `lack` gives a reason.
        """
        found = self._person(person)
        return self._made(document, [(found, self._required(document, found))])

    def for_group(self, document: DocumentForm, person: str) -> tuple[Official, ...]:
        """The document for everybody of the person's branch whom the event of its occasion names; for the person alone when the
        occasion stands in the person's own file, there is none, or the event was one of another branch."""
        found = self._person(person)
        about = self._about(document, found)
        event = self._events.get(about.event) if about is not None and about.event is not None else None
        if about is None or about.event is None or (event is not None and event.branch not in (None, found.branch)):
            return self.for_person(document, person)
        ids = {found.id}
        return tuple(made for made in self.for_event(document, about.event) if ids & set(made.people))

    def for_event(self, document: DocumentForm, path: str) -> tuple[Official, ...]:
        """The documents for the people whom an event names, one for each branch. Raises `JishiError` when the event gives no occasion."""
        event = self._events.get(path)
        if event is None:
            raise JishiError(f"没有事件文件 {path}", "写出 data/ 下事件文件的路径。")
        groups: dict[tuple[str, bool], list[tuple[Person, Entry | None]]] = {}
        for id in event.people:
            person = self._audit.corpus.person(id)
            if person is None or person.id not in self._audit.assessments:
                # Left out in silence, the person would be missing from a list that says who was decided upon.
                raise JishiError(
                    f"{path} 写了 {id}，但没有读到这个人的记录，没有生成",
                    f"运行 jishi check {path} 查看，改正后重新生成。",
                )
            timeline = self._audit.assessments[person.id].progress.timeline
            about = next((e for e in timeline if e.event == path and self._fits(document, e)), None)
            if about is not None:
                key = event.branch or person.branch, not self._is_decided(document, about)
                groups.setdefault(key, []).append((person, about))
        if not groups:
            raise JishiError(f"{path} 里没有可以写入“{document.name}”的人")
        return tuple(made for _, group in sorted(groups.items()) for made in self._made(document, group))

    def blank(self, document: DocumentForm, branch: str | None = None) -> Official:
        """The document without anything of a person."""
        corpus = self._audit.corpus
        if branch is None:
            return blank_official(document, self._audit.as_of)
        if branch not in corpus.branches:
            raise JishiError(f"没有支部“{branch}”")
        return self._official(document, [], corpus.branches[branch], f"{document.id}-{branch}", None)

    def _person(self, id: str) -> Person:
        person = self._audit.corpus.person(id)
        if person is None:
            raise JishiError(f"没有学号或工号为“{id}”的人")
        return person

    def _about(self, document: DocumentForm, person: Person) -> Entry | None:
        """The latest entry of the current attempt that gives occasion, of the first step that has one."""
        for entries in self._occasions(document, person):
            if fitting := [entry for entry in entries if self._fits(document, entry)]:
                return max(fitting, key=lambda entry: entry.date)
        return None

    def _required(self, document: DocumentForm, person: Person) -> Entry | None:
        """As `_about`. Raises `JishiError` where `lack` gives a reason: a document must not tell of what was not decided."""
        lack = self.lack(document, person.id)
        if lack is not None:
            raise JishiError(f"{lack}：{document.name}（{person.id}），没有生成", f"运行 jishi show {person.id} 查看。")
        return self._about(document, person)

    def _is_next(self, step: StepProgress) -> bool:
        """Whether the step may be taken now: nothing goes before it, and it was not refused."""
        if step.state not in (StepState.DUE, StepState.OVERDUE) or step.waits_for:
            return False
        refusals = {key: tuple(map(str, values)) for key, values in step.step.refused_when.items()}
        return not any(
            entry.get(key) is not None and entry_is(entry, {key: values})
            for entry in step.entries
            for key, values in refusals.items()
        )

    def _may_be_expected(self, document: DocumentForm, person: Person) -> bool:
        expected = document.expected
        if expected is None:
            return not document.exceptional
        step = self._audit.assessments[person.id].progress.steps.get(expected.step)
        return step is not None and bool(step.entries) and entry_is(step.entries[-1], expected.when)

    def _is_decided(self, document: DocumentForm, about: Entry | None) -> bool:
        """Whether the entry says what was decided, where the document turns on it."""
        if about is None:
            return False
        keys = {key for occasion in document.about if occasion.step == about.step for key in occasion.when}
        return not keys or any(about.get(key) is not None for key in keys)

    def _occasions(self, document: DocumentForm, person: Person) -> Iterator[Sequence[Entry]]:
        """Entries of each step that might give occasion."""
        assessment = self._audit.assessments.get(person.id)
        if assessment is None:
            raise JishiError(f"{person.path} 无法读取，没有生成", f"运行 jishi check {person.id} 查看原因。")
        steps = assessment.progress.steps
        return (steps[one.step].entries for one in document.about if one.step in steps)

    def _fits(self, document: DocumentForm, entry: Entry) -> bool:
        return any(
            occasion.step == entry.step and entry_is(entry, occasion.when) and self._holds(occasion, entry.date)
            for occasion in document.about
        )

    def _holds(self, occasion: Occasion, day: date) -> bool:
        """Whether the version of the procedure in force on a day knows the occasion; before the oldest one that counts."""
        procedures = self._audit.definitions.procedures
        held = [procedure.version for procedure in procedures if procedure.from_ <= day]
        return not occasion.versions or (held or [procedures[0].version])[-1] in occasion.versions

    def _made(self, document: DocumentForm, group: Sequence[tuple[Person, Entry | None]]) -> tuple[Official, ...]:
        if document.single and len(group) > 1:
            return tuple(made for one in group for made in self._made(document, [one]))
        decided = all(self._is_decided(document, about) for _, about in group)
        people = [Concerned(self._subject(person, about), about, decided=decided) for person, about in group]
        branch = people[0].subject.branch
        event = group[0][1].event if group[0][1] is not None else None
        stem = group[0][0].id if len(group) == 1 else f"{PurePosixPath(event or '').stem}-{branch.id}"
        if len(group) > 1 and not decided:
            # The same event may have decided on others.
            stem += "-open"
        if not document.items:
            return (self._official(document, people, branch, f"{document.id}-{stem}", people[0]),)
        items = _items(people[0], document.items) or [None]
        return tuple(
            self._official(
                document,
                [replace(people[0], item=item)],
                branch,
                f"{document.id}-{stem}" + (f"-{n}" if len(items) > 1 else ""),
                people[0],
            )
            for n, item in enumerate(items, 1)
        )

    def _official(
        self,
        document: DocumentForm,
        people: Sequence[Concerned],
        branch: Branch,
        file: str,
        first: Concerned | None,
    ) -> Official:
        committee = self._audit.corpus.committees[branch.committee]
        text = TextFiller(people, self._desk.wording, partial(self._derived, branch, committee))
        return _document(
            document,
            text,
            f"{document.code}-{file}",
            branch.name,
            self._audit.as_of,
            partial(_items, first) if first else None,
        )

    def _subject(self, person: Person, about: Entry | None) -> Subject:
        """The person as a member of the branch in which the occasion was."""
        corpus, subject = self._audit.corpus, self._desk.subject_of(self._audit.assessments[person.id])
        event = self._events.get(about.event) if about is not None and about.event is not None else None
        branch = corpus.branches[(event.branch if event is not None else None) or person.branch]
        return replace(subject, branch=branch, committee=corpus.committees[branch.committee])

    def _derived(self, branch: Branch, committee: Committee, ref: str) -> str:
        """What follows from the organisation; also names, for a blank document, which has no person to ask for them."""
        above = self._desk.wording.text(committee.fields.get("approves_through"), self._through)
        known: Mapping[str, str] = {
            "approver.name": above if committee.fields.get("may_approve") is not True else committee.name,
            "requester.name": branch.name if committee.may_approve else committee.name,
            "branch.meeting": _meeting(branch),
            "branch.name": branch.name,
            "committee.name": committee.name,
        }
        return known.get(ref, "")


def blank_official(document: DocumentForm, day: date) -> Official:
    """An empty document, from its definition alone: no record is needed. `day` goes into the properties of the file."""
    text = TextFiller((), Wording(lambda kind, id: None), lambda ref: "")
    return _document(document, text, f"{document.code}-{document.id}-blank", "", day, None)


def _document(
    document: DocumentForm,
    text: TextFiller,
    file: str,
    author: str,
    day: date,
    items: Callable[[str], list[Item | None]] | None,
) -> Official:
    return Official(
        document=document.id,
        code=document.code,
        name=document.name,
        file=file,
        author=author,
        day=day,
        parts=PartFiller(text, items or (lambda ref: [])).parts(document),
        people=tuple(one.subject.person.id for one in text.people),
    )


def _meeting(branch: Branch) -> str:
    """The meeting in which a branch decides, as far as it is recorded whether it has a committee."""
    has_committee = branch.fields.get("has_committee")
    return "支委会" if has_committee is True else "支部党员大会" if has_committee is False else ""


def _items(person: Concerned, ref: str) -> list[Item | None]:
    """The items of a list; the main entry stands for its own step."""
    step, _, path = ref.partition(".")
    own = person.about is not None and person.about.step == step
    value, field = person.find(f"about.{path}" if own else ref)
    return [Item(each, field.item if field else None) for each in value] if isinstance(value, list) else []
