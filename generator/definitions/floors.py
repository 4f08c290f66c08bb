"""What a step of the flow waits for although another one of the same number asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.definitions.model import Limit, Step

FLOORS = frozenset({"not_before", "age"})
"""The rules that set the first day of a step."""


def on_its_day(limit: Limit, rules: frozenset[str]) -> bool:
    """A limit of another day of the entry, such as the first one of a course, says nothing of the day of the step."""
    return limit.rule in rules and limit.params.get("on", "date") == "date"


def shared_floors(step: Step, steps: Iterable[Step]) -> Iterator[tuple[Step, Limit]]:
    """The time in a stage that a later part of the same numbered step asks for, with that part.

    It sets the day from which all parts are to be done; only the later one is judged by it. (Article 13: opinions are heard about
    an activist who has been cultivated for a year; that a year has passed is asked of the meeting.)
    """
    for later in steps:
        if later.number == step.number is not None and any(after.step == step.id for after in later.after):
            for limit in later.limits:
                if on_its_day(limit, FLOORS) and limit.of and limit.of[0].subject == "since":
                    yield later, limit
