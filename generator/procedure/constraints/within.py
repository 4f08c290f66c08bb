"""`within`: the own day is no later than the anchor plus a length of time; an absent step is overdue after that."""

from __future__ import annotations

from datetime import date

from generator.definitions.model import Limit
from generator.diagnostics import Place
from generator.procedure.calendar import WorkCalendar
from generator.procedure.constraints.spans import reach, refs
from generator.procedure.progress import Deadline
from generator.procedure.scope import FIELD_NAMES, Scope
from generator.procedure.verdict import CLEAN, Breach, Verdict, own_field, related

PROVISIONAL = "（超出已公布的节假日范围，暂按周一至周五计）"


def within(limit: Limit, title: str, scope: Scope, calendar: WorkCalendar) -> Verdict:
    anchor = scope.first(limit.of)
    if anchor is None:
        return CLEAN
    end = reach(limit, anchor.day, calendar)
    entry, name = scope.entry, own_field(limit, "on", "date")
    note = PROVISIONAL if end.provisional else ""
    bound = f"最晚 {end.day}（{anchor.meaning} {anchor.day}{' ' + end.text if end.text else ''}）{note}"
    if entry is not None:
        own = entry.get(name)
        if not isinstance(own, date) or own <= end.day:
            return Verdict(anchor=anchor.day, anchor_index=anchor.index)
        label = title if name == "date" else f"{title}的{FIELD_NAMES.get(name, name)}"
        breach = Breach(
            limit.code, f"{label} {own} 超过期限，{bound}{_mentioned(limit, scope)}", entry.place(name),
            related=related(anchor.place, f"{anchor.meaning} {anchor.day}"), anchor=min(anchor.day, own),
        )  # fmt: skip
        return Verdict((breach,), anchor=anchor.day, anchor_index=anchor.index)
    if name != "date":
        # The limit speaks of a detail of the step, not of when the step is done.
        return CLEAN
    latest = Deadline(end.day, limit, end.provisional)
    breaches: tuple[Breach, ...] = ()
    if scope.day > end.day:
        place = anchor.place or Place(scope.attempt.person.path, ("log",), on_key=True)
        breaches = (Breach(limit.code, f"未见{title}，已逾期：{bound}{_mentioned(limit, scope)}", place, anchor=anchor.day),)
    return Verdict(breaches, latest=latest, anchor=anchor.day, anchor_index=anchor.index)


def _mentioned(limit: Limit, scope: Scope) -> str:
    """What else the message names, with its day: the entry on which the cause of the delay depends."""
    found = [(ref, scope.resolve(ref)) for ref in refs(limit.params.get("mention"))]
    texts = (f"{at.meaning} {at.day}" if at else f"没有{scope.title(ref.subject)}的记录" for ref, at in found)
    return "".join(f"；{text}" for text in texts)
