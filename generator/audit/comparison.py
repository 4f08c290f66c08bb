"""What papers state (`shows`), set against what the records say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.audit.papers import Paper
from generator.audit.subject import Subject
from generator.definitions.model import Step
from generator.diagnostics import Place
from generator.records.model import Entry

SPONSORS = "sponsors"


@dataclass(frozen=True, slots=True)
class Difference:
    """A paper states `shown` where the records say `recorded`. `step` is None for a field of the person."""

    paper: Paper
    key: str
    shown: str
    recorded: str
    place: Place
    recorded_at: Place
    step: Step | None


def differences(subject: Subject) -> Iterator[Difference]:
    """Every statement of a paper that no fact on record agrees with; what the records do not hold is not compared."""
    for paper in subject.papers:
        for key, shown in paper.shows.items():
            facts = _facts(subject, key)
            if not facts or any(as_text(value) == as_text(shown) for value, _, _ in facts):
                continue
            value, place, entry = facts[-1]
            step = subject.step_of(entry) if entry else None
            yield Difference(paper, key, as_text(shown), as_text(value), paper.place("shows", key), place, step)


def not_compared(subject: Subject) -> Iterator[tuple[Paper, str]]:
    """Statements of papers for which the records hold nothing to compare: the paper and the key."""
    for paper in subject.papers:
        yield from ((paper, key) for key in paper.shows if key != SPONSORS and not _facts(subject, key))


def _facts(subject: Subject, key: str) -> list[tuple[Any, Place, Entry | None]]:
    """What the records hold under a key of `shows`, oldest first, with the entry it stands in."""
    name, _, field = key.partition(".")
    if not field and (own := subject.person.get(key)) is not None:
        return [(own, subject.person.place(key), None)]
    entries = [entry for entry in subject.entries if entry.step == name and subject.completed(entry)]
    found = [(entry.get(field or "date"), entry.place(field or "date"), entry) for entry in entries]
    return [(value, place, entry) for value, place, entry in found if value is not None]


def sponsor_sets(subject: Subject) -> Iterator[tuple[Paper, frozenset[str]]]:
    """The sponsors a paper names, as names."""
    for paper in subject.papers:
        shown = paper.shows.get(SPONSORS)
        if isinstance(shown, list):
            yield paper, frozenset(subject.name_of(reference_in(item)) for item in shown)


def recorded_sponsors(entry: Entry) -> list[Any]:
    value = entry.fields.get("sponsors")
    return [reference_in(item) for item in value] if isinstance(value, list) else []


def reference_in(item: Any) -> Any:
    """The id or outside person in an item of `sponsors` or `contacts`: `{person: …}`, an id, or `{name, unit}`."""
    return item["person"] if isinstance(item, dict) and "person" in item else item


def as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
