"""Timelines as drawings: when each person came to which stage, what was recorded when, and by when the next things are due.

All lengths are whole units of the drawing; time runs from left to right, a day is as wide as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.audit.assessment import Journey
from generator.definitions.model import Stage
from generator.procedure.progress import Progress, StepProgress, StepState
from generator.views.branch_titles import Called

WIDTH = 860
_NAMES = 118
"""Room for names on the left of a drawing of several people."""
_RIGHT = 16
_NEAR = 30
"""Marks closer than this share one label."""
_AHEAD = timedelta(days=366)
"""No drawing looks farther ahead; what lies beyond ends at the edge."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stage; `order` counts from 0."""

    x: int
    width: int
    order: int
    title: str


@dataclass(frozen=True, slots=True)
class Window:
    """A step still to be done: from its earliest to its latest day, as far as known. An overdue one reaches to the as-of day."""

    x: int
    width: int
    state: str
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """Steps completed on days that lie close together; `label` has their numbers."""

    x: int
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    id: str
    name: str
    bands: tuple[Band, ...]
    windows: tuple[Window, ...]
    ticks: tuple[Tick, ...]
    told: str
    """The lane in words."""
    stages: tuple[str, ...]
    """Day of each stage of the drawing, or nothing."""


@dataclass(frozen=True, slots=True)
class Year:
    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """`today`: where the as-of day lies. `titles`: the stages, by order."""

    left: int
    lanes: tuple[Lane, ...]
    years: tuple[Year, ...]
    today: int
    as_of: str
    titles: tuple[str, ...]

    @property
    def width(self) -> int:
        return WIDTH


def lanes_of_branch(people: Iterable[Journey], as_of: date, called: Called) -> Lanes | None:
    """Everybody whose procedure is running and not at its end, the later stages first; None when there is nobody."""
    running = [one for one in people if _is_running(one.progress)]
    running.sort(key=lambda one: (-_order(one.progress), one.progress.stage_since or date.max, one.person.id))
    return _draw(running, as_of, _NAMES, called) if running else None


def lane_of_person(one: Journey, as_of: date, called: Called) -> Lanes | None:
    """One person alone; None for whom there is nothing to come."""
    return _draw([one], as_of, 8, called) if _is_running(one.progress) else None


def _is_running(progress: Progress) -> bool:
    last = max(stage.order for stage in progress.procedure.stages)
    return progress.status == "active" and bool(progress.stages) and _order(progress) < last


def _order(progress: Progress) -> int:
    return next((stage.order for stage in progress.procedure.stages if stage.id == progress.stage), -1)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    left: int

    def at(self, day: date) -> int:
        inside = min(max(day, self.first), self.last)
        room = WIDTH - self.left - _RIGHT
        return self.left + round(room * (inside - self.first).days / max((self.last - self.first).days, 1))


def _draw(people: Sequence[Journey], as_of: date, left: int, called: Called) -> Lanes:
    first = min(min(one.progress.stages.values()) for one in people)
    ahead = [_ahead(one.progress) for one in people]
    bounds = [day for steps in ahead for step in steps for day in _bounds(step)]
    last = min(max([as_of, *bounds]), as_of + _AHEAD)
    scale = _Scale(min(first, as_of) - timedelta(days=15), last + timedelta(days=15), left)
    titles = tuple(stage.title for stage in _stages(people[0].progress))
    years = tuple(
        Year(scale.at(date(year, 1, 1)), str(year)) for year in range(scale.first.year + 1, scale.last.year + 1)
    )
    lanes = tuple(_lane(one, steps, scale, as_of, called) for one, steps in zip(people, ahead, strict=True))
    return Lanes(left, lanes, years, scale.at(as_of), as_of.isoformat(), titles)


def _lane(one: Journey, ahead: Iterable[StepProgress], scale: _Scale, as_of: date, called: Called) -> Lane:
    progress = one.progress
    bands = tuple(_bands(progress, scale, as_of))
    windows = tuple(_window(step, scale, as_of, called) for step in ahead)
    told = "；".join([*(band.title for band in bands), *(window.title for window in windows)])
    days = tuple(str(progress.stages.get(stage.id, "")) for stage in _stages(progress))
    return Lane(one.person.id, one.person.name, bands, windows, tuple(_ticks(progress, scale, called)), told, days)


def _stages(progress: Progress) -> list[Stage]:
    """All but the last, at which nobody is drawn."""
    return sorted(progress.procedure.stages, key=lambda stage: stage.order)[:-1]


def _bands(progress: Progress, scale: _Scale, as_of: date) -> Iterable[Band]:
    entered = [
        (progress.stages[s.id], place, s.title) for place, s in enumerate(_stages(progress)) if s.id in progress.stages
    ]
    for index, (day, place, title) in enumerate(entered):
        end = entered[index + 1][0] if index + 1 < len(entered) else as_of
        x = scale.at(day)
        yield Band(x, max(scale.at(end) - x, 1), place, f"{title}自 {day}")


def _ahead(progress: Progress) -> list[StepProgress]:
    """What is still to be done, where a day of it is known."""
    return [
        step
        for step in (*progress.next_steps, *progress.coming_steps)
        if step.step.duty and not step.step.optional and _bounds(step)
    ]


def _bounds(step: StepProgress) -> list[date]:
    return [bound.day for bound in (step.earliest, step.latest) if bound is not None]


def _window(step: StepProgress, scale: _Scale, as_of: date, called: Called) -> Window:
    earliest, latest = step.earliest, step.latest
    days = [f"最早 {earliest.day}" if earliest else "", f"最迟 {latest.day}" if latest else ""]
    title = f"{called(step.step.title)}（{step.state.label}）{'，'.join(day for day in days if day)}"
    if step.state is StepState.OVERDUE and latest is not None:
        start, end = latest.day, as_of
    else:
        start = max(earliest.day, as_of) if earliest else as_of
        end = latest.day if latest else start
    if end < start:
        start = end
    x = scale.at(start)
    return Window(x, max(scale.at(end) - x, 3), step.state.value, title)


def _ticks(progress: Progress, scale: _Scale, called: Called) -> Iterable[Tick]:
    done = sorted(
        (entry.date, step.step.number, called(step.step.title))
        for step in progress.steps.values()
        for entry in (step.completed,)
        if entry is not None and step.step.number is not None
    )
    group: list[tuple[date, int, str]] = []
    for each in done:
        if group and scale.at(each[0]) - scale.at(group[0][0]) > _NEAR:
            yield _tick(group, scale)
            group = []
        group.append(each)
    if group:
        yield _tick(group, scale)


def _tick(group: Sequence[tuple[date, int, str]], scale: _Scale) -> Tick:
    numbers = sorted({number for _, number, _ in group})
    label = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
    return Tick(scale.at(group[0][0]), label, "；".join(f"{number} {title} {day}" for day, number, title in group))
