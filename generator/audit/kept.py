"""The result of a whole check, kept for the next time: used when no file, no definition and no line of the program has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from generator.diagnostics import Diagnostic
from generator.records.look import RESULT, Reading
from generator.records.scans import ScanFault

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Result:
    """All findings, located and in order, and the numbers a report needs. It holds from `since` to the day before `until`."""

    findings: tuple[Diagnostic, ...]
    later: int
    people: int
    assessed: int
    files: int
    since: date
    until: date | None


def kept_result(reading: Reading, day: date, explicit: bool) -> Result | None:
    """None also when a scan that the records name has come, gone or changed."""
    if reading.store is None or reading.digest is None:
        return None
    found = reading.store.get(RESULT)
    if not isinstance(found, dict) or found.get("for") != (reading.digest, explicit):
        return None
    result = Result(*found["result"])
    if not holds_on(day, result.since, result.until):
        return None
    as_then = all(_plain(reading.scans(*asked)) == fault for asked, fault in found["scans"].items())
    reading.keep_scans()
    return result if as_then else None


def _plain(fault: ScanFault | None) -> tuple[str, ...] | None:
    return None if fault is None else tuple(fault)


def keep_result(reading: Reading, explicit: bool, result: Result) -> None:
    if reading.store is not None and reading.digest is not None:
        value = (
            result.findings,
            result.later,
            result.people,
            result.assessed,
            result.files,
            result.since,
            result.until,
        )
        scans = {asked: _plain(fault) for asked, fault in reading.scans.said.items()}
        reading.store.put(RESULT, {"for": (reading.digest, explicit), "result": value, "scans": scans})


def holds_on(day: date, since: date, until: date | None) -> bool:
    return since <= day and (until is None or day < until)


def earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


class Unread:
    """Stands for a value that is made when more is asked of it than is known already. What was asked once is known from then on."""

    def __init__(self, make: Callable[[], Any], **known: Any) -> None:
        self._make = make
        self._made: Any = None
        self.__dict__.update(known)

    def value(self) -> Any:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(self.value(), name)
        return found


class Later(Mapping[str, Value]):
    """Stands for a mapping that is made when more is asked of it than how many it holds."""

    def __init__(self, make: Callable[[], Mapping[str, Value]], number: int) -> None:
        self._make, self._number = make, number

    def __getitem__(self, id: str) -> Value:
        return self._make()[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._make())

    def __contains__(self, id: object) -> bool:
        return id in self._make()

    def __len__(self) -> int:
        return self._number
