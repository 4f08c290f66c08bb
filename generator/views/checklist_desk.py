"""Makes checklists from an audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from generator.audit.assessment import Assessment
from generator.audit.audit import Audit
from generator.diagnostics import Diagnostic, Place
from generator.procedure.progress import PaperState, Progress, StepProgress, StepState
from generator.records.model import Branch
from generator.views.checklist import (
    STATUS_WORDS,
    Action,
    Checklist,
    Dot,
    FindingRow,
    PaperLine,
    PersonCard,
    StageGroup,
    TimelineRow,
    day_text,
)
from generator.views.details import Details
from generator.views.paper_checks import IN_HAND, all_checks

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
    """The checklists of one audit. `details` puts what an entry says into a line."""

    def __init__(self, audit: Audit, details: Details) -> None:
        self._audit = audit
        self._details = details
        self._located: Mapping[object, Diagnostic] = {_key(f): f for f in audit.findings}

    def checklist(self, branch: Branch) -> Checklist:
        """The checklist of one branch; everybody in it is on it."""
        mine = [a for a in self._audit.assessments.values() if a.person.branch == branch.id]
        sources = self._sources(mine)
        titled = sorted(((_group(a.progress), a) for a in mine), key=lambda pair: (pair[0], pair[1].person.id))
        groups = tuple(
            StageGroup(key[1], key[2], tuple(self._card(a, sources) for _, a in pairs))
            for key, pairs in groupby(titled, key=lambda pair: pair[0])
        )
        held = {code for group in groups for card in group.people for code in card.to_look_at}
        papers = {code: each for code, each in self._audit.definitions.materials.items() if code in held}
        checks = all_checks(papers, self._audit.definitions.look) if held else ()
        name = self._audit.corpus.committees[branch.committee].name
        return Checklist(branch.id, branch.name, name, groups, checks)

    def finding_rows(self, findings: Iterable[Diagnostic]) -> tuple[FindingRow, ...]:
        return tuple(self.finding_row(self._located.get(_key(f), f)) for f in findings)

    def finding_row(self, finding: Diagnostic) -> FindingRow:
        line = f":{finding.span.line}" if finding.span else ""
        person = self._audit.corpus.people.get(finding.person) if finding.person else None
        return FindingRow(
            finding.severity.value,
            finding.severity.label,
            finding.code,
            finding.message,
            finding.hint,
            f"{finding.place.path}{line}",
            person.id if person else "",
            person.name if person else "",
            person.branch if person else "",
        )

    def _card(self, assessment: Assessment, sources: Mapping[Place, str]) -> PersonCard:
        person, progress = assessment.person, assessment.progress
        duties = [s for s in progress.steps.values() if s.step.duty and not s.step.optional]
        running = progress.status == "active"
        return PersonCard(
            id=person.id,
            name=person.name,
            stage=_stage_title(progress),
            since=str(progress.stage_since or ""),
            status=STATUS_WORDS.get(progress.status, ""),
            note=_note(progress),
            track=tuple(_track(progress)),
            open=tuple(_action(progress, s) for s in progress.next_steps if s in duties) if running else (),
            coming=tuple(_action(progress, s) for s in progress.coming_steps[:3]) if running else (),
            papers=tuple(self._paper(progress, p) for p in progress.papers.values() if _wanting(p)),
            timeline=tuple(
                TimelineRow(
                    str(entry.date),
                    _title(progress, entry.step),
                    self._details.line(entry),
                    _codes(entry.fields.get("materials")),
                    sources[entry.place()],
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
        )

    def _paper(self, progress: Progress, paper: PaperState) -> PaperLine:
        title = self._audit.definitions.materials[paper.code].title
        step = _title(progress, paper.step) if paper.step else ""
        return PaperLine(
            paper.code, title, paper.state, _PAPER_WORDS.get(paper.state, paper.state), "、".join(paper.problems), step
        )

    def _sources(self, assessments: Iterable[Assessment]) -> Mapping[Place, str]:
        """Path and line of every entry, looked up file by file, since only a few files are kept in memory."""
        documents = self._audit.corpus.documents
        places = {entry.place() for a in assessments for entry in a.progress.timeline}
        found = {}
        for place in sorted(places, key=lambda p: (p.path, str(p.pointer))):
            known = place.path in documents
            line = documents[place.path].span(place.pointer, place.on_key).line if known else 0
            found[place] = f"{place.path}:{line}" if line else place.path
        return found


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


def _track(progress: Progress) -> Iterable[Dot]:
    numbered = [s for s in progress.steps.values() if s.step.number is not None and not s.step.optional]
    for number, group in groupby(sorted(numbered, key=lambda s: s.step.number or 0), key=lambda s: s.step.number or 0):
        steps = [s for s in group if s.state is not StepState.NOT_APPLICABLE]
        if steps:
            worst = min(steps, key=lambda s: _RANK.index(s.state))
            yield Dot(number, worst.state.value, f"{worst.step.title}：{worst.state.label}")


def _action(progress: Progress, step: StepProgress) -> Action:
    return Action(
        step.step.id,
        step.step.title,
        step.state.value,
        step.state.label,
        day_text(step.earliest),
        day_text(step.latest),
        progress.procedure.actors.get(step.step.actor, step.step.actor),
        "、".join(_title(progress, key) for key in step.waits_for),
    )


def _wanting(paper: PaperState) -> bool:
    return (paper.state == "missing" and paper.required) or paper.state == "defective"


def _title(progress: Progress, step: str) -> str:
    return progress.steps[step].step.title if step in progress.steps else step


def _codes(materials: object) -> str:
    if not isinstance(materials, list):
        return ""
    return "、".join(str(m.get("code", "") if isinstance(m, Mapping) else m) for m in materials)
