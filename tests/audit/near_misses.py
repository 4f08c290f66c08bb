"""How far the days of a case lie from the limits they are judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.definitions.load import Definitions
from generator.definitions.model import Limit
from generator.procedure import judging, order, states
from generator.procedure.calendar import add_months
from generator.procedure.constraints import every as series
from generator.procedure.constraints.spans import months_on, reach
from generator.procedure.constraints.workdays import first_counted
from generator.procedure.context import Context
from generator.procedure.scope import Scope
from generator.procedure.verdict import number

GENERAL_ORDER = "DEV100"


BEFORE_ON_AFTER = (-1, 0, 1)


@dataclass(frozen=True)
class Edge:
    """Something in the shipped procedures that a day can keep or break; `days`: how far off it the days of cases must lie."""

    code: str
    name: str
    days: tuple[int, ...] = BEFORE_ON_AFTER


def dated_limits(definitions: Definitions) -> list[Edge]:
    """Each once, whatever the number of versions that hold it."""
    found: dict[str, Edge] = {}
    for limit in (x for procedure in definitions.procedures for step in procedure.steps.values() for x in step.limits):
        if limit.rule in _KINDS:
            grace = (15, 16) if "grace_days" in limit.params else ()
            found[limit.id] = Edge(limit.code, limit.id, (*BEFORE_ON_AFTER, *grace))
    return list(found.values())


def orders(definitions: Definitions) -> list[Edge]:
    """Every order of two steps that has a code of its own. The day after a last one that must lie earlier counts as the day itself."""
    found: dict[str, Edge] = {}
    for step in (step for procedure in definitions.procedures for step in procedure.steps.values()):
        for after in step.after:
            if after.order != GENERAL_ORDER:
                name = f"{step.id} > {after.step}"
                found[name] = Edge(after.order, name)
    return list(found.values())


class Distances:
    """Collects, while people are judged, how far each day was from each limit: negative before, 0 on it, positive after."""

    def __init__(self, monkeypatch: Any) -> None:
        self.found: set[tuple[str, int]] = set()
        for module in (judging, states):
            monkeypatch.setattr(module, "judge", self._watched(module.judge))
        monkeypatch.setattr(series, "_gap", self._watched_gap(series._gap))
        monkeypatch.setattr(order, "_check_pair", self._watched_pair(order._check_pair))

    def _note(self, limit: Limit, distance: int | None) -> None:
        if distance is not None:
            self.found.add((limit.id, distance))

    def _watched(self, judge: Any) -> Any:
        def watch(limit: Limit, title: str, scope: Scope, context: Context) -> Any:
            if limit.rule in _KINDS and limit.rule != "every":
                self._note(limit, _KINDS[limit.rule](limit, scope, context))
            return judge(limit, title, scope, context)

        return watch

    def _watched_gap(self, gap: Any) -> Any:
        def watch(
            limit: Limit, title: str, attempt: Any, months: int, grace: int, before: Any, point: Any, into: Any
        ) -> Any:
            self._note(limit, (point.day - months_on(limit, before.day, months)).days)
            return gap(limit, title, attempt, months, grace, before, point, into)

        return watch

    def _watched_pair(self, check: Any) -> Any:
        def watch(mark: Any, clause: Any, after: Any, found: Any, ledger: Any) -> None:
            days = (mark.entry.date - found.entry.date).days
            self.found.add((f"{clause.step.id} > {after.step}", days - after.strict))
            check(mark, clause, after, found, ledger)

        return watch


def _own(limit: Limit, scope: Scope) -> date | None:
    name = str(limit.params.get("on", "date"))
    if scope.entry is None:
        return scope.day if name == "date" else None
    value = scope.entry.get(name)
    return value if isinstance(value, date) else None


def _from_anchor(limit: Limit, scope: Scope, context: Context) -> int | None:
    anchor, own = scope.first(limit.of), _own(limit, scope)
    if anchor is None or own is None:
        return None
    strict = limit.rule == "not_before" and limit.params.get("strict") is True
    return (own - reach(limit, anchor.day, context.calendar).day).days - strict


def _age(limit: Limit, scope: Scope, context: Context) -> int | None:
    born, own, years = scope.attempt.person.born, _own(limit, scope), number(limit, "years")
    return None if born is None or own is None or years is None else (own - add_months(born, 12 * years)).days


def _workdays(limit: Limit, scope: Scope, context: Context) -> int | None:
    """In working days."""
    least = number(limit, "min")
    start, end = (
        scope.entry.get(str(limit.params.get(k, d))) if scope.entry else None
        for k, d in (("from", "start"), ("to", "date"))
    )
    if not isinstance(start, date) or not isinstance(end, date) or least is None:
        return None
    return context.calendar.workdays(first_counted(limit, start), end).days - least


_KINDS: Mapping[str, Any] = {
    "within": _from_anchor, "not_before": _from_anchor, "age": _age, "workdays": _workdays, "every": None,
}  # fmt: skip
