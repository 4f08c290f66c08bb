"""What of a year no recorded term covers, said to the reader of a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from generator.procedure.calendar import add_days
from generator.views.wording import in_full

_HOLIDAYS = 62
"""Days without a term that need no explanation: the longest holidays."""


def term_gaps(terms: Iterable[tuple[date, date]], first: date, last: date) -> Iterator[str]:
    """One sentence for each stretch from `first` to `last` that is longer than holidays. `terms`: first and last days, in order."""
    shown = [(begin, end) for begin, end in terms if begin <= last and end >= first]
    if not shown:
        yield "这段时间的校历没有录入（organisation.yaml 的 terms），学期起止请对照本校校历。"
        return
    known = add_days(first, -1)
    for begin, end in shown:
        if (begin - known).days - 1 > _HOLIDAYS:
            since = f"{in_full(known)}至{in_full(begin)}之间" if known >= first else f"{in_full(begin)}以前"
            yield f"{since}的学期没有录入，请对照本校校历。"
        known = max(known, end)
    if (last - known).days > _HOLIDAYS:
        yield f"{in_full(known)}以后的学期还没有录入，请对照本校校历。"
