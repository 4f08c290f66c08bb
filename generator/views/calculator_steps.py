"""One step of the date calculator as data: its limits that set a day, what comes before it, what it begins and does again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.definitions.conditions import canonical
from generator.definitions.floors import shared_floors
from generator.definitions.model import Condition, Limit, Procedure, Ref, Step
from generator.procedure.conditions import NAMESPACES
from generator.views.calculator_extension import Extension
from generator.views.calculator_versions import same_after, same_limit
from generator.views.limits import Words, cited

DAYS = frozenset({"within", "not_before", "age", "every", "workdays", "span", "duration"})
"""The rules that set a day, or the length of a period."""
_PARAMS = (
    "months", "days", "workdays", "month_day", "years", "min", "strict", "overflow", "after_start", "on", "from", "to",
)  # fmt: skip
_DEFAULTS = {"workdays": {"from": "start", "to": "date"}, "span": {"from": "start", "to": "date"}}


class StepParts:
    """Makes the data of steps, and notes on the way which dates and circumstances they speak of."""

    def __init__(self, words: Words, keys: Iterable[str]) -> None:
        self._words = words
        self.keys: dict[str, None] = dict.fromkeys(keys)
        """What a reader may know: `step.field`, in the order in which it was met."""
        self.asked: dict[str, set[str]] = {}
        """Circumstance → the values on which something depends."""

    def step(
        self, procedure: Procedure, step: Step, versions: Sequence[Procedure], extension: Extension | None
    ) -> dict[str, Any]:
        """`versions`: all of the rules taken, this one among them; `extension`: how this one extends the probation period."""
        own = [(step, limit) for limit in step.limits if limit.rule in DAYS]
        floors = shared_floors(step, procedure.steps.values())
        return {
            "id": step.id,
            "number": step.number,
            "title": step.title,
            "asked": step.duty and not step.optional,
            "opens": step.opens_attempt,
            "when": self._condition(step.when) or {},
            "after": [
                {
                    "step": after.step,
                    "strict": after.strict,
                    "apart": after.apart,
                    "when": when,
                    **_final(after.when, extension),
                    "same": same_after(step, after, versions),
                }
                for after in step.after
                if (when := self._condition(after.when)) is not None
            ],
            "stages": [
                [transition.stage, [str(ref) for ref in transition.since]]
                for transition in step.transitions
                if transition.stage and (transition.default or self._condition(transition.when) is not None)
            ],
            "limits": self._limits(procedure, own, versions, extension),
            "floors": self._limits(procedure, floors, versions, extension),
        }

    def _limits(
        self,
        procedure: Procedure,
        limits: Iterable[tuple[Step, Limit]],
        versions: Sequence[Procedure],
        extension: Extension | None,
    ) -> list[dict[str, Any]]:
        """Each with the step that asks for it."""
        conditions = [(step, limit, self._condition(limit.when)) for step, limit in limits]
        return [
            {**self._limit(procedure, step, limit, when, versions), **_final(limit.when, extension)}
            for step, limit, when in conditions
            if when is not None
        ]

    def _limit(
        self, procedure: Procedure, step: Step, limit: Limit, when: Mapping[str, list[str]], versions: Sequence[Procedure]
    ) -> dict[str, Any]:
        text = self._words.limit(step.id, limit)
        params = {**_DEFAULTS.get(limit.rule, {}), **limit.params}
        until = limit.params.get("until") or ()
        known = {name: _plain(name, params[name]) for name in _PARAMS if params.get(name) not in (None, "")}
        refs = [_reference(step.id, ref) for ref in limit.of]
        if limit.rule == "age":
            refs = ["person.born"]
        # What the limit counts from, and what it judges, can be filled in.
        own = [f"{step.id}.{known[name]}" for name in ("on", "from", "to") if name in known]
        for key in (*refs, *own):
            if key.partition(".")[0] not in ("since", "probation"):
                self.keys.setdefault(key)
        return {
            "id": limit.id,
            "rule": limit.rule,
            "of": refs,
            **known,
            **({"until": [str(ref) for ref in until]} if limit.rule == "every" else {}),
            "when": when,
            "same": [index for index, other in enumerate(versions) if same_limit(step, limit, other)],
            "doubtful": limit.doubtful,
            "text": text.text,
            "cite": f"{text.layer or procedure.version + ' 年版'}{cited(limit.basis)}" if text.article else text.layer or text.basis,
        }

    def _condition(self, condition: Condition) -> dict[str, list[str]] | None:
        """What is left to the reader's circumstances; None when it does not hold in the normal course (nothing refused, no detail
        recorded)."""
        left: dict[str, list[str]] = {}
        for key, allowed in condition.items():
            words = [canonical(value) for value in allowed]
            if key.partition(".")[0] in NAMESPACES:
                left[key] = words
                self.asked.setdefault(key, set()).update(words)
            elif "false" not in words:
                return None
        return left


def _final(condition: Condition, extension: Extension | None) -> dict[str, bool]:
    """Marks what is not asked where the probation period is extended."""
    return {"final": True} if extension is not None and extension.leaves_out(condition) else {}


def _reference(step: str, ref: Ref) -> str:
    return f"{step}.{ref.field}" if ref.subject == "own" else str(ref)


def _plain(name: str, value: Any) -> Any:
    """A parameter as the page wants it: numbers as numbers, yes and no, own fields without `own.`."""
    if name in ("strict", "overflow", "after_start"):
        return canonical(value) == "true"
    if name in ("on", "from", "to", "month_day"):
        return str(value).removeprefix("own.")
    return int(value)
