"""Loads the corrections of the work calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.definitions.source import Shelf
from generator.definitions.typed import typed

FILE = "schema/holidays.yaml"


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days that differ from the known calendar, and the years entered completely."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    complete_years: frozenset[int] = frozenset()


def load_holidays(shelf: Shelf) -> Holidays:
    """Raises JishiError with file and line, also for a day listed under another year or as both free and worked."""
    source = shelf.read(FILE)
    data = typed(source, "HOLIDAYS")
    off: set[date] = set()
    work: set[date] = set()
    complete: set[int] = set()
    for year, each in data.get("years", {}).items():
        for key, days in (("off", off), ("work", work)):
            for index, day in enumerate(each.get(key, [])):
                if day.year != int(year):
                    raise source.fault(("years", year, key, index), f"{day} 不在 {year} 年", "移到所属年份之下")
                if day in off | work:
                    raise source.fault(("years", year, key, index), f"{day} 写了两次", "一天只能是放假或上班")
                days.add(day)
        if each.get("complete", False):
            complete.add(int(year))
    return Holidays(frozenset(off), frozenset(work), frozenset(complete))
