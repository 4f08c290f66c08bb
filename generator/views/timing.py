"""When a step is done: from which day on, until which day, how often; and what else limits it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.definitions.floors import FLOORS, on_its_day, shared_floors
from generator.definitions.model import After, Limit, Procedure, Step
from generator.views.conditions import Facts, remaining
from generator.views.limits import LimitText, Words

_LATEST = frozenset({"within", "every"})
_REMINDED = "（同一天的会有提醒）"


@dataclass(frozen=True, slots=True)
class Timing:
    """The limits of a step by what they say of its day."""

    earliest: tuple[LimitText, ...]
    latest: tuple[LimitText, ...]
    others: tuple[LimitText, ...]


def timing(step: Step, words: Words, facts: Facts) -> Timing:
    """The limits that may hold for the reader; what reads the same stands once."""
    said: set[str] = set()
    found: list[tuple[Limit, LimitText]] = []
    for limit in step.limits:
        text = words.limit(step.id, limit)
        if remaining(limit.when, facts) is not None and text.text not in said:
            said.add(text.text)
            found.append((limit, text))
    return Timing(
        tuple(text for limit, text in found if on_its_day(limit, FLOORS)),
        tuple(text for limit, text in sorted(found, key=_months) if on_its_day(limit, _LATEST)),
        tuple(text for limit, text in found if not on_its_day(limit, FLOORS | _LATEST)),
    )


def shared_earliest(step: Step, steps: Iterable[Step], words: Words, facts: Facts) -> tuple[LimitText, ...]:
    """What a step waits for because a later part of the same numbered step asks for it."""
    floors = [(later, limit) for later, limit in shared_floors(step, steps) if remaining(limit.when, facts) is not None]
    return tuple(words.limit(later.id, limit) for later, limit in floors)


def _months(found: tuple[Limit, LimitText]) -> float:
    """The ordinary term before the one it may be extended to; what is not counted in months comes first."""
    return float(found[0].params.get("months", 0))


def begins(step: Step, before: Iterable[After], procedure: Procedure, *, apart: bool = False) -> str:
    """From when on by the order of the steps: the day after where the order is strict, else the same day at the earliest.

    `apart`: local rules warn of any two steps on the same day.
    """
    after = tuple(before)
    titles = {each.step: f"“{procedure.steps[each.step].title}”" for each in after}
    asked_for = [each for each in after if not procedure.steps[each.step].optional]
    strict = [f"{titles[each.step]}的次日起" for each in asked_for if each.strict]
    warned = "、".join(titles[each.step] for each in asked_for if each.apart and not each.strict)
    reminded = [f"{warned}的次日起{_REMINDED}"] if warned else []
    if strict:
        return "；".join([*strict, *reminded])
    if not after:
        return "没有统一规定" if step.duty else "发生时"
    if apart:
        return f"先要完成的各步办完之后，从次日起{_REMINDED}"
    others = not warned or any(not each.strict and not each.apart for each in after)
    free = [f"{'其他' if warned else '先要完成的'}各步办完之后，同一天也可以"] if others else []
    later = [each for each in after if each not in asked_for and (each.strict or each.apart)]
    some = [f"办{titles[each.step]}的，从其次日起{'' if each.strict else _REMINDED}" for each in later]
    return "；".join([*reminded, *free, *some])
