"""Second pass: where one person stands on one day, and what is wrong on the way there. Pure."""

from __future__ import annotations

from datetime import date

from generator.definitions.rules import Rules
from generator.diagnostics import Severity
from generator.procedure.attempt import ENDED, Attempt
from generator.procedure.baseline import Baseline, baseline_of
from generator.procedure.book import FULL, PROBATIONARY, Book, Edition, book_of
from generator.procedure.calendar import add_days
from generator.procedure.context import Context, PersonFacts
from generator.procedure.findings import Ledger
from generator.procedure.judging import judge_entries, judge_series
from generator.procedure.order import Presupposed, check_order, report_missing
from generator.procedure.papers import papers
from generator.procedure.progress import Probation, Progress
from generator.procedure.scope import Scope
from generator.procedure.states import Board
from generator.procedure.timeline import Timeline, split_attempts
from generator.procedure.walk import walk
from generator.records.model import Entry, Person


def evaluate(
    person: Person, timeline: Timeline, rules: Rules, context: Context, as_of: date, explicit: bool = False
) -> Progress:
    """Everything that follows from the entries up to `as_of`.

    `explicit`: the day was asked for, so later entries are left aside and counted; otherwise they lie in the future
    and are an error each. Earlier attempts are judged too; the state is that of the last one.
    """
    book = book_of(rules)
    edition = book.on(as_of)
    facts = PersonFacts(person, rules.profile, context)
    ledger = Ledger(person.id, book)
    entries, later = timeline.until(as_of)
    if not explicit:
        _future(later, book, ledger)
    baseline = baseline_of(person, book.editions[-1])
    stretches = split_attempts(entries, book, facts, baseline.arrived if baseline else None, baseline is not None)
    missing: dict[str, Presupposed] = {}
    attempts: list[Attempt] = []
    for number, stretch in enumerate(stretches):
        inherited: Baseline | None = baseline if stretch.inherits else None
        attempt = walk(person, book, facts, stretch.entries, inherited, number == len(stretches) - 1, as_of)
        if attempts:
            _opened_again(attempts[-1], attempt, ledger)
        judge_entries(attempt, context, ledger)
        judge_series(attempt, ledger, as_of)
        missing = check_order(attempt, ledger)
        report_missing(missing, attempt, ledger)
        attempts.append(attempt)
    last = attempts[-1]
    board = Board(last, edition, context, ledger, missing, as_of)
    steps = board.states()
    stage = None if last.status in ENDED else last.stage
    turns = [day for day in board.turns if day > as_of] + last.ahead
    cut_overs = [day for e in book.editions for day in (e.from_, e.procedure.uncertain_from) if day is not None]
    turns += [day for day in cut_overs if day > as_of]
    turns += [entry.date for entry in later]
    return Progress(
        person=person.id,
        as_of=as_of,
        stage=stage.stage if stage else None,
        stage_since=stage.since if stage else None,
        stages=_stages(last, edition),
        status=last.status,
        procedure=edition.procedure,
        branch=person.branch,
        steps=steps,
        papers=papers(last, steps, rules.materials),
        timeline=entries,
        attempt_start=last.start,
        probation=_probation(last, as_of),
        ignored_later=len(later),
        next_change=min(turns, default=None),
        findings=ledger.sorted(),
    )


def _stages(attempt: Attempt, edition: Edition) -> dict[str, date]:
    """Stage → date it counts from; a stage the person fell back from is not among them."""
    found: dict[str, date] = {}
    for mark in attempt.stages:
        order = edition.stages.get(mark.stage, 0)
        found = {stage: since for stage, since in found.items() if edition.stages.get(stage, 0) < order}
        found[mark.stage] = mark.since
    return found


def _future(later: tuple[Entry, ...], book: Book, ledger: Ledger) -> None:
    for entry in later:
        clause = book.clause(entry.step, entry.date)
        title = clause.step.title if clause else entry.step
        message = f"{title}的日期 {entry.date} 在将来，尚未发生的事不予计入"
        step = clause.step if clause else None
        ledger.plain("DEV066", Severity.ERROR, entry.place("date"), message, step, "核对年份；尚未发生的事不要提前记。")


def _opened_again(before: Attempt, attempt: Attempt, ledger: Ledger) -> None:
    """DEV110: a new application while the earlier one had already led further and nothing had ended it."""
    opening, stage = attempt.marks[0], before.stage
    if opening.clause is None or stage is None or before.status != "active":
        return
    if opening.edition.stages.get(stage.stage, 0) > min(opening.edition.stages.values(), default=0):
        title = next((s.title for s in opening.edition.procedure.stages if s.id == stage.stage), stage.stage)
        message = f"再次{opening.clause.step.title}（{opening.entry.date}）时仍是{title}，此前的发展过程没有结束的记录；以下按重新开始计"
        ledger.plain("DEV110", Severity.WARNING, opening.entry.place("date"), message, opening.clause.step, day=opening.entry.date)


def _probation(attempt: Attempt, as_of: date) -> Probation | None:
    """The probation period once it is confirmed by the approval, or stated by the baseline."""
    scope = Scope(attempt, None, as_of)
    confirmed = attempt.latest(scope.edition.procedure.probation.confirmed_by, len(attempt.marks), live=True) is not None
    told = attempt.baseline is not None and attempt.baseline.stage in (PROBATIONARY, FULL)
    period = scope.period() if confirmed or told else None
    if period is None:
        return None
    same_day = attempt.book.rules.profile.settings.get("probation_end") == "same_day"
    last = period.expiry if same_day else add_days(period.expiry, -1)
    return Probation(period.start, period.expiry, period.extended, last)
