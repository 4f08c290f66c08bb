"""Judges the recorded entries of an attempt by the limits of their steps, in the version of their own day."""

from __future__ import annotations

from datetime import date

from generator.definitions.model import Limit
from generator.diagnostics import Severity
from generator.procedure.attempt import Attempt, Mark
from generator.procedure.book import Clause, Edition
from generator.procedure.conditions import holds
from generator.procedure.constraints import judge
from generator.procedure.constraints.every import every
from generator.procedure.context import Context
from generator.procedure.findings import Ledger, same_limit
from generator.procedure.scope import Scope
from generator.records.model import Entry

Clock = tuple[str, date, int]
"""A limit with the day and entry its clock started from."""


def judge_entries(attempt: Attempt, context: Context, ledger: Ledger) -> None:
    started: set[Clock] = set()
    for mark in attempt.marks:
        if mark.clause is None:
            continue
        _judge_entry(attempt, mark, mark.clause, mark.edition, context, ledger, started, pending=False)
        later = attempt.book.pending(mark.entry.date)
        clause = later.clauses.get(mark.entry.step) if later else None
        if later is not None and clause is not None:
            _judge_entry(attempt, mark, clause, later, context, ledger, started, pending=True)
        _fits(attempt, mark, mark.clause, ledger)
        _twice(attempt, mark, mark.clause, ledger)


def lifted(limit: Limit, attempt: Attempt, entry: Entry) -> bool:
    """Whether the limit does not apply to an entry: its condition fails, or a reason is recorded."""
    if limit.when and not holds(limit.when, attempt.facts_on(entry.date), entry):
        return True
    return any(entry.get(name) not in (None, "", [], {}) for name in limit.unless)


def _judge_entry(
    attempt: Attempt, mark: Mark, clause: Clause, edition: Edition, context: Context, ledger: Ledger, started: set[Clock],
    pending: bool,
) -> None:  # fmt: skip
    scope = Scope(attempt, mark.index, mark.entry.date, edition)
    for limit in clause.limits:
        same = same_limit(clause.step.id, limit, edition)
        if (pending and same(mark.edition)) or lifted(limit, attempt, mark.entry):
            continue
        verdict = judge(limit, clause.step.title, scope, context)
        if limit.rule == "within" and verdict.anchor is not None and verdict.anchor_index not in (None, mark.index):
            # The first answer stops the clock; a later entry of the step is not late against the same start.
            clock = (limit.id, verdict.anchor, verdict.anchor_index or 0)
            if clock in started and not pending:
                continue
            started.add(clock)
        for breach in verdict.breaches:
            ledger.broken(limit, clause.step, breach, mark.entry.date, same, doubtful=pending)


def _fits(attempt: Attempt, mark: Mark, clause: Clause, ledger: Ledger) -> None:
    """DEV107: a step of the procedure recorded while the person was out of it."""
    status = attempt.status_before(mark.index)
    if status == "active" or clause.step.stage is None or not clause.step.duty or clause.step.opens_attempt:
        return
    names = {
        "suspended": "已暂停（平台归档）", "closed": "已结束并归档", "left": "已出党或停止发展", "cancelled": "已被取消预备党员资格",
        "transferred": "组织关系已转出", "stopped": "已停止党籍",
    }  # fmt: skip
    message = f"{clause.step.title} {mark.entry.date}：当时{names.get(status, status)}"
    hint = "核对日期；确已恢复的，补记恢复。"
    ledger.plain("DEV107", Severity.WARNING, mark.entry.place("date"), message, clause.step, hint, day=mark.entry.date)


def _twice(attempt: Attempt, mark: Mark, clause: Clause, ledger: Ledger) -> None:
    """DEV110: a step that happens once, completed twice with nothing between that would call for it again."""
    if clause.step.repeat != "once" or not mark.completed:
        return
    before = attempt.latest(mark.entry.step, mark.index, live=True)
    if before is None or any(not m.completed for m in attempt.marks[before.index + 1 : mark.index]):
        return
    if any(before.index < reopening.index < mark.index for reopening in attempt.reopenings):
        return
    message = f"{clause.step.title}重复记录：{before.entry.date} 已完成，{mark.entry.date} 又有一条"
    hint = "重复登记的只留一条；确实重新办过的，前一条写明未通过或退回。"
    ledger.plain("DEV110", Severity.WARNING, mark.entry.place("date"), message, clause.step, hint, day=mark.entry.date)


def judge_series(attempt: Attempt, ledger: Ledger, as_of: date) -> None:
    """Gaps between recorded entries; the instalment still to come is judged with the states of the steps."""
    for edition in attempt.book.editions:
        for clause in edition.clauses.values():
            for limit in clause.series:
                if limit.when and not holds(limit.when, attempt.facts):
                    continue
                verdict = every(limit, clause.step.id, clause.step.title, attempt, edition, as_of, open_=False)
                same = same_limit(clause.step.id, limit, edition)
                for day, breach in verdict.breaches:
                    if attempt.book.on(day) is edition:
                        ledger.broken(limit, clause.step, breach, day, same)
