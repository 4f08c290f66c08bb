"""What is known of a person who came with a history (`baseline`): steps before it are unknown, not missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.diagnostics import Place
from generator.procedure.book import Edition
from generator.procedure.conditions import dig
from generator.records.model import Person

STAGE_KEYS = {
    "applicant": "applied",
    "activist": "activist_since",
    "target": "target_since",
    "probationary": "admitted",
    "full": "full_since",
}
"""Stage → the key of `baseline` that dates it."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The stated history: arrival, stage on arrival, and the day each stage counts from."""

    arrived: date | None
    stage: str | None
    since: Mapping[str, date]
    places: Mapping[str, Place]
    applied: date | None
    probation_start: date | None
    probation_end: date | None


def baseline_of(person: Person, edition: Edition) -> Baseline | None:
    """None when the record has no baseline. Without `status`, the latest dated stage counts."""
    stated = person.get("baseline")
    if not isinstance(stated, Mapping) or not stated:
        return None

    def day(path: str) -> date | None:
        value = dig(stated, path)
        return value if isinstance(value, date) else None

    since = {stage: found for stage, key in STAGE_KEYS.items() if (found := day(key)) is not None}
    places = {stage: person.place("baseline", key) for stage, key in STAGE_KEYS.items() if stage in since}
    stage = stated.get("status")
    if not isinstance(stage, str) or stage not in edition.stages:
        stage = max((s for s in since if s in edition.stages), key=lambda s: edition.stages[s], default=None)
    return Baseline(
        arrived=day("arrived"),
        stage=stage,
        since=since,
        places=places,
        applied=day("applied"),
        probation_start=day("probation.from") or day("admitted"),
        probation_end=day("probation.to"),
    )
