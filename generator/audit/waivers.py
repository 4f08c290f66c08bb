"""Waivers: a person's record names one finding that is accepted, with the reason.

`{code, step, date, reason, by, until}`: `date` is the date of the entry the finding points at; a finding about
something absent may be accepted for a time, with `until`. Nothing else is taken out of sight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.diagnostics import Diagnostic, Place
from generator.procedure.calendar import add_days
from generator.procedure.progress import Progress
from generator.records.model import Entry, Person

WAIVABLE = ("DEV", "TRF", "ORG", "BRN")
ABOUT_WAIVERS = ("DEV108", "DEV109")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One item of a person's `waivers`, with its place."""

    place: Place
    code: str
    step: str | None
    day: date | None
    until: date | None

    def expired(self, as_of: date) -> bool:
        return self.until is not None and as_of > self.until

    def covers(self, finding: Diagnostic, entry: Entry | None) -> bool:
        """`entry`: where the finding points to; None outside all entries."""
        if finding.code != self.code or not finding.code.startswith(WAIVABLE):
            return False
        if self.step is not None and self.step not in (finding.step, entry.step if entry else None):
            return False
        if self.day is None:
            return self.until is not None
        return entry.date == self.day if entry else self.until is not None


def waivers_of(person: Person) -> list[Waiver]:
    items = person.fields.get("waivers")
    found = []
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, Mapping) and isinstance(item.get("code"), str):
            place = person.place("waivers", index)
            found.append(Waiver(place, item["code"], item.get("step"), _day(item, "date"), _day(item, "until")))
    return found


def waiver_turns(person: Person) -> Iterator[date]:
    """The days on which what a waiver covers, or what is said of it, may become another."""
    for waiver in waivers_of(person):
        if waiver.until is not None and waiver.until < date.max:
            yield add_days(waiver.until, 1)
        if waiver.day is not None:
            yield waiver.day


def apply_waivers(
    person: Person, progress: Progress, findings: Iterable[Diagnostic]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """(what stays, what is waived). An expired waiver covers nothing; it and an unused one are findings (DEV109, DEV108)."""
    waivers = waivers_of(person)
    stays: list[Diagnostic] = []
    waived: list[Diagnostic] = []
    used: set[Waiver] = set()
    for finding in findings:
        entry = entry_at(progress.timeline, finding.place)
        covering = [w for w in waivers if not w.expired(progress.as_of) and w.covers(finding, entry)]
        used.update(covering)
        (waived if covering else stays).append(finding)
    stays.extend(_complaints(person, progress, waivers, used))
    return stays, waived


def entry_at(timeline: Iterable[Entry], place: Place) -> Entry | None:
    """The entry one of whose sources holds the place; the deepest one, so that the own part in an event comes first."""
    best: tuple[int, Entry] | None = None
    for entry in timeline:
        for source in entry.sources:
            inside = source.path == place.path and place.pointer[: len(source.pointer)] == source.pointer
            if inside and (best is None or len(source.pointer) > best[0]):
                best = (len(source.pointer), entry)
    return best[1] if best else None


def _complaints(person: Person, progress: Progress, waivers: list[Waiver], used: set[Waiver]) -> Iterable[Diagnostic]:
    from generator.audit.register import all_rules  # the register imports the rules, which must not import it back
    from generator.audit.rule import How

    as_of = progress.as_of
    for waiver in waivers:
        if waiver in used or (waiver.day is not None and waiver.day > as_of) or _waits(waiver, progress):
            # What it is about has not happened yet.
            continue
        code = "DEV109" if waiver.expired(as_of) else "DEV108"
        asked_elsewhere = waiver.code in all_rules() and all_rules()[waiver.code].how is How.HISTORY
        if asked_elsewhere and code == "DEV108":  # only `check --history` can tell whether it is used
            continue
        message, hint = (
            (f"对 {waiver.code} 的免责说明已于 {waiver.until} 到期", "事项办结后删去；确需延长的，写明新的期限和理由。")
            if code == "DEV109"
            else (f"对 {waiver.code} 的免责说明没有对应的问题", "问题已改正的请删去；否则核对代码、步骤和日期。")
        )
        yield Diagnostic(
            code,
            all_rules()[code].severity,
            waiver.place.child("code"),
            message,
            hint,
            person=person.id,
            step=waiver.step,
        )


def _waits(waiver: Waiver, progress: Progress) -> bool:
    """Given in advance for a duty that is still open and not yet overdue."""
    step = progress.steps.get(waiver.step) if waiver.step is not None and waiver.code.startswith(WAIVABLE) else None
    return (
        waiver.until is not None and not waiver.expired(progress.as_of) and step is not None and step.completed is None
    )


def _day(item: Mapping[str, Any], key: str) -> date | None:
    value = item.get(key)
    return value if isinstance(value, date) else None
