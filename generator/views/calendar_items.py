"""What a calendar of a branch consists of: lines by month, what is counted from each person's own day, and notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.views.limits import LimitText
from generator.views.steps import Link

_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Item:
    """One line. `kind`: term, own, holiday, check or deadline. `layer`: 平台 or 学校规定, or whose own plan it is; empty for the
    national rules.
    """

    first: date
    last: date
    kind: str
    title: str
    text: str = ""
    who: str = ""
    layer: str = ""
    basis: str = ""
    verify: str = ""
    """Why it has to be verified by the school; empty where it is certain."""
    steps: tuple[Link, ...] = ()
    """The steps that it belongs to."""

    @property
    def day(self) -> str:
        """3 日（周一）, or 3 日至 5 日; a run that reaches into another month names it."""
        if self.first == self.last:
            return f"{self.first.day} 日（周{_WEEKDAYS[self.first.weekday()]}）"
        month = "" if self.first.month == self.last.month else f"{self.last.month} 月 "
        return f"{self.first.day} 日至 {month}{self.last.day} 日"


@dataclass(frozen=True, slots=True)
class OwnItem(Item):
    """What a body has planned itself, in its own words."""


@dataclass(frozen=True, slots=True)
class Month:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """What is counted from each person's own day."""

    step: Link
    limits: tuple[LimitText, ...]


@dataclass(frozen=True, slots=True)
class TermCalendar:
    """From `first` to `last`, both inclusive. `notes`: what is not known or not settled."""

    first: date
    last: date
    months: tuple[Month, ...]
    running: tuple[Running, ...]
    notes: tuple[str, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for month in self.months for item in month.items)
