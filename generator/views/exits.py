"""The ways in which a step that decides a thing may come out, as its transitions say: what each does, and what has to be done anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.definitions.model import Condition, Procedure, Step, Transition
from generator.views.limits import Words


@dataclass(frozen=True, slots=True)
class Exit:
    """`field` = `value` in the record of `settled_by`, where it takes effect, and of the steps `before` it that propose it."""

    field: str
    value: str
    transition: Transition
    settled_by: Step
    before: tuple[Step, ...]

    @property
    def usual(self) -> bool:
        """What the order of the steps takes for granted."""
        return self.transition.default

    def label(self, words: Words) -> str:
        return words.value(self.settled_by.id, self.field, self.value)

    def lengthens(self, words: Words) -> str:
        """What is added to the probation period, as it is called in the record; empty: nothing is."""
        by = self.transition.extends
        return words.field(by.subject, by.field) if by else ""


def exits(procedure: Procedure) -> Iterator[Exit]:
    """The exits of all steps that have more than one, in procedure order."""
    for step in procedure.steps.values():
        if not step.duty or len(step.transitions) < 2:
            continue
        for transition in step.transitions:
            for field, values in transition.when.items():
                before = tuple(s for a in step.after if (s := procedure.steps[a.step]) and _asks_for(s, field))
                yield from (Exit(field, str(value), transition, step, before) for value in values)


def _asks_for(step: Step, field: str) -> bool:
    """Whether something of the step depends on the field of its own entry."""
    return any(field in condition for condition in _conditions(step))


def _conditions(step: Step) -> Iterable[Condition]:
    parts = (step.limits, step.after, step.transitions, step.materials)
    return (each.when for group in parts for each in group)


def moved_by(step: Step, procedure: Procedure) -> Step | None:
    """The duty whose day is counted from what this step records, where that step is no duty itself (a deferral); None: nothing is moved."""
    if step.duty or step.number is None:
        return None
    duties = (s for s in procedure.steps.values() if s.duty and s.number is not None)
    return next((s for s in duties if any(ref.subject == step.id for limit in s.limits for ref in limit.of)), None)
