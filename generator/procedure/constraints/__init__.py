"""The kinds of limit, each a pure function of one limit and one entry (or absence)."""

from __future__ import annotations

from generator.definitions.model import Limit
from generator.procedure.constraints.age import age
from generator.procedure.constraints.count import count
from generator.procedure.constraints.duration import duration
from generator.procedure.constraints.membership import membership
from generator.procedure.constraints.not_before import not_before
from generator.procedure.constraints.span import span
from generator.procedure.constraints.value import value
from generator.procedure.constraints.vote import vote
from generator.procedure.constraints.within import within
from generator.procedure.constraints.workdays import workdays
from generator.procedure.context import Context
from generator.procedure.scope import Scope
from generator.procedure.verdict import CLEAN, Verdict

_KINDS = {
    "within": within,
    "not_before": not_before,
    "age": age,
    "workdays": workdays,
    "span": span,
    "value": value,
    "duration": duration,
    "count": count,
    "vote": vote,
}


def judge(limit: Limit, title: str, scope: Scope, context: Context) -> Verdict:
    """What a limit says about the entry (or absence) the scope stands for. Periodic limits are judged by `every`."""
    if limit.rule == "standing":
        return membership(limit, title, scope, context)
    kind = _KINDS.get(limit.rule)
    return CLEAN if kind is None else kind(limit, title, scope, context.calendar)
