"""Makes checklists from an audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from generator.audit.agenda import agenda
from generator.audit.assessment import Assessment
from generator.audit.audit import Audit
from generator.diagnostics import Diagnostic, Place
from generator.procedure.progress import PaperState, Progress, StepProgress, StepState
from generator.records.model import Branch
from generator.views.authors import Authors
from generator.views.branch_titles import BranchTitles, Called
from generator.views.checklist import (
    Action,
    Checklist,
    Dot,
    FindingRow,
    PaperLine,
    PersonCard,
    StageGroup,
    TimelineRow,
)
from generator.views.details import Details
from generator.views.duties import HORIZONS, duty_row, spans_of
from generator.views.lanes import lane_of_person, lanes_of_branch
from generator.views.obstacles import obstacles
from generator.views.paper_checks import IN_HAND, all_checks
from generator.views.sources import Source, source_of, sources_of
from generator.views.standing_words import STATUS_WORDS, day_text

_PAPER_WORDS = {"present": "齐", "missing": "缺", "not_due": "未到", "defective": "有缺陷", "not_kept": "不归档"}
_RANK = (
    StepState.OVERDUE,
    StepState.MISSING,
    StepState.DUE,
    StepState.RUNNING,
    StepState.WAITING,
    StepState.UNKNOWN,
    StepState.DONE,
)


class ChecklistDesk:
    """The checklists of one audit. `details` puts what an entry says into a line; `authors`: who wrote them."""

    def __init__(self, audit: Audit, details: Details, authors: Authors) -> None:
        self._audit = audit
        self._details = details
        self._authors = authors
        self._titles = BranchTitles(audit)
        self._located: Mapping[object, Diagnostic] = {_key(f): f for f in audit.findings}
        self._of_branches: dict[str, list[Diagnostic]] = {}
        for finding in audit.findings:
            if finding.person not in audit.assessments:
                self._of_branches.setdefault(self.branch_of(finding), []).append(finding)

    def branch_of(self, finding: Diagnostic) -> str:
        """The branch a finding is about: its person's, or the one in whose folder it points; empty for what is above them."""
        corpus = self._audit.corpus
        person = corpus.people.get(finding.person) if finding.person else None
        if person is not None:
            return person.branch
        folders = finding.place.path.split("/")
        return folders[2] if len(folders) > 3 and folders[2] in corpus.branches else ""

    def checklist(self, branch: Branch, mine: Sequence[Assessment]) -> Checklist:
        """The checklist of one branch. `mine`: everybody in it whose file could be read, by id."""
        audit, called = self._audit, self._titles.of(branch)
        details = self._details.calling(called)
        duties = agenda(audit, branch.id, HORIZONS[-1], mine)
        stuck = obstacles(audit, branch, mine, details, called)
        places = {entry.place() for a in mine for entry in a.progress.timeline}
        places |= {duty.place for duty in duties} | {each.place for each in stuck}
        lines = sources_of(audit.corpus, places)
        titled = sorted(((_group(a.progress), a) for a in mine), key=lambda pair: (pair[0], pair[1].person.id))
        groups = tuple(
            StageGroup(key[1], key[2], tuple(self._card(a, lines, details, called) for _, a in pairs))
            for key, pairs in groupby(titled, key=lambda pair: pair[0])
        )
        held = {code for group in groups for card in group.people for code in card.to_look_at}
        papers = {code: each for code, each in audit.definitions.materials.items() if code in held}
        return Checklist(
            branch.id,
            branch.name,
            audit.corpus.committees[branch.committee].name,
            groups,
            all_checks(papers, audit.definitions.look) if held else (),
            spans_of([duty_row(audit, duty, branch, lines, called) for duty in duties], audit.as_of),
            tuple(replace(each, source=lines[each.place]) for each in stuck),
            self.finding_rows(self._of_branches.get(branch.id, ())),
            lanes_of_branch(mine, audit.as_of, called),
        )

    def finding_rows(self, findings: Iterable[Diagnostic]) -> tuple[FindingRow, ...]:
        return tuple(self.finding_row(self._located.get(_key(f), f)) for f in findings)

    def finding_row(self, finding: Diagnostic) -> FindingRow:
        corpus, branch = self._audit.corpus, self.branch_of(finding)
        person = corpus.people.get(finding.person) if finding.person else None
        folders = finding.place.path.split("/")
        committee = corpus.committees.get(folders[1]) if len(folders) > 2 else None
        unit = corpus.branches[branch].name if branch else committee.name if committee else ""
        return FindingRow(
            finding.severity.value,
            finding.severity.label,
            finding.code,
            finding.message,
            finding.hint,
            source_of(finding),
            person.id if person else "",
            person.name if person else "",
            branch,
            unit,
        )

    def _card(
        self, assessment: Assessment, lines: Mapping[Place, Source], details: Details, called: Called
    ) -> PersonCard:
        person, progress = assessment.person, assessment.progress
        wrote = self._authors.wrote(person)
        now, soon = (progress.next_steps, progress.coming_steps) if progress.status == "active" else ((), ())
        return PersonCard(
            id=person.id,
            name=person.name,
            stage=_stage_title(progress),
            since=str(progress.stage_since or ""),
            status=STATUS_WORDS.get(progress.status, ""),
            note=_note(progress),
            track=tuple(_track(progress, called)),
            open=tuple(_action(progress, s, called) for s in now if s.step.duty and not s.step.optional),
            coming=tuple(_action(progress, s, called) for s in soon[:3]),
            papers=tuple(self._paper(progress, p, called) for p in progress.papers.values() if _wanting(p)),
            timeline=tuple(
                TimelineRow(
                    str(entry.date),
                    _title(progress, entry.step, called),
                    details.line(entry),
                    _codes(entry.fields.get("materials")),
                    lines[entry.place()],
                    wrote.get(entry.place(), ""),
                )
                for entry in progress.timeline
            ),
            findings=self.finding_rows(assessment.findings),
            waived=len(assessment.waived),
            to_look_at=tuple(
                code
                for code, paper in progress.papers.items()
                if paper.state in IN_HAND and self._audit.definitions.materials[code].look
            ),
            source=Source(person.path),
            changed=self._authors.last(person.path),
            lane=lane_of_person(assessment, self._audit.as_of, called),
        )

    def _paper(self, progress: Progress, paper: PaperState, called: Called) -> PaperLine:
        title = self._audit.definitions.materials[paper.code].title
        step = _title(progress, paper.step, called) if paper.step else ""
        return PaperLine(
            paper.code, title, paper.state, _PAPER_WORDS.get(paper.state, paper.state), "、".join(paper.problems), step
        )


def _key(finding: Diagnostic) -> tuple[object, ...]:
    return finding.code, finding.place, finding.step, finding.message


def _group(progress: Progress) -> tuple[int, str, str]:
    """Sort key, id and title of the group a person stands in."""
    if progress.status in STATUS_WORDS:
        return 100, progress.status, STATUS_WORDS[progress.status]
    stages = progress.procedure.stages
    for stage in stages:
        if stage.id == progress.stage:
            last = stage.order == max(s.order for s in stages)
            return 50 if last else -stage.order, stage.id, stage.title
    return 90, "none", "尚未申请"


def _stage_title(progress: Progress) -> str:
    return next((s.title for s in progress.procedure.stages if s.id == progress.stage), "尚未申请")


def _note(progress: Progress) -> str:
    if progress.probation and progress.stage == "probationary":
        extended = f"（延长 {progress.probation.extended_months} 个月）" if progress.probation.extended_months else ""
        probation = progress.probation
        return f"预备期 {probation.start} 至 {probation.last}{extended}，{probation.expiry} 期满"
    return ""


def _track(progress: Progress, called: Called) -> Iterable[Dot]:
    numbered = [s for s in progress.steps.values() if s.step.number is not None and not s.step.optional]
    for number, group in groupby(sorted(numbered, key=lambda s: s.step.number or 0), key=lambda s: s.step.number or 0):
        steps = [s for s in group if s.state is not StepState.NOT_APPLICABLE]
        if steps:
            worst = min(steps, key=lambda s: _RANK.index(s.state))
            yield Dot(number, worst.state.value, f"{called(worst.step.title)}：{worst.state.label}")


def _action(progress: Progress, step: StepProgress, called: Called) -> Action:
    return Action(
        step.step.id,
        called(step.step.title),
        step.state.value,
        step.state.label,
        day_text(step.earliest),
        day_text(step.latest),
        called(progress.procedure.actors.get(step.step.actor, step.step.actor)),
        "、".join(_title(progress, key, called) for key in step.waits_for),
    )


def _wanting(paper: PaperState) -> bool:
    return (paper.state == "missing" and paper.required) or paper.state == "defective"


def _title(progress: Progress, step: str, called: Called) -> str:
    return called(progress.steps[step].step.title) if step in progress.steps else step


def _codes(materials: object) -> str:
    if not isinstance(materials, list):
        return ""
    return "、".join(str(m.get("code", "") if isinstance(m, Mapping) else m) for m in materials)
