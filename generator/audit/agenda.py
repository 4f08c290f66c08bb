"""What has to be done: overdue steps, steps whose latest day is near, problems to be corrected, and inspections by the committee."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.audit.assessment import Journey
from generator.audit.audit import Audit
from generator.audit.committees import committee_subjects
from generator.audit.periodic import next_inspection
from generator.audit.problems import Problem, problems_of
from generator.audit.subject import Today
from generator.diagnostics import Place
from generator.procedure.calendar import add_days
from generator.procedure.progress import Deadline, StepProgress, StepState
from generator.records.model import Committee, Person

_CORRECTED_BY = "branch"
_PROBLEMS = "DEV123"
"""Steps whose `pitfalls` name this code may write down problems with a term."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that is overdue or falls due. `person` None: a duty of the branch or the committee as such."""

    person: Person | None
    step: str
    title: str
    state: StepState
    latest: Deadline | None
    actor: str
    """Who acts, in Chinese."""
    place: Place
    """What it rests on: the value that started the clock, the problem as it was written down, or the file that should tell of it."""
    which: str = ""
    """Tells it from other duties of the same person and step, and stays the same while it is not done."""

    @property
    def overdue(self) -> bool:
        return self.state is StepState.OVERDUE

    @property
    def label(self) -> str:
        return self.state.label


def agenda(audit: Audit, branch: str, days: int, mine: Sequence[Journey] | None = None) -> list[Duty]:
    """By latest day, then person: everything overdue in a branch, and what has a latest day within `days` of the as-of date.

    Steps only of people whose procedure is running; what has no latest day is not listed. `mine`: the people of the branch, where
    they are known already.
    """
    horizon = add_days(audit.as_of, days)
    if mine is None:
        mine = [audit.journeys[id] for id in audit.ids_of[branch]]
    found = [duty for one in mine for duty in _steps(one, horizon)]
    return _in_order([*found, *_corrections(audit, mine, horizon)])


def committee_agendas(audit: Audit, days: int) -> list[tuple[Committee, list[Duty]]]:
    """The same of the committees as such, those with nothing to do left out: the inspection that their profile asks for."""
    horizon, found = add_days(audit.as_of, days), []
    for subject in committee_subjects(audit.corpus, audit.definitions, Today(audit.as_of)):
        coming = next_inspection(subject)
        if coming is not None and coming.latest <= horizon:
            title = f"{subject.steps[coming.step].title}（每 {coming.months} 个月至少一次）"
            state, deadline = _state(coming.latest, audit.as_of), Deadline(coming.latest, None)
            committee = subject.committee
            duty = Duty(None, coming.step, title, state, deadline, committee.name, committee.place("name"))
            found.append((committee, [duty]))
    return found


def _steps(one: Journey, horizon: date) -> Iterator[Duty]:
    progress = one.progress
    for step in progress.steps.values() if progress.status == "active" else ():
        open_ = step.state in (StepState.DUE, StepState.RUNNING, StepState.WAITING)
        near = open_ and step.latest is not None and step.latest.day <= horizon
        if step.state is StepState.OVERDUE or near:
            actor = progress.procedure.actors.get(step.step.actor, step.step.actor)
            told = sum(entry.step == step.step.id for entry in progress.timeline)
            place = clock_place(one, step)
            yield Duty(one.person, step.step.id, step.step.title, step.state, step.latest, actor, place, str(told + 1))


def clock_place(one: Journey, step: StepProgress) -> Place:
    """The recorded value that the latest day of a step counts from; else its own last entry, what it follows, or the log."""
    steps, found = one.progress.steps, None
    for ref in step.latest.limit.of if step.latest and step.latest.limit else ():
        start = one.progress.procedure.probation.starts if ref.subject == "probation" else ref
        found = steps[start.subject].completed if start.subject in steps else None
        if found is not None and found.get(start.field) is not None:
            return found.place(start.field)
    before = [steps[each.step].completed for each in step.step.after if each.step in steps]
    found = next((entry for entry in (*step.entries[-1:], *reversed(before)) if entry is not None), None)
    return found.place("date") if found is not None else one.person.place("log").key()


def _corrections(audit: Audit, mine: Iterable[Journey], horizon: date) -> Iterator[Duty]:
    """Problems with a term; one in the shared part of an event once for the branch."""
    seen: set[Place] = set()
    for one in mine:
        for problem, title in _problems(one):
            named = audit.corpus.person(problem.person) if problem.person else None
            elsewhere = named is not None and named.branch != one.person.branch
            if problem.due is None or problem.due > horizon or problem.corrected_by(audit.as_of):
                continue
            if elsewhere or problem.place in seen:
                continue
            seen.add(problem.place)
            state, deadline = _state(problem.due, audit.as_of), Deadline(problem.due, None)
            actor = one.progress.procedure.actors.get(_CORRECTED_BY, _CORRECTED_BY)
            what = f"整改 {problem.name}（{title} {problem.found}）"
            which = f"{problem.place.path} {problem.place.pointer}"
            yield Duty(named, problem.step, what, state, deadline, actor, problem.place, which)


def _problems(one: Journey) -> Iterator[tuple[Problem, str]]:
    for entry in one.progress.timeline:
        found = one.progress.steps.get(entry.step)
        if found is not None and _PROBLEMS in found.step.pitfalls:
            for problem in problems_of(entry):
                yield problem, found.step.title


def _state(latest: date, as_of: date) -> StepState:
    return StepState.OVERDUE if latest < as_of else StepState.DUE


def _in_order(duties: list[Duty]) -> list[Duty]:
    """Those of one person and day stay as they are, in the order of the procedure."""

    def key(duty: Duty) -> tuple[bool, date, str]:
        return not duty.overdue, duty.latest.day if duty.latest else date.max, duty.person.id if duty.person else ""

    return sorted(duties, key=key)
