"""`standing`: everyone named in a field is a full member on the own day."""

from __future__ import annotations

from generator.definitions.conditions import canonical
from generator.definitions.model import Limit
from generator.diagnostics import Severity
from generator.procedure.constraints.people import Named, named_in
from generator.procedure.context import Context
from generator.procedure.scope import Scope
from generator.procedure.standing import Standing
from generator.procedure.verdict import CLEAN, Breach, Verdict, own_field
from generator.records.model import Entry


def membership(limit: Limit, title: str, scope: Scope, context: Context) -> Verdict:
    entry = scope.entry
    if entry is None:
        return CLEAN
    breaches: list[Breach] = []
    for named in named_in(entry, own_field(limit, "field", "")):
        found = _judge(limit, scope, entry, named, context)
        if found is not None:
            message, severity = found
            known = context.standing(named.id, entry.date).name if named.id is not None else ""
            who = f"{known}（{named.name}）" if known else named.name
            breaches.append(Breach(limit.code, f"{title} {entry.date}：{who}{message}", entry.place(named.path), severity))
    return Verdict(tuple(breaches))


def _judge(limit: Limit, scope: Scope, entry: Entry, named: Named, context: Context) -> tuple[str, Severity | None] | None:
    person = scope.attempt.person
    if named.id == person.id and canonical(limit.params.get("not_self")) == "true":
        return "就是本人，须由他人担任", None
    if named.id is None:
        if named.full_since is None:
            return "未写明转正日期 full_since，无法确认是否为正式党员", Severity.WARNING
        full = named.full_since <= entry.date
        standing = Standing(full, False, True, True, full_from=None if full else named.full_since)
    else:
        standing = context.standing(named.id, entry.date)
    if standing.unread:
        return None
    if not standing.known:
        return "的党员身份无从查考，请核对", Severity.WARNING
    if not standing.full:
        first = f"，最早 {standing.full_from}" if standing.full_from is not None else ""
        return "当日不是正式党员" + ("（预备党员）" if standing.probationary else "") + first, None
    rights = str(limit.params.get("rights", "ignore"))
    if not standing.rights and rights in ("error", "warning"):
        return "当日处于留党察看或尚未恢复党员权利", Severity(rights)
    if canonical(limit.params.get("same_committee")) == "true" and standing.committee not in (None, person.committee):
        if scope.attempt.moved_since(entry.date):
            # The records hold only the present committee; at the time it may have been the same.
            return None
        return f"属于其他党委（{standing.committee}），应为本党委的正式党员", Severity.WARNING
    return None
