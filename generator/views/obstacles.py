"""What is stuck: a step that was refused or objected to, a procedure that is suspended, a file that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.audit.assessment import Journey
from generator.audit.audit import Audit
from generator.audit.left_out import not_fully_read
from generator.diagnostics import Place
from generator.procedure.progress import Progress, StepProgress, StepState
from generator.records.model import Branch, Entry
from generator.views.branch_titles import Called
from generator.views.details import Details
from generator.views.sources import NOWHERE, Source
from generator.views.standing_words import STATUS_WORDS, day_text

_OPEN = (StepState.DUE, StepState.OVERDUE, StepState.WAITING, StepState.RUNNING, StepState.MISSING)
_HELD = "suspended"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`person` and `step` may be empty, for a file that cannot be read."""

    person: str
    name: str
    step: str
    title: str
    why: str
    since: str
    latest: str
    actor: str
    place: Place
    branch: str = ""
    branch_name: str = ""
    source: Source = NOWHERE


def obstacles(
    audit: Audit, branch: Branch, mine: Iterable[Journey], details: Details, called: Called
) -> list[Obstacle]:
    """Of the people of one branch and its folder, by the day since which it is so."""
    found = _all(audit, branch, mine, details)
    return [
        replace(each, title=called(each.title), actor=called(each.actor), branch=branch.id, branch_name=branch.name)
        for each in found
    ]


def _all(audit: Audit, branch: Branch, mine: Iterable[Journey], details: Details) -> list[Obstacle]:
    found = [each for one in mine for each in (*_refused(one, details), *_suspended(one))]
    found.sort(key=lambda each: (each.since, each.person))
    folder = branch.path.rpartition("/")[0] + "/"
    paths = [path for path in not_fully_read(audit.corpus) if path.startswith(folder)]
    if paths:
        people = {person.path: person for person in audit.corpus.people.values() if person.branch == branch.id}
        for path in paths:
            person = people.get(path)
            id, name = (person.id, person.name) if person else ("", "")
            known = id in audit.journeys
            why = "有内容无法读取，可能不完整" if known or not person else "文件无法读取，进度不明"
            found.append(Obstacle(id if known else "", name, "", "改正记录文件", why, "", "", "", Place(path)))
    return found


def _refused(one: Journey, details: Details) -> Iterator[Obstacle]:
    progress = one.progress
    for step in progress.steps.values() if progress.status == "active" else ():
        entry = step.entries[-1] if step.entries else None
        if entry is None or step.completed is not None or step.state not in _OPEN:
            continue
        said = _refusals(step, entry, details)
        if said:
            yield _obstacle(one, step, entry, "；".join(said))


def _refusals(step: StepProgress, entry: Entry, details: Details) -> list[str]:
    refused: Mapping[str, object] = step.step.refused_when
    values = {key: entry.get(key) for key in refused}
    return [
        details.part(entry, key)
        for key, value in values.items()
        if value is not None and value in step.step.refused_when[key]
    ]


def _suspended(one: Journey) -> Iterator[Obstacle]:
    progress = one.progress
    if progress.status == _HELD and progress.timeline:
        entry = _held_by(progress)
        title = progress.steps[entry.step].step.title if entry.step in progress.steps else entry.step
        person = one.person
        place = entry.place("date")
        yield Obstacle(person.id, person.name, entry.step, title, STATUS_WORDS[_HELD], str(entry.date), "", "", place)


def _held_by(progress: Progress) -> Entry:
    """The entry that suspended the procedure: the last one whose step may do so."""
    for entry in reversed(progress.timeline):
        step = progress.steps.get(entry.step)
        if step is not None and any(t.status == _HELD for t in step.step.transitions):
            return entry
    return progress.timeline[-1]


def _obstacle(one: Journey, step: StepProgress, entry: Entry, why: str) -> Obstacle:
    person, actors = one.person, one.progress.procedure.actors
    return Obstacle(
        person.id,
        person.name,
        step.step.id,
        step.step.title,
        why,
        str(entry.date),
        day_text(step.latest),
        actors.get(step.step.actor, step.step.actor),
        entry.place("date"),
    )
