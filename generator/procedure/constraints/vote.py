"""`vote`: quorum and majority, both against 应到; the numbers add up; secret ballot; one person at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.definitions.model import Limit
from generator.diagnostics import Severity
from generator.procedure.calendar import WorkCalendar
from generator.procedure.scope import Scope
from generator.procedure.verdict import CLEAN, Breach, Verdict
from generator.records.model import Entry

BALLOTS = ("for", "against", "abstain", "invalid")


def vote(limit: Limit, title: str, scope: Scope, calendar: WorkCalendar) -> Verdict:
    entry, mark = scope.entry, scope.mark
    if entry is None or mark is None:
        return CLEAN
    codes = limit.params.get("codes")

    def code(name: str) -> str:
        found = codes.get(name) if isinstance(codes, Mapping) else None
        return str(found) if found else limit.code

    def breach(name: str, message: str, path: str, severity: Severity | None = None) -> Breach:
        return Breach(code(name), f"{title}：{message}", entry.place(path), severity)

    breaches = _quorum(entry, breach)
    breaches += _majority(entry, scope, mark.completed, breach)
    breaches += _arithmetic(entry, breach)
    if entry.get("secret") is False:
        breaches.append(breach("secret", "记载为非无记名投票，须采取无记名投票方式", "secret"))
    if entry.get("one_by_one") is False:
        breaches.append(breach("one_by_one", "记载为多人合并表决，须逐人讨论、逐人表决", "one_by_one"))
    return Verdict(tuple(breaches))


Say = Callable[..., Breach]


def number_at(entry: Entry, path: str) -> int | None:
    value = entry.get(path)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def written_votes(entry: Entry) -> list[Any]:
    """Written opinions handed in by absent members."""
    value = entry.get("written")
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list | tuple) else []


def _quorum(entry: Entry, breach: Say) -> list[Breach]:
    due, present = number_at(entry, "due"), number_at(entry, "present")
    if due is None or present is None or present * 2 > due:
        return []
    return [breach("quorum", f"应到 {due} 人，实到 {present} 人，到会人数须超过应到的半数（至少 {due // 2 + 1} 人）", "present")]


def _majority(entry: Entry, scope: Scope, passed: bool, breach: Say) -> list[Breach]:
    due, for_ = number_at(entry, "due"), number_at(entry, "ballots.for")
    if due is None or for_ is None:
        return []
    counts = scope.edition.procedure.written_votes_count
    written = sum(item.get("vote") == "for" for item in written_votes(entry)) if counts else 0
    total, least = for_ + written, due // 2 + 1
    parts = f"（会场 {for_}、书面 {written}）" if written else ""
    detail = f"赞成 {total} 票{parts}，应到 {due} 人，须超过半数（至少 {least} 票）"
    if passed and total < least:
        return [breach("majority", f"{detail}，未达到，不能记为通过", "ballots.for")]
    if not passed and total >= least and entry.get("result") is not None:
        return [breach("majority", f"{detail}，已达到，却记为未通过，请核对", "result", Severity.WARNING)]
    return []


def _arithmetic(entry: Entry, breach: Say) -> list[Breach]:
    found: list[Breach] = []
    due, present = number_at(entry, "due"), number_at(entry, "present")
    issued, returned = number_at(entry, "ballots.issued"), number_at(entry, "ballots.returned")
    ballots = {name: number_at(entry, f"ballots.{name}") for name in BALLOTS}
    known = [value for value in ballots.values() if value is not None]
    total, complete = sum(known), len(known) == len(BALLOTS)
    written = len(written_votes(entry))
    for path, label, value in (
        ("due", "应到", due), ("present", "实到", present), ("ballots.issued", "发出", issued), ("ballots.returned", "收回", returned),
        *((f"ballots.{name}", "票数", value) for name, value in ballots.items()),
    ):  # fmt: skip
        if value is not None and value < 0:
            found.append(breach("arithmetic", f"{label}为负数（{value}）", path))
    if due is not None and present is not None and present > due:
        found.append(breach("arithmetic", f"实到 {present} 人多于应到 {due} 人", "present"))
    elif due is not None and present is not None and written and present + written > due:
        found.append(breach("arithmetic", f"实到 {present} 人与书面意见 {written} 份之和多于应到 {due} 人", "written"))
    if present is not None and issued is not None and issued > present:
        found.append(breach("arithmetic", f"发出 {issued} 票，多于实到 {present} 人", "ballots.issued"))
    if issued is not None and returned is not None and returned > issued:
        found.append(breach("arithmetic", f"收回 {returned} 票，多于发出 {issued} 票", "ballots.returned"))
    if returned is not None and known and (total > returned or (complete and total != returned)):
        found.append(breach("arithmetic", f"赞成、反对、弃权、无效合计 {total} 票，与收回 {returned} 票不符", "ballots.returned"))
    elif returned is None and issued is not None and total > issued:
        found.append(breach("arithmetic", f"各项票数合计 {total}，多于发出 {issued} 票", "ballots.issued"))
    elif returned is None and issued is None and present is not None and total > present:
        found.append(breach("arithmetic", f"各项票数合计 {total}，多于实到 {present} 人", "ballots.for"))
    return found
