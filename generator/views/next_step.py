"""What comes next, from the order of the procedure alone: for each last thing done the one next, and what may go along with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.definitions.model import Condition, Procedure, Step
from generator.views.conditions import in_words, remaining
from generator.views.exits import Exit, exits, moved_by
from generator.views.limits import LimitText, Words
from generator.views.steps import StepView


@dataclass(frozen=True, slots=True)
class Beside:
    """A step besides the next one. `when`: for whom, or 视情况; empty: for everybody."""

    view: StepView
    when: str = ""


@dataclass(frozen=True, slots=True)
class After:
    """What an exit brings once it has taken effect.

    `settled_by`: the step that brings it about, None where the last step itself did; `lengthens`: what is added to the probation period;
    `again`: what is done anew, in order, besides the next step; `meanwhile`: what goes on until then. Nothing done anew: it ends there.
    """

    settled_by: StepView | None
    lengthens: str
    again: tuple[Beside, ...]
    meanwhile: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """`last`: what was done last, None for nothing yet. `next` None: all is done. `before`: for some only, between the two;
    `beside`: may be done at the same time; `goes_on`: what has to be done again and again until then; `refused`: the last step came
    out negative, and its text says what follows; `outcome`: which of several ways it came out, and `after`: what another than the usual
    one brings; `bounds`: how far the last step may move the next."""

    id: str
    last: StepView | None
    next: StepView | None
    before: tuple[Beside, ...] = ()
    beside: tuple[Beside, ...] = ()
    goes_on: tuple[LimitText, ...] = ()
    refused: bool = False
    outcome: str = ""
    after: After | None = None
    bounds: tuple[LimitText, ...] = ()


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
    words: Words

    def questions(self) -> tuple[Question, ...]:
        """By the stage in which the last step leaves a person."""
        found: dict[str, list[Answer]] = {stage.id: [] for stage in self.procedure.stages}
        first = self.procedure.stages[0].id
        found[first].append(self._answer(None))
        known = tuple(exits(self.procedure))
        last = self.procedure.stages[-1].id
        for step in self.procedure.steps.values():
            here = found[step.stage or first]
            if step in self._numbered():
                mine = [each for each in known if step in (each.settled_by, *each.before)]
                usual = next((each.label(self.words) for each in mine if each.usual), "")
                found[_stage_after(step) or last].append(replace(self._answer(step), outcome=usual))
                here += (self._exit(step, each) for each in mine if not each.usual)
                if step.refused_when:
                    here.append(Answer(f"not-{step.id}", self.views[step.id], None, refused=True))
            elif step.id in self.views and (moved := moved_by(step, self.procedure)):
                here.append(self._moved(step, moved))
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

    def _exit(self, last: Step, exit_: Exit) -> Answer:
        """What follows when `last` came out in this way. It leaves the person in the stage of that step."""
        again = [self.procedure.steps[s] for s in exit_.transition.reopens if s in self.views]
        settled = last is exit_.settled_by
        next_ = next((s for s in again if _for_everybody(s)), None) if settled else exit_.settled_by
        periodic = (s for s in self._numbered() if s.stage == last.stage and _recurs(s))
        return Answer(
            f"after-{last.id}-{exit_.value}",
            self.views[last.id],
            self.views[next_.id] if next_ else None,
            outcome=exit_.label(self.words),
            after=After(
                None if settled else self.views[exit_.settled_by.id],
                exit_.lengthens(self.words),
                tuple(
                    Beside(self.views[s.id], "" if _for_everybody(s) else _whom(s))
                    for s in again
                    if not (settled and s is next_)
                ),
                tuple(self.views[s.id] for s in periodic) if again else (),
            ),
        )

    def _moved(self, last: Step, next_: Step) -> Answer:
        """What follows when `last` has moved the day of `next_`: what that one waits for, if it is not done yet, and that one."""
        waits = [self.procedure.steps[after.step] for after in next_.after if after.step in self.views]
        return Answer(
            f"after-{last.id}",
            self.views[last.id],
            self.views[next_.id],
            tuple(Beside(self.views[s.id], "还没有办的" if _for_everybody(s) else _whom(s)) for s in waits),
            bounds=self.views[last.id].limits,
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
            if _recurs(step):
                return

    def _free(self, step: Step, done: set[str]) -> bool:
        waits = (self.procedure.steps[after.step] for after in step.after if _by_default(after.when))
        return all(s.id in done or not _for_everybody(s) for s in waits)


def _recurs(step: Step) -> bool:
    return any(limit.rule == "every" for limit in step.limits)


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
