"""What comes next, from the order of the procedure alone: for each last thing done the one next, and what may go along with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.definitions.model import Condition, Procedure, Step
from generator.views.conditions import in_words, remaining
from generator.views.limits import LimitText
from generator.views.steps import StepView


@dataclass(frozen=True, slots=True)
class Beside:
    """A step besides the next one. `when`: for whom, or 视情况; empty: for everybody."""

    view: StepView
    when: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`last`: what was done last, None for nothing yet. `next` None: all is done. `before`: for some only, between the two;
    `beside`: may be done at the same time; `goes_on`: what has to be done again and again until then; `refused`: the last step came
    out negative, and its text says what follows."""

    id: str
    last: StepView | None
    next: StepView | None
    before: tuple[Beside, ...] = ()
    beside: tuple[Beside, ...] = ()
    goes_on: tuple[LimitText, ...] = ()
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A stage with what may have been done last in it."""

    id: str
    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class NextSteps:
    """`views`: step id → view, for a reader of whom nothing is known."""

    procedure: Procedure
    views: Mapping[str, StepView]

    def questions(self) -> tuple[Question, ...]:
        """By the stage in which the last step leaves a person."""
        found: dict[str, list[Answer]] = {stage.id: [] for stage in self.procedure.stages}
        first = self.procedure.stages[0].id
        found[first].append(self._answer(None))
        for step in self._numbered():
            found[_stage_after(step) or self.procedure.stages[-1].id].append(self._answer(step))
            if step.refused_when:
                found[step.stage or first].append(Answer(f"not-{step.id}", self.views[step.id], None, refused=True))
        titles = {stage.id: stage.title for stage in self.procedure.stages}
        return tuple(Question(key, titles[key], tuple(answers)) for key, answers in found.items() if answers)

    def _numbered(self) -> list[Step]:
        steps = self.procedure.steps.values()
        return [s for s in steps if s.number is not None and s.duty and s.id in self.views]

    def _answer(self, last: Step | None) -> Answer:
        steps = self._numbered()
        place = steps.index(last) + 1 if last else 0
        done = {step.id for step in steps[:place]}
        later = steps[place:]
        next_ = next((s for s in later if _for_everybody(s)), None)
        before = [s for s in later[: later.index(next_)] if not _for_everybody(s)] if next_ else later
        beside = list(self._beside(next_, later, done)) if next_ and last else []
        return Answer(
            f"after-{last.id}" if last else "begin",
            self.views[last.id] if last else None,
            self.views[next_.id] if next_ else None,
            tuple(Beside(self.views[s.id], _whom(s)) for s in before),
            tuple(Beside(self.views[s.id]) for s in beside),
            self._goes_on(last) if last and next_ else (),
        )

    def _goes_on(self, last: Step) -> tuple[LimitText, ...]:
        """The intervals at which the last thing done comes round again."""
        periodic = {limit.id for limit in last.limits if limit.rule == "every"}
        return tuple(limit for limit in self.views[last.id].latest if limit.id in periodic)

    def _beside(self, next_: Step, later: list[Step], done: set[str]) -> Iterator[Step]:
        """Steps for everybody that wait for nothing any more. What goes on for months closes the list: the rest comes after it."""
        for step in (next_, *later[later.index(next_) + 1 :]):
            if not _for_everybody(step) or not self._free(step, done):
                continue
            if step is not next_:
                yield step
            if any(limit.rule == "every" for limit in step.limits):
                return

    def _free(self, step: Step, done: set[str]) -> bool:
        waits = (self.procedure.steps[after.step] for after in step.after if _by_default(after.when))
        return all(s.id in done or not _for_everybody(s) for s in waits)


def _for_everybody(step: Step) -> bool:
    return not step.optional and not remaining(step.when, {})


def _by_default(condition: Condition) -> bool:
    """Whether it holds for an entry of which nothing is recorded yet; what depends on the branch is left to the branch."""
    return all("." not in attribute and False in allowed for attribute, allowed in condition.items())


def _whom(step: Step) -> str:
    return in_words(step.when) or "视情况"


def _stage_after(step: Step) -> str | None:
    """The stage of a person whose step has been completed."""
    return next((t.stage for t in step.transitions if t.stage), step.stage)
