"""When a step is done: from which day on, until which day, how often; and what else limits it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.definitions.model import After, Limit, Procedure, Step
from generator.views.conditions import Facts, remaining
from generator.views.limits import LimitText, Words

_EARLIEST = frozenset({"not_before", "age"})
_LATEST = frozenset({"within", "every"})


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
        tuple(text for limit, text in found if _on_its_day(limit, _EARLIEST)),
        tuple(text for limit, text in found if _on_its_day(limit, _LATEST)),
        tuple(text for limit, text in found if not _on_its_day(limit, _EARLIEST | _LATEST)),
    )


def _on_its_day(limit: Limit, rules: frozenset[str]) -> bool:
    """A limit of another day of the entry, such as the first one of a course, says nothing of the day of the step."""
    return limit.rule in rules and limit.params.get("on", "date") == "date"


def begins(step: Step, before: Iterable[After], procedure: Procedure) -> str:
    """From when on by the order of the steps: the day after where the order is strict, else the same day at the earliest."""
    after = tuple(before)
    strict = [f"“{procedure.steps[a.step].title}”的次日起" for a in after if a.strict]
    if strict:
        return "；".join(strict)
    if after:
        return "先要完成的各步办完之后，同一天也可以"
    return "没有统一规定" if step.duty else "发生时"
