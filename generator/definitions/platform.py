"""What a national platform asks for beyond the procedure: menus, operations, limits of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.definitions.model import Condition, Confidence, Limit


@dataclass(frozen=True, slots=True)
class Menu:
    """A part of a platform, as its own menus show it. `path`: what to click, from the entry of the platform on."""

    id: str
    title: str
    path: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """Something done on a platform, at a step or (step None) beside the procedure."""

    id: str
    title: str
    text: str
    """What it is for, in one sentence."""
    menu: str
    """Id of the menu it is found under; the platform's page lists operations by menu, in the order of the file."""
    how: tuple[str, ...]
    """What to do, one action each."""
    step: str | None = None
    who: str = ""
    where: tuple[str, ...] = ()
    """What to click, from the menu on."""
    enter: tuple[str, ...] = ()
    """Fields to fill in."""
    attach: tuple[str, ...] = ()
    """Files to upload."""
    checks: str = ""
    """What the platform checks."""
    result: str = ""
    """What is different afterwards."""
    refused: str = ""
    """What follows when it is refused, or when the answer is no."""
    often: str = ""
    """How often; empty: once."""
    after: tuple[str, ...] = ()
    """Operations of the same platform that come first."""
    when: Condition = field(default_factory=dict)
    """Branches that have it to do; empty: all."""
    confidence: Confidence = "certain"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the platform and its users ask around the time people leave. `register_by` and `receipts_by` are (month, day) of the year
    of leaving."""

    through_month: int
    """Month of the year of leaving up to which cultivation and probation are kept up to date."""
    letter_days: int
    """Natural days for which a letter, or the transfer on the platform, is valid unless it says otherwise."""
    register_by: tuple[int, int]
    """The list of graduates and where they go."""
    receipts_by: tuple[int, int]
    paper_receipt: tuple[str, ...]
    """Routes on which the receipt comes back on paper."""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Platform:
    """灯塔, 党员E先锋: operations, audits, and limits added to steps (layer `platform`)."""

    id: str
    title: str
    operations: tuple[Operation, ...]
    audits: tuple[tuple[int, str, str], ...]
    """(n, step id, remark) of the platform's audits; 灯塔 has eight, marked 待本校核实."""
    limits: Mapping[str, tuple[Limit, ...]]
    """Step id → limits."""
    note: str = ""
    require: tuple[str, ...] = ()
    """Steps the platform asks for although they are optional nationally."""
    audit_days: int = 0
    """Days after a step within which its audit is expected."""
    exams: tuple[str, ...] = ()
    """Steps whose examination must be passed before the procedure goes on."""
    leaving: Leaving | None = None
    menus: tuple[Menu, ...] = ()
