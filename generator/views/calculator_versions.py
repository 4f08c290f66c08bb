"""Which versions of a step say the same, so that the calculator doubts a day only where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.definitions.model import After, Limit, Procedure, Step
from generator.procedure.findings import limit_facts


def same_limit(step: Step, limit: Limit, other: Procedure) -> bool:
    """Whether `other` has this limit of this step, with the same content."""
    there = other.steps.get(step.id)
    twin = next((each for each in there.limits if each.id == limit.id), None) if there else None
    return twin is not None and limit_facts(twin) == limit_facts(limit)


def same_after(step: Step, after: After, versions: Sequence[Procedure]) -> list[int]:
    """The places of the versions that have this predecessor in the same way."""

    def facts(each: After) -> tuple[Any, ...]:
        return each.strict, each.apart, each.severity, dict(each.when)

    there = [(index, procedure.steps.get(step.id)) for index, procedure in enumerate(versions)]
    return [
        index
        for index, found in there
        if found and any(each.step == after.step and facts(each) == facts(after) for each in found.after)
    ]
