"""The calendar of what falls due, read back by another reader than the one that wrote it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from icalendar import Calendar

from generator.exchange.duties_ics import duties_ics
from tests.exchange.duties import AS_OF, DUTIES


def events_of(made: bytes) -> list[Any]:
    return list(Calendar.from_ical(made).walk("VEVENT"))


def unfolded(made: bytes) -> list[str]:
    return made.decode("utf-8").replace("\r\n ", "").split("\r\n")


def test_one_event_a_duty_with_a_day() -> None:
    events = events_of(duties_ics(DUTIES))
    assert [str(event["UID"]) for event in events] == ["a@jishi", "b@jishi", "c@jishi"]
    assert [event["DTSTART"].dt for event in events] == [date(2026, 10, 8), date(2026, 12, 9), date(2026, 11, 22)]
    assert all(event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1) for event in events)
    assert str(events[0]["SUMMARY"]) == "逾期：卓书言 党组织派人谈话"
    assert str(events[1]["SUMMARY"]) == f"卓书言 {DUTIES.rows[1].title}"
    assert "data/wx/wx-ug/people/0026010101.yaml:7" in str(events[0]["DESCRIPTION"])


def test_days_are_days_and_not_moments() -> None:
    lines = unfolded(duties_ics(DUTIES))
    assert "DTSTART;VALUE=DATE:20261209" in lines
    assert "DTSTAMP:20261121T000000Z" in lines


def test_lines_are_folded_at_75_bytes_and_no_character_is_cut() -> None:
    made = duties_ics(DUTIES)
    lines = made.split(b"\r\n")
    assert len(lines) > 30
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in made.replace(b"\r\n", b"")
    for line in lines:
        line.decode("utf-8")


def test_reminders_lie_ahead_at_nine_in_the_morning() -> None:
    overdue, far, near = events_of(duties_ics(DUTIES))
    assert overdue.walk("VALARM") == []
    assert [alarm["TRIGGER"].dt for alarm in far.walk("VALARM")] == [-timedelta(days=7, hours=-9), -timedelta(hours=15)]
    assert [near["DTSTART"].dt - timedelta(days=1)] == [AS_OF]
    assert len(near.walk("VALARM")) == 1


def test_the_same_duties_give_the_same_bytes() -> None:
    assert duties_ics(DUTIES) == duties_ics(DUTIES)
