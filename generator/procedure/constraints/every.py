"""`every`: no gap longer than so many months between the anchor, the entries of a series and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.definitions.model import Limit
from generator.diagnostics import Place, Severity
from generator.procedure.attempt import Attempt
from generator.procedure.book import Edition
from generator.procedure.calendar import add_days
from generator.procedure.conditions import holds
from generator.procedure.constraints.spans import months_on, refs
from generator.procedure.progress import Deadline
from generator.procedure.scope import Scope
from generator.procedure.verdict import Breach, number, related
from generator.records.model import Entry


@dataclass(frozen=True, slots=True)
class SeriesVerdict:
    """Breaches with the day that decides their version. `ended`: nothing more is asked; `latest`: the next instalment."""

    breaches: tuple[tuple[date, Breach], ...] = ()
    started: bool = False
    ended: bool = False
    latest: Deadline | None = None


@dataclass(frozen=True, slots=True)
class _Point:
    day: date
    what: str
    where: Place | tuple[Entry, str] | None

    @property
    def place(self) -> Place | None:
        return self.where[0].place(self.where[1]) if isinstance(self.where, tuple) else self.where


def every(limit: Limit, step: str, title: str, attempt: Attempt, edition: Edition, as_of: date, open_: bool) -> SeriesVerdict:
    """`open_`: the person is still on the way, so that the last instalment may be due. The limit's `what` names its own series, if any."""
    title = str(limit.params.get("what", title))
    months, grace = number(limit, "months"), number(limit, "grace_days") or 0
    scope = Scope(attempt, None, as_of, edition)
    anchor = scope.first(limit.of)
    if months is None or months < 1 or anchor is None:
        return SeriesVerdict()
    start = anchor.day
    base = attempt.baseline
    if base is not None and base.arrived is not None and anchor.index is None:
        # What was done before the arrival is not known here.
        start = max(start, base.arrived)
    end = scope.first(refs(limit.params.get("until")))
    breaches: list[tuple[date, Breach]] = []
    before = _Point(start, anchor.meaning, anchor.where)
    for point in _points(limit, step, title, attempt, start, end.day if end else None):
        _gap(limit, title, attempt, months, grace, before, point, breaches)
        before = point
    if end is not None:
        _gap(limit, title, attempt, months, grace, before, _Point(end.day, end.meaning, end.where), breaches)
        return SeriesVerdict(tuple(breaches), True, True)
    if not open_:
        return SeriesVerdict(tuple(breaches), True, True)
    since = max(before.day, attempt.resumed_within(before.day, as_of) or before.day)
    latest = months_on(limit, since, months)
    if as_of > latest:
        place = before.place or attempt.person.place("log").key()
        message = f"未见新的{title}，已逾期：最晚 {latest}（{before.what} {since} 后 {months} 个月）"
        breach = Breach(limit.code, message, place, _severity(as_of, latest, grace), anchor=before.day)
        breaches.append((as_of, breach))
    return SeriesVerdict(tuple(breaches), True, False, Deadline(latest, limit))


def _points(limit: Limit, step: str, title: str, attempt: Attempt, start: date, end: date | None) -> list[_Point]:
    where = limit.params.get("where") or {}
    points: list[_Point] = []
    for index in attempt.completed_of.get(step, ()):
        entry = attempt.marks[index].entry
        inside = entry.date >= start and (end is None or entry.date <= end)
        if inside and holds(where, attempt.facts, entry):
            points.append(_Point(entry.date, f"上次{title}", (entry, "date")))
    return points


def _gap(
    limit: Limit, title: str, attempt: Attempt, months: int, grace: int, before: _Point, point: _Point,
    breaches: list[tuple[date, Breach]],
) -> None:  # fmt: skip
    since = max(before.day, attempt.resumed_within(before.day, point.day) or before.day)
    latest = months_on(limit, since, months)
    if point.day <= latest or (place := point.place) is None:
        return
    message = f"{title}间隔过长：{before.what} {since} 至 {point.day} 之间没有记录，最晚 {latest}（{months} 个月内）"
    severity = _severity(point.day, latest, grace)
    earlier = related(before.place, f"{before.what} {before.day}")
    breaches.append((point.day, Breach(limit.code, message, place, severity, earlier, before.day)))


def _severity(day: date, latest: date, grace: int) -> Severity | None:
    return Severity.WARNING if day <= add_days(latest, grace) else None
