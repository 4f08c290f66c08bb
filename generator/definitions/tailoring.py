"""What a manual of one branch says otherwise than the handbook for everybody (schema/tailoring.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.definitions.model import Condition
from generator.definitions.parts import condition
from generator.definitions.source import Shelf
from generator.definitions.typed import typed

FILE = "schema/tailoring.yaml"


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a branch of this kind must mind."""

    when: Condition
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Phrases that read otherwise in such a branch; those with nothing in their place are left out."""

    when: Condition
    instead: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tailoring:
    reminders: tuple[Reminder, ...]
    wording: tuple[Wording, ...]


def load_tailoring(shelf: Shelf) -> Tailoring:
    """Raises JishiError with file and line for the first fault."""
    data = typed(shelf.read(FILE), "TAILORING")
    return Tailoring(
        tuple(Reminder(condition(each["when"]), each["text"].strip()) for each in data.get("reminders", [])),
        tuple(_wording(each) for each in data.get("wording", [])),
    )


def _wording(data: dict[str, Any]) -> Wording:
    return Wording(condition(data["when"]), {**data.get("instead", {}), **dict.fromkeys(data.get("without", []), "")})
