"""How many people stand at each stage, and how many have come so far: bars, over all and for each branch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.audit.assessment import Journey
from generator.definitions.model import Stage
from generator.procedure.progress import Progress
from generator.records.model import Branch
from generator.views.standing_words import STATUS_WORDS

SMALL_AT_MOST = 40
"""More branches than this are not drawn one by one; the table has them."""


@dataclass(frozen=True, slots=True)
class FunnelBar:
    """One stage. Widths are percentages of the longest bar of the same drawing."""

    title: str
    now: int
    reached: int
    now_width: float
    reached_width: float


@dataclass(frozen=True, slots=True)
class Funnel:
    id: str
    name: str
    bars: tuple[FunnelBar, ...]

    @property
    def told(self) -> str:
        """The drawing in words."""
        return "；".join(f"{bar.title}现有 {bar.now} 人，到过 {bar.reached} 人" for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Reach:
    """Numbers by stage, in order. `now`: people whose procedure is running; `reached`: everybody who came to the stage or beyond it,
    those left out who came here as full members."""

    now: tuple[int, ...]
    reached: tuple[int, ...]


def reach_of(people: Iterable[Journey], stages: Sequence[Stage]) -> Reach:
    ordered = _ordered(stages)
    last = ordered[-1].id
    now, reached = [0] * len(ordered), [0] * len(ordered)
    places = {stage.id: place for place, stage in enumerate(ordered)}
    for one in people:
        place = _place(one.progress, places)
        if place is None:
            continue
        if one.progress.status not in STATUS_WORDS:
            now[place] += 1
        if one.person.get("baseline.status") != last:
            for passed in range(place + 1):
                reached[passed] += 1
    return Reach(tuple(now), tuple(reached))


def funnel(id: str, name: str, found: Iterable[Reach], stages: Sequence[Stage]) -> Funnel:
    """Over what is found in one or several branches."""
    ordered, every = _ordered(stages), list(found)
    now = [sum(reach.now[place] for reach in every) for place in range(len(ordered))]
    reached = [sum(reach.reached[place] for reach in every) for place in range(len(ordered))]
    most = max((*now, *reached, 1))
    bars = (
        FunnelBar(stage.title, n, r, round(100 * n / most, 1), round(100 * r / most, 1))
        for stage, n, r in zip(ordered, now, reached, strict=True)
    )
    return Funnel(id, name, tuple(bars))


def small_funnels(branches: Sequence[tuple[Branch, Reach]], stages: Sequence[Stage]) -> tuple[Funnel, ...]:
    """One a branch; none of them when there are too many to compare, or only one."""
    if not 1 < len(branches) <= SMALL_AT_MOST:
        return ()
    return tuple(funnel(branch.id, branch.name, [reach], stages) for branch, reach in branches)


def _ordered(stages: Sequence[Stage]) -> list[Stage]:
    return sorted(stages, key=lambda stage: stage.order)


def _place(progress: Progress, places: dict[str, int]) -> int | None:
    return places.get(progress.stage) if progress.stage is not None else None
