"""`vote`: quorum and majority, both against 应到; the numbers add up; secret ballot; one person at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.definitions.model import Limit
from generator.diagnostics import Severity
from generator.procedure.calendar import WorkCalendar
from generator.procedure.constraints.tally import Tally, number_at, tally
from generator.procedure.scope import Scope
from generator.procedure.verdict import CLEAN, Breach, Verdict
from generator.records.model import Entry

BALLOTS = ("for", "against", "abstain", "invalid")
COUNT_AGAIN = "按会议记录和原始票核对应到、实到、票数和结果。"
NOT_QUORATE = "核对应到和实到；到会确实不过半的，不能表决，须重新开会。"
NOT_PASSED = "核对应到和票数；确实不过半的，记 result: failed，本人留在原阶段。"
ASK_SUPERIOR = "对照新细则正式文本，或请示上级党委组织部门后再认定。"
COUNT_EACH = "把各人的票数移到 people 下各人名下；确实合并表决的，写 one_by_one: false 并重新开会表决。"
NOT_AS_ASKED = "记错的改正；确实如此的，表决不合规定，须重新开会表决。"


def vote(limit: Limit, title: str, scope: Scope, calendar: WorkCalendar) -> Verdict:
    entry, mark = scope.entry, scope.mark
    if entry is None or mark is None:
        return CLEAN
    codes = limit.params.get("codes")

    def code(name: str) -> str:
        found = codes.get(name) if isinstance(codes, Mapping) else None
        return str(found) if found else limit.code

    def breach(name: str, message: str, path: str, severity: Severity | None = None, hint: str = "") -> Breach:
        return Breach(code(name), f"{title}：{message}", entry.place(path), severity, hint=hint)

    sums = tally(entry, scope.edition.procedure.written_votes_count)
    breaches = _quorum(sums, breach)
    open_question = _unsettled(entry, sums, mark.completed, title, scope.edition.procedure.written_votes_settled)
    breaches += open_question or _majority(entry, sums, mark.completed, breach)
    breaches += _arithmetic(entry, sums, breach)
    if entry.get("secret") is False:
        breaches.append(breach("secret", "记载为非无记名投票，须采取无记名投票方式", "secret", hint=NOT_AS_ASKED))
    if entry.get("one_by_one") is False:
        breaches.append(breach("one_by_one", "记载为多人合并表决，须逐人讨论、逐人表决", "one_by_one", hint=NOT_AS_ASKED))
    elif _one_count_for_several(entry):
        message = f"{entry.companions + 1} 人合用一组票数，须逐人讨论、逐人表决，各记各的票数"
        breaches.append(breach("one_by_one", message, "ballots", hint=COUNT_EACH))
    return Verdict(tuple(breaches))


def _one_count_for_several(entry: Entry) -> bool:
    """Whether the ballots stand on the level that all people of the event share."""
    return entry.companions > 0 and "ballots" in entry.fields and entry.key_sources.get("ballots", 0) > 0


Say = Callable[..., Breach]


def _quorum(sums: Tally, breach: Say) -> list[Breach]:
    if sums.least is None or sums.present is None or sums.present >= sums.least:
        return []
    written = f"；书面意见 {sums.written} 份不算到会" if sums.written else ""
    need = f"到会须超过半数（至少 {sums.least} 人）"
    return [breach("quorum", f"{sums.due_text}，{need}，实到 {sums.present} 人{written}", "present", hint=NOT_QUORATE)]


def _unsettled(entry: Entry, sums: Tally, passed: bool, title: str, settled: bool) -> list[Breach]:
    """A result that turns on written opinions, under a version of which it is not known whether it counts them."""
    if settled or sums.least is None or sums.in_room is None or entry.get("result") is None:
        return []
    if not sums.written_for or not sums.in_room < sums.least <= sums.in_room + sums.written_for:
        return []
    stated = "通过" if passed else "未通过"
    message = (
        f"{title}：{sums.due_text}，赞成须超过半数（至少 {sums.least} 票），会场 {sums.in_room} 票，加书面意见 {sums.written_for} 票才够，"
        f"记为{stated}；新细则是否仍把书面意见计入票数，须核对（需核对：只见于转述，以正式文本为准；原编号 DEV044）"
    )
    return [Breach("DEV104", message, entry.place("result"), Severity.INFO, hint=ASK_SUPERIOR)]


def _majority(entry: Entry, sums: Tally, passed: bool, breach: Say) -> list[Breach]:
    if sums.least is None or sums.total is None:
        return []
    detail = f"{sums.due_text}，赞成须超过半数（至少 {sums.least} 票），{sums.for_text}"
    if passed and sums.total < sums.least:
        missing = sums.least - sums.total
        return [breach("majority", f"{detail}，差 {missing} 票，不能记为通过", "ballots.for", hint=NOT_PASSED)]
    if not passed and sums.total >= sums.least and entry.get("result") is not None:
        return [breach("majority", f"{detail}，已达到，却记为未通过", "result", Severity.WARNING, hint=COUNT_AGAIN)]
    return []


def _arithmetic(entry: Entry, sums: Tally, breach: Say) -> list[Breach]:
    found: list[Breach] = []
    due, present, again = sums.due, sums.present, sums.again()

    def wrong(message: str, path: str) -> None:
        found.append(breach("arithmetic", message + again, path, hint=COUNT_AGAIN))

    issued, returned = number_at(entry, "ballots.issued"), number_at(entry, "ballots.returned")
    ballots = {name: number_at(entry, f"ballots.{name}") for name in BALLOTS}
    known = [value for value in ballots.values() if value is not None]
    total, complete = sum(known), len(known) == len(BALLOTS)
    written = sums.written
    for path, label, value in (
        ("due", "应到", due), ("present", "实到", present), ("ballots.issued", "发出", issued), ("ballots.returned", "收回", returned),
        *((f"ballots.{name}", "票数", value) for name, value in ballots.items()),
    ):  # fmt: skip
        if value is not None and value < 0:
            wrong(f"{label}为负数（{value}）", path)
    if due is not None and present is not None and present > due:
        wrong(f"实到 {present} 人多于应到 {due} 人", "present")
    elif due is not None and present is not None and written and present + written > due:
        wrong(f"实到 {present} 人与书面意见 {written} 份之和多于应到 {due} 人", "written")
    if present is not None and issued is not None and issued > present:
        wrong(f"发出 {issued} 票，多于实到 {present} 人", "ballots.issued")
    if issued is not None and returned is not None and returned > issued:
        wrong(f"收回 {returned} 票，多于发出 {issued} 票", "ballots.returned")
    if returned is not None and known and (total > returned or (complete and total != returned)):
        wrong(f"赞成、反对、弃权、无效合计 {total} 票，与收回 {returned} 票不符", "ballots.returned")
    elif returned is None and issued is not None and total > issued:
        wrong(f"各项票数合计 {total}，多于发出 {issued} 票", "ballots.issued")
    elif returned is None and issued is None and present is not None and total > present:
        wrong(f"各项票数合计 {total}，多于实到 {present} 人", "ballots.for")
    return found
