"""The calendar of a branch's manual for a calendar program: one all-day event a line. The same calendar gives the same bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from generator.views.calendar_items import Item, TermCalendar

if TYPE_CHECKING:
    from icalendar import Event


def calendar_ics(calendar: TermCalendar, branch: str, title: str, as_of: date) -> bytes:
    """All lines but the holidays, which every calendar program has. `branch`: its id, part of the names of the events."""
    # Imported here: it reads a time zone database, which only this needs.
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Jishi//jishi manual//ZH")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title)
    for item in calendar.items:
        if item.kind != "holiday":
            made.add_component(_event(item, branch, as_of))
    return bytes(made.to_ical())


def _event(item: Item, branch: str, as_of: date) -> Event:
    from icalendar import Event

    steps = "、".join(step.title for step in item.steps)
    summary = f"{item.title}：{steps}" if steps else item.title
    text = [item.text, item.basis, item.layer, f"待本校核实：{item.verify}" if item.verify else ""]
    event = Event()
    # The same line of the same branch keeps its name, so that a calendar brought in anew replaces the old one.
    event.add("uid", f"{sha256(f'{branch} {item.first} {summary}'.encode()).hexdigest()[:32]}@jishi")
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("dtstart", item.first)
    event.add("dtend", item.last + timedelta(days=1))
    event.add("summary", summary)
    if any(text):
        event.add("description", "\n".join(line for line in text if line))
    event.add("transp", "TRANSPARENT")
    return event
