"""What falls due as a calendar: one all-day event a duty on its latest day. The same duties on the same as-of day give the same bytes.

Events rather than to-dos: office and telephone calendars show the former, and few show the latter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from generator.views.duties import DutyList, DutyRow

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_BEFORE = (timedelta(days=7), timedelta(days=1))
_AT = timedelta(hours=9)
"""The reminder comes at nine in the morning."""


def duties_ics(duties: DutyList) -> bytes:
    """Duties without a latest day have no place in a calendar and are left out."""
    # Imported here: it reads a time zone database, which only this needs.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Jishi//jishi due//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", duties.title)
    for row in duties.rows:
        if row.latest is not None:
            calendar.add_component(_event(row, row.latest, duties.as_of))
    return bytes(calendar.to_ical())


def _event(row: DutyRow, latest: date, as_of: date) -> Event:
    from icalendar import Event

    stamp = datetime.combine(as_of, time(), UTC)
    event = Event()
    event.add("uid", row.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", latest)
    event.add("dtend", latest + timedelta(days=1))
    event.add("summary", ("逾期：" if row.overdue else "") + f"{row.who} {row.title}")
    event.add("description", "\n".join(_lines(row)))
    event.add("location", row.unit)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for before in _BEFORE:
        if latest - before >= as_of:
            event.add_component(_alarm(before, f"{row.who} {row.title}，最迟 {row.when}"))
    return event


def _lines(row: DutyRow) -> Iterator[str]:
    yield f"最迟：{row.when}（{row.label}）"
    yield f"由谁办：{row.actor}"
    if row.person:
        yield f"学号/工号：{row.person}"
    yield f"依据的记录：{row.source}"


def _alarm(before: timedelta, text: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    # The event begins at midnight.
    alarm.add("trigger", _AT - before)
    return alarm
