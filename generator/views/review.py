"""组织员审核单: what is still open about one person. A print of its own for the organiser, beside the dossier and never in an archive.

Places are given by file and step, without line numbers: a line added for somebody else must not change this person's print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from generator.audit.assessment import Assessment
from generator.definitions.papers import Material
from generator.diagnostics import Diagnostic
from generator.procedure.progress import Deadline, Progress, StepProgress
from generator.records.model import Branch, Committee, Person
from generator.views import headings
from generator.views.enclosed import Paper, left_aside
from generator.views.footer import whose
from generator.views.paper_checks import PaperCheck, PaperGroup, by_paper
from generator.views.wording import in_full

_SOMEBODY = "另一人"


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding, or several that one hint settles: their messages and places after one another."""

    severity: str
    code: str
    message: str
    hint: str
    where: str
    basis: str


@dataclass(frozen=True, slots=True)
class TodoLine:
    title: str
    state: str
    earliest: str
    latest: str


@dataclass(frozen=True, slots=True)
class Review:
    """`title` and `archive` go into the file's properties: no name of a person there."""

    id: str
    name: str
    title: str
    archive: str
    branch: str
    heading: str
    as_of: date
    findings: tuple[FindingLine, ...]
    todo: tuple[TodoLine, ...]
    waived: tuple[str, ...]
    checks: tuple[PaperGroup, ...]
    aside: tuple[str, ...] = ()
    """Papers on record that are in no list of the dossier, a line each."""

    @property
    def whose(self) -> str:
        """In the footer."""
        return whose(self.name, self.id)

    @property
    def as_of_text(self) -> str:
        return in_full(self.as_of)


def review_of(
    assessment: Assessment,
    branch: Branch,
    committee: Committee,
    others: Callable[[Diagnostic], Iterable[Person]],
    checks: tuple[PaperCheck, ...],
    titles: Mapping[str, Material] = MappingProxyType({}),
) -> Review:
    """Findings, the gravest first; what is due, the most urgent first, then what comes; what was waived; what to look for on paper.

    `titles`: the catalogue, for papers on record that nothing counts.
    `others`: the people beside this one whose records a finding rests on. A message names them, a sheet about one person must not.
    """
    progress, person = assessment.progress, assessment.person
    findings = sorted(assessment.findings, key=lambda found: (found.severity.rank, found.code, found.message))
    return Review(
        id=person.id,
        name=person.name,
        title=f"{headings.REVIEW}（{person.id}）",
        archive=committee.name,
        branch=branch.name,
        heading=headings.REVIEW,
        as_of=progress.as_of,
        findings=_lines(findings, progress, others),
        todo=tuple(_todo(step) for step in _ahead(progress)),
        waived=tuple(f"{found.code}　{_unnamed(found.message, others(found))}" for found in assessment.waived),
        checks=by_paper(checks),
        aside=tuple(_aside(paper, titles) for paper in left_aside(person, progress.papers, progress.as_of)),
    )


def _aside(paper: Paper, titles: Mapping[str, Material]) -> str:
    title = titles[paper.code].title if paper.code in titles else ""
    kind = "复印件" if paper.copy else "原件"
    return f"{paper.code} {title}　{kind}{paper.count}份，登记在{paper.day}的记录里"


def _ahead(progress: Progress) -> tuple[StepProgress, ...]:
    """Nothing is ahead of somebody whose development rests or has ended."""
    return (*progress.next_steps, *progress.coming_steps) if progress.status == "active" else ()


def _unnamed(message: str, others: Iterable[Person]) -> str:
    for person in others:
        message = message.replace(person.name, _SOMEBODY).replace(person.id, _SOMEBODY)
    return message


def _lines(
    findings: Iterable[Diagnostic], progress: Progress, others: Callable[[Diagnostic], Iterable[Person]]
) -> tuple[FindingLine, ...]:
    """In the order of the findings; those of one code, weight, basis and hint are one line."""
    groups: dict[tuple[str, str, str, str], list[Diagnostic]] = {}
    for found in findings:
        hint = _unnamed(found.hint, others(found))
        groups.setdefault((found.severity.label, found.code, hint, found.basis), []).append(found)
    return tuple(
        FindingLine(
            severity,
            code,
            "；".join(dict.fromkeys(_unnamed(found.message, others(found)).rstrip("。") for found in group)),
            hint,
            _where(group, progress),
            basis,
        )
        for (severity, code, hint, basis), group in groups.items()
    )


def _where(findings: Sequence[Diagnostic], progress: Progress) -> str:
    """Each file once; of a single finding with its step, of several the messages say that."""
    paths = dict.fromkeys(found.place.path for found in findings)
    step = progress.steps.get(findings[0].step or "") if len(findings) == 1 else None
    return "；".join(paths) + (f"　{step.step.title}" if step else "")


def _todo(step: StepProgress) -> TodoLine:
    return TodoLine(step.step.title, step.state.label, _day(step.earliest), _day(step.latest))


def _day(deadline: Deadline | None) -> str:
    return "" if deadline is None else in_full(deadline.day) + ("（暂定）" if deadline.provisional else "")
