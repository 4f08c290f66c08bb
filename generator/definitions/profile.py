"""Local rules, and the switches that they may set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.definitions.model import Limit
from generator.diagnostics import RuleOrigin, Severity


@dataclass(frozen=True, slots=True)
class Setting:
    """An interpretation switch: what it decides, the default, and its values: words with what each means, or whole numbers in a range."""

    id: str
    title: str
    default: Any
    values: Mapping[str, str] = field(default_factory=dict)
    """Word → what it means; empty: a whole number from `least` to `most`, counted in `unit`."""
    note: str = ""
    unit: str = ""
    least: int = 0
    most: int = 9999
    codes: tuple[str, ...] = ()
    """Codes of the rules in Python that read it; limits that name it say so themselves."""
    touches: tuple[str, ...] = ()
    """Kinds of limits, or parameters of limits, that it bears upon wherever they stand."""

    @property
    def allowed(self) -> tuple[str, ...]:
        return tuple(self.values)


@dataclass(frozen=True, slots=True)
class Profile:
    """A local rule set. `settings` are the interpretation switches; `require` and `drop` name steps made required or not applicable;
    `limits` are added (layer `local`); `enable` switches local audit codes on; `severity` overrides by code."""

    id: str
    title: str
    settings: Mapping[str, Any]
    """Complete: what the profile does not say is the default of `national`."""
    require: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    """Steps never asked for here; only steps that are optional nationally."""
    limits: Mapping[str, tuple[Limit, ...]] = field(default_factory=dict)
    enable: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    note: str = ""
    include: tuple[str, ...] = ()
    """Profiles that this one is put together from; their parts are already among its own."""
    stated: Mapping[str, Any] = field(default_factory=dict)
    """The settings that the profile itself states, or takes over from those it includes."""
    source: str = ""
    """Where such a rule is found, as a hint that it has to be checked with one's own school."""
    conflict: str = ""
    """What in it stands against the national rules, which stay in force beside it."""
    unchecked: tuple[str, ...] = ()
    """What the rule also says, but no record shows or no limit can express."""
    named: Mapping[str, RuleOrigin] = field(default_factory=dict)
    """Every code it names, and where: whether there is such a code, only the register knows."""

    @property
    def sets_apart(self) -> bool:
        """Every step is wanted on a later day than the one before it."""
        return self.settings.get("same_day") == "warn"
