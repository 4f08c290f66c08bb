"""What has to be done in a branch: overdue steps, and steps whose latest day is near."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.audit.audit import Audit
from generator.procedure.progress import Deadline, StepProgress, StepState
from generator.records.model import Person


@dataclass(frozen=True, slots=True)
class Duty:
    """One step of one person that is overdue or falls due."""

    person: Person
    progress: StepProgress
    actor: str
    """Who acts, in Chinese."""

    @property
    def overdue(self) -> bool:
        return self.progress.state is StepState.OVERDUE

    @property
    def label(self) -> str:
        return self.progress.state.label

    @property
    def latest(self) -> Deadline | None:
        return self.progress.latest


def agenda(audit: Audit, branch: str, days: int) -> list[Duty]:
    """By latest day, then person: everything overdue, and what has a latest day within `days` of the as-of date.

    Only for people whose procedure is running; steps without a latest day are not listed.
    """
    horizon = _add_days(audit.as_of, days)
    found = []
    for assessment in audit.assessments.values():
        progress = assessment.progress
        if assessment.person.branch != branch or progress.status != "active":
            continue
        for step in progress.steps.values():
            open_ = step.state in (StepState.DUE, StepState.RUNNING, StepState.WAITING)
            near = open_ and step.latest is not None and step.latest.day <= horizon
            if step.state is StepState.OVERDUE or near:
                actor = progress.procedure.actors.get(step.step.actor, step.step.actor)
                found.append(Duty(assessment.person, step, actor))
    return sorted(found, key=lambda d: (not d.overdue, d.latest.day if d.latest else date.max, d.person.id))


def _add_days(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max
