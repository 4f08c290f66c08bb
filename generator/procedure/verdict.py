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
HINTS = {
    "within": "核对日期；还没有办的尽快办理，确已超期的如实记录，写明原因。",
    "not_before": "核对日期；确实过早的，到期后重新办理。",
    "every": "办过的补记；没有办的不得补写，从现在起按期办理。",
    "duration": "核对天数和学时；确实不足的补足。",
    "workdays": "核对起止日期；确实不足的重新办理。",
    "span": "核对起止日期；确实不足的重新办理。",
    "count": "核对记录；确实不合要求的补齐。",
    "standing": "核对日期和党员身份；确实不符合的，另行确定。",
    "age": "核对出生日期。",
    "value": "核对记录。",
}
"""Rule → what to do where a limit does not say it itself."""


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
