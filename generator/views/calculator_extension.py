"""The extension of the probation period as data of the calculator: what decides it, and what is then done again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from generator.definitions.conditions import canonical
from generator.definitions.model import Condition, Procedure
from generator.procedure.book import Edition


@dataclass(frozen=True, slots=True)
class Extension:
    """`decided`: the step whose entry names the months; `confirmed`: the one from which they count; `when`: what its entry then says."""

    decided: str
    confirmed: str
    reopens: tuple[str, ...]
    """In the order of the procedure."""
    when: Condition = field(default_factory=dict)

    def leaves_out(self, condition: Condition) -> bool:
        """Whether the condition cannot hold where the period is extended."""
        return any(
            not {canonical(value) for value in allowed} & {canonical(value) for value in self.when[key]}
            for key, allowed in condition.items()
            if key in self.when
        )

    def data(self) -> dict[str, Any]:
        return {"decided": self.decided, "confirmed": self.confirmed, "reopens": list(self.reopens)}


def extension_of(edition: Edition) -> Extension | None:
    """As the engine takes it (procedure/walk.py): by a transition that extends, else by the entry that names the months."""
    procedure = edition.procedure
    for step in procedure.steps.values():
        for transition in step.transitions:
            if transition.extends is not None:
                decided = transition.extends.subject if transition.extends.subject != "own" else step.id
                again = edition.done_again(transition.reopens, decided, step.id)
                return Extension(decided, step.id, _in_order(procedure, again), transition.when)
    named = procedure.probation.extended_by
    if named is None:
        return None
    again = edition.done_again((), named.subject)
    return Extension(named.subject, named.subject, _in_order(procedure, again))


def _in_order(procedure: Procedure, steps: frozenset[str]) -> tuple[str, ...]:
    return tuple(step.id for step in procedure.steps.values() if step.id in steps and step.number is not None)
