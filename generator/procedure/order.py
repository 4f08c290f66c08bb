"""`after`: what must come first. Order of recorded entries, and steps that later entries presuppose but nobody recorded."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from generator.definitions.model import After, Basis
from generator.diagnostics import Related, Severity
from generator.procedure.attempt import Attempt, Mark
from generator.procedure.book import Clause, Edition
from generator.procedure.calendar import add_days
from generator.procedure.conditions import Facts, holds, may_hold
from generator.procedure.findings import LAYERS, Ledger, same_order
from generator.procedure.verdict import Breach
from generator.records.model import Entry

REFUSED = {"returned": "被退回", "failed": "未通过", "objected": "异议成立"}


def always(other: Edition) -> bool:
    """A demand of the profile holds under every version."""
    return True


@dataclass(frozen=True, slots=True)
class Presupposed:
    """A step nobody recorded, with the entry that presupposes it and the line of the procedure that says so."""

    clause: Clause
    after: After
    mark: Mark
    edition: Edition


def applies(clause: Clause, facts: Facts) -> bool:
    """Whether the step exists for this person at all."""
    return not clause.step.when or holds(clause.step.when, facts)


def is_asked(clause: Clause, facts: Facts) -> bool:
    """Whether its absence matters; others are passed through to what comes before them."""
    return applies(clause, facts) and not clause.step.optional and clause.step.duty


def is_unknown(attempt: Attempt, clause: Clause, edition: Edition) -> bool:
    """Before the history known here: earlier stages, everything for someone who came as a full member, and what
    the arrival stage begins with (it follows only on earlier stages, and nothing waits for it)."""
    base = attempt.baseline
    if base is None or base.stage is None:
        return False
    arrived, last = edition.stages.get(base.stage), max(edition.stages.values(), default=0)
    if arrived is None:
        return False
    order = edition.stage_order(clause.step.stage)
    if arrived == last or (order is not None and order < arrived):
        return True
    return order == arrived and clause.step.repeat == "once" and _only_opens(clause, arrived, edition)


def _only_opens(clause: Clause, stage: int, edition: Edition) -> bool:
    if edition.dependents.get(clause.step.id) or not clause.step.after:
        return False
    before = (edition.clauses.get(after.step) for after in clause.step.after)
    orders = [edition.stage_order(found.step.stage) if found else None for found in before]
    return all(order is not None and order < stage for order in orders)


def predecessors(
    edition: Edition, clause: Clause, attempt: Attempt, entry: Entry | None, present: Set[str]
) -> Iterator[tuple[After, Clause]]:
    """The steps directly before one; through absent steps that are not asked for, on to those before them."""
    if not clause.step.after:
        return
    facts = attempt.facts if entry is None or not attempt.moves else attempt.facts_on(entry.date)
    stack, seen = [(after, entry) for after in clause.step.after], {clause.step.id}
    # The list grows while it is walked: what lies behind a step that is not asked for is looked at in its turn.
    for after, direct in stack:
        before = edition.clauses.get(after.step)
        if before is None or before.step.id in seen:
            continue
        if after.when and not (holds(after.when, facts, direct) if direct else may_hold(after.when, facts)):
            continue
        seen.add(before.step.id)
        if before.step.id in present or is_asked(before, facts):
            yield after, before
        else:
            stack.extend((further, None) for further in before.step.after)


def check_order(attempt: Attempt, ledger: Ledger) -> dict[str, Presupposed]:
    """Report wrong orders; return what is presupposed but absent, by step, with the first entry that presupposes it."""
    missing: dict[str, Presupposed] = {}
    for mark in attempt.marks:
        clause = mark.edition.clauses.get(mark.entry.step)
        if clause is None:
            continue
        _check_entry(attempt, mark, clause, ledger, missing)
    return missing


def _check_entry(attempt: Attempt, mark: Mark, clause: Clause, ledger: Ledger, missing: dict[str, Presupposed]) -> None:
    present = attempt.completed_of.keys()
    for after, before in predecessors(mark.edition, clause, attempt, mark.entry, present):
        found = attempt.predecessor(before.step.id, mark)
        if found is not None:
            _check_pair(mark, clause, after, found, ledger)
        elif mark.completed:
            _presuppose(attempt, Presupposed(before, after, mark, mark.edition), present, missing)
    later = attempt.book.pending(mark.entry.date)
    if later is not None and mark.completed:
        _check_pending(attempt, mark, later, ledger, present, missing)


def _check_pending(
    attempt: Attempt, mark: Mark, later: Edition, ledger: Ledger, present: Set[str], missing: dict[str, Presupposed]
) -> None:
    """What only the coming version asks for, while it is doubtful which one holds."""
    clause = later.clauses.get(mark.entry.step)
    if clause is None:
        return
    for after, before in predecessors(later, clause, attempt, mark.entry, present):
        absent = attempt.predecessor(before.step.id, mark) is None and before.step.id not in missing
        if absent and not is_unknown(attempt, before, later):
            _report(Presupposed(before, after, mark, later), attempt, ledger, doubtful=True)


def _check_pair(mark: Mark, clause: Clause, after: After, found: Mark, ledger: Ledger) -> None:
    own, other = mark.entry, found.entry
    apart = ledger.sets_apart and other.date == own.date and not after.strict
    if other.date < own.date or (other.date == own.date and not after.strict and not apart):
        return
    before = found.clause.step.title if found.clause else other.step
    if apart:
        text = f"{clause.step.title}与{before}同日（{own.date}），本校要求分日办理"
        place = Related(other.place("date"), f"{before} {other.date}")
        ledger.order(
            after,
            clause.step,
            Breach(after.order, text, own.place("date"), Severity.WARNING, (place,)),
            own.date,
            always,
        )
        return
    first = add_days(other.date, 1) if after.strict else other.date
    relation = "须晚于" if after.strict else "早于"
    breach = Breach(
        after.order, f"{clause.step.title} {own.date} {relation}{before} {other.date}，最早 {first}", own.place("date"),
        related=(Related(other.place("date"), f"{before} {other.date}"),), anchor=min(own.date, other.date),
        hint="核对两处原件的日期，写错的改正；确属颠倒的不得改日期，按规定补办或重办。",
    )  # fmt: skip
    ledger.order(after, clause.step, breach, own.date, same_order(clause, after))


def _presuppose(attempt: Attempt, item: Presupposed, present: Set[str], missing: dict[str, Presupposed]) -> None:
    """Note an absent step and, through it, those before it. The gravest demand stays, then the earliest."""
    step = item.clause.step.id
    if is_unknown(attempt, item.clause, item.edition):
        return
    known = missing.get(step)
    if known is not None and _rank(known) <= _rank(item):
        return
    missing[step] = item
    for after, before in predecessors(item.edition, item.clause, attempt, None, present):
        if attempt.predecessor(before.step.id, item.mark) is None and before.step.id != item.mark.entry.step:
            _presuppose(attempt, Presupposed(before, after, item.mark, item.edition), present, missing)


def _gravity(item: Presupposed) -> Severity:
    """A step asked for by a platform or a profile alone weighs as that layer does."""
    layer = item.clause.step.layer if item.clause.step.layer != "national" else item.after.layer
    return item.after.severity or LAYERS[layer]


def _rank(item: Presupposed) -> int:
    return _gravity(item).rank


def report_missing(missing: dict[str, Presupposed], attempt: Attempt, ledger: Ledger) -> None:
    """One finding for every step that is passed over, at the entry that presupposes it."""
    for item in missing.values():
        _report(item, attempt, ledger)


def _refused(attempt: Attempt, item: Presupposed) -> tuple[Entry, str] | None:
    """The last time such a step was on record up to that day and came to nothing, with the field that says so."""
    step, day = item.clause.step, item.mark.entry.date
    tried = [m.entry for m in attempt.marks if m.entry.step == step.id and not m.completed and m.entry.date <= day]
    said = [(e, key) for e in tried[-1:] for key, values in step.refused_when.items() if e.get(key) in values]
    return said[0] if said else None


def _report(item: Presupposed, attempt: Attempt, ledger: Ledger, doubtful: bool = False) -> None:
    entry, step = item.mark.entry, item.clause.step
    by = item.mark.clause.step.title if item.mark.clause else entry.step
    text = f"缺少{step.title}：{by}（{entry.date}）之前应当完成"
    hint = "已办理的补录该步骤；未办理的不得补做材料，按规定补办或重办。"
    seen: tuple[Related, ...] = ()
    refused = _refused(attempt, item)
    if refused is not None:
        other, key = refused
        text = (
            f"{step.title}（{other.date}）{REFUSED.get(other.get(key), '没有通过')}，{by}（{entry.date}）之前应当通过"
        )
        hint = "结果记错的改正；后来重新办理并通过的，补录那一次；没有的，后面的步骤不能进行，按规定重办。"
        seen = (Related(other.place(key), f"{step.title}的结果"),)
    breach = Breach(item.after.missing, text, entry.place("date"), _gravity(item), hint=hint, related=seen)
    # What only the school or the platform asks for rests on no article of the step after it.
    platform = attempt.book.rules.platform if step.layer == "platform" else None
    said_by = Basis(platform.title) if platform is not None else None
    after = item.after if step.layer == "national" else replace(item.after, basis=said_by)

    def same(other: Edition) -> bool:
        there = other.clauses.get(step.id)
        if there is None or not is_asked(there, attempt.facts_on(entry.date)):
            return False
        return entry.step in other.dependents.get(step.id, frozenset())

    ledger.order(after, step, breach, entry.date, same, doubtful)
