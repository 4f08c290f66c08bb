"""What would stand against a step if it were recorded on the as-of day: the list a platform shows before filing. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from generator.audit.afresh import locate_all
from generator.audit.assessment import Assessment
from generator.audit.assessor import Assessor
from generator.audit.audit import Audit
from generator.audit.waivers import ABOUT_WAIVERS
from generator.definitions.model import Step
from generator.diagnostics import Diagnostic, Place, Severity
from generator.procedure.book import FULL, PROBATIONARY, book_of
from generator.procedure.conditions import NAMESPACES, holds
from generator.procedure.context import PersonFacts
from generator.procedure.progress import Progress
from generator.records.model import Entry, Person


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The result for one person. Nothing in `findings` and `remarks`: the step can be filed."""

    person: Person
    findings: tuple[Diagnostic, ...] = ()
    """Errors and warnings, located, in order of place. What concerns the step itself points at the person's `log`."""
    remarks: tuple[str, ...] = ()
    """What rests on no rule of the register: the step does not exist here, or its stage is over."""
    papers: tuple[str, ...] = ()
    """Codes of required papers that arise with the step and are not on record yet: they go with it, and refuse nothing."""

    @property
    def safe(self) -> bool:
        return not self.findings and not self.remarks


class Rehearsals:
    """Rehearses steps of people of one audit; what rests on the whole corpus is prepared once."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit
        self._assessor = Assessor(audit.corpus, audit.definitions, audit.as_of, audit.explicit)

    def steps(self, person: Person) -> dict[str, Step]:
        """Every step of the procedure in the person's branch, by id, of any version; the newest counts."""
        procedures = self._audit.rules_of(person.branch).procedures
        return {step.id: step for procedure in procedures for step in procedure.steps.values()}

    def rehearse(self, person: Person, step_id: str) -> Rehearsal:
        """As if `step_id` (of `steps`) had been completed on the as-of day, in the last place of the person's log."""
        now = self._audit.assessments.get(person.id)
        if now is None:
            findings = _weighty(self._audit.findings_of(person.id))
            return Rehearsal(person, tuple(findings), ("记录无法读取，不知道此人的进度",))
        entry = self._entry(person, step_id, now.progress)
        then = self._assessor.assess(replace(person, entries=person.entries.with_more(entry)))
        found = [*self._standing(person), *_compared(now, then, entry)]
        papers = (p for p in then.progress.papers.values() if p.step == step_id and p.state == "missing" and p.required)
        return Rehearsal(
            person,
            locate_all(dict.fromkeys(_weighty(found)), self._audit.corpus, self._audit.definitions),
            tuple(self._remarks(person, step_id, now.progress)),
            tuple(paper.code for paper in papers),
        )

    def _entry(self, person: Person, step_id: str, progress: Progress) -> Entry:
        """The entry that might be written: no more than a date, and a field that asks for the person's stage."""
        log = person.get("log")
        place = Place(person.path, ("log", len(log) if isinstance(log, list) else 0))
        return Entry(person.id, step_id, self._audit.as_of, self._fields(person, step_id, progress), (place,))

    def _fields(self, person: Person, step_id: str, progress: Progress) -> dict[str, Any]:
        """Where the procedure distinguishes entries by stage (of what kind the dossier is), the nearest stage reached."""
        step, stages = self.steps(person)[step_id], {stage.id: stage.order for stage in progress.procedure.stages}
        if progress.stage is None or progress.stage in (PROBATIONARY, FULL):
            return {}
        fields: dict[str, Any] = {}
        for transition in step.transitions:
            for key, allowed in transition.when.items():
                near = [s for s in allowed if s in stages and stages[s] <= stages[progress.stage]]
                if near and key.partition(".")[0] not in NAMESPACES:
                    fields[key] = max(near, key=lambda stage: stages[stage])
        return fields

    def _standing(self, person: Person) -> Iterator[Diagnostic]:
        """Faults of reading: of the person's file, and of events that name the person, but not of other people's parts there."""
        events = {event.path for event in self._audit.corpus.events if person.id in event.people}
        for finding in self._audit.corpus.findings:
            place = finding.place
            others = place.pointer[:1] == ("people",) and len(place.pointer) > 1 and place.pointer[1] != person.id
            if person.path == place.path or finding.person == person.id or (place.path in events and not others):
                yield finding

    def _remarks(self, person: Person, step_id: str, progress: Progress) -> Iterator[str]:
        rules = self._audit.rules_of(person.branch)
        clause = book_of(rules).on(self._audit.as_of).clauses.get(step_id)
        if clause is None:
            yield "现行程序没有这一步骤"
            return
        facts = PersonFacts(person, rules.profile, self._assessor.context_of(person.branch))
        if clause.step.when and not holds(clause.step.when, facts):
            yield "此人所在支部不办理这一步骤"
        stages = {stage.id: stage for stage in progress.procedure.stages}
        due, present = stages.get(clause.step.stage or ""), stages.get(progress.stage or "")
        if due and present and due.order < present.order and clause.step.repeat == "once":
            done = progress.steps[step_id].completed
            before = f"已于 {done.date} 办理，" if done else ""
            yield f"{before}现为{present.title}，这一步骤属于{due.title}阶段"


def _compared(now: Assessment, then: Assessment, entry: Entry) -> Iterator[Diagnostic]:
    """What stands now and would not be settled by the step, and what would come with it.

    Of the entry itself only its day is judged: what else it will say is not written yet.
    """
    known = {_key(finding) for finding in now.findings}
    after = {_key(finding) for finding in then.findings}
    replaced = {(finding.code, finding.place) for finding in then.findings}
    for finding in now.findings:
        settled = finding.step == entry.step or (finding.code, finding.place) in replaced
        if _key(finding) in after or not settled:
            yield finding
    own = entry.place()
    for finding in then.findings:
        if _key(finding) in known or finding.code in ABOUT_WAIVERS:
            continue
        if not _inside(finding.place, own):
            yield replace(finding, related=tuple(r for r in finding.related if not _inside(r.place, own)))
        elif finding.place.pointer == (*own.pointer, "date"):
            yield replace(finding, place=Place(own.path, own.pointer[:1], on_key=True))


def _key(finding: Diagnostic) -> object:
    return finding.code, finding.place, finding.step, finding.message, finding.severity


def _inside(place: Place, own: Place) -> bool:
    return place.path == own.path and place.pointer[: len(own.pointer)] == own.pointer


def _weighty(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    return (finding for finding in findings if finding.severity is not Severity.INFO)
