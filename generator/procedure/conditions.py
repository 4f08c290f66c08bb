"""Conditions of the procedure: attribute → allowed values; keys AND, values OR."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from generator.definitions.conditions import allows
from generator.definitions.model import Condition
from generator.records.model import Entry


class Facts(Protocol):
    """What a condition can ask about, besides the entry at hand."""

    def attribute(self, key: str) -> Any:
        """Value of `branch.…`, `committee.…`, `organisation.…`, `person.…`, `profile.…`; None when not stated."""

    def at(self, branch: str) -> Facts:
        """The same person while in another branch."""


NAMESPACES = frozenset({"branch", "committee", "organisation", "person", "profile"})


def dig(fields: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path in nested mappings; None when absent."""
    value: Any = fields
    for key in path.split("."):
        if not isinstance(value, Mapping) or key not in value:
            return None
        value = value[key]
    return value


def holds(condition: Condition, facts: Facts, entry: Entry | None = None) -> bool:
    """All keys match. Bare names are fields of the entry; without an entry they do not match (unless false is allowed)."""
    for key, allowed in condition.items():
        own = entry.get(key) if entry is not None else None
        value = facts.attribute(key) if key.partition(".")[0] in NAMESPACES else own
        if not allows(allowed if isinstance(allowed, tuple) else (allowed,), value):
            return False
    return True


def may_hold(condition: Condition, facts: Facts) -> bool:
    """Whether the condition can still hold for an entry not yet made: what it asks of entry fields is left open."""
    outer = {key: allowed for key, allowed in condition.items() if key.partition(".")[0] in NAMESPACES}
    return holds(outer, facts)


def about_entry(condition: Condition) -> bool:
    """Whether the condition asks about fields of the entry."""
    return any(key.partition(".")[0] not in NAMESPACES for key in condition)


def recorded(condition: Condition, entry: Entry) -> bool:
    """Whether any of the entry fields the condition asks about is recorded."""
    return any(entry.get(key) is not None for key in condition if key.partition(".")[0] not in NAMESPACES)
