"""The one whose tables are still to be printed from the records and signed: what lies in the folder came from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench.college.model import College, Person

SCENARIO = "conversion_meeting_due"
TABLES = {
    "talk": "M02",
    "recommend": "M10",
    "file_activist": "M13",
    "train_activist": "M17",
    "collect_opinions": "M20",
    "consent_target": "M22",
    "publicise_target": "M23",
    "train_target": "M27",
    "preview": "M29",
    "publicise_admission": "M33",
    "probation_inspect": "M37",
    "collect_opinions_conversion": "M41",
}
"""Step → the paper of it that is a form filled from the records. M15 is not among them: it is kept by hand from the first day on."""


def unprinted(people: Sequence[Person]) -> Person:
    """The first whose probation has just expired; everything before it is on record."""
    return next(person for person in people if person.scenario == SCENARIO)


def leave_to_print(college: College) -> None:
    """Takes the tables out of that person's entries."""
    person = unprinted(college.people)
    for act in college.acts:
        if act.person is person and act.step in TABLES and "materials" in act.own:
            act.own["materials"] = [item for item in act.own["materials"] if _code(item) != TABLES[act.step]] or None


def _code(item: Any) -> str:
    return str(item["code"] if isinstance(item, dict) else item)
