"""What one limit says about one entry, or about a step that is absent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from generator.definitions.model import Limit
from generator.diagnostics import Place, Related, Severity
from generator.procedure.progress import Deadline


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that does not hold. `severity` None: the limit's own; `anchor`: the earlier of the two days compared."""

    code: str
    message: str
    place: Place
    severity: Severity | None = None
    related: tuple[Related, ...] = ()
    anchor: date | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Breaches of one limit; for an absent step also the days it sets."""

    breaches: tuple[Breach, ...] = ()
    earliest: Deadline | None = None
    latest: Deadline | None = None
    anchor: date | None = None
    """The day the deadlines count from."""
    anchor_index: int | None = None
    turns: tuple[date, ...] = field(default=())
    """Days on which the verdict about an absent step may change."""


CLEAN = Verdict()


def related(place: Place | None, message: str) -> tuple[Related, ...]:
    return () if place is None else (Related(place, message),)


def number(limit: Limit, name: str) -> int | None:
    """A whole number among the parameters; None when absent or not a number."""
    value = limit.params.get(name)
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    return None


def own_field(limit: Limit, name: str, default: str) -> str:
    """The name of a field of the entry itself, written plainly or as `own.…`."""
    value = limit.params.get(name)
    return str(value).removeprefix("own.") if value else default
