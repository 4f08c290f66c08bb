"""Conditions: attribute → allowed values. Keys are joined by AND, the values of a key by OR."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.definitions.model import Condition


def matches(condition: Condition, attributes: Mapping[str, Any]) -> bool:
    """Whether every attribute named has one of its allowed values.

    What is not recorded counts as false. A list as attribute matches when any of its items does.
    """
    return all(allows(allowed, attributes.get(name)) for name, allowed in condition.items())


def allows(allowed: tuple[Any, ...], value: Any) -> bool:
    """Whether a value is one of the allowed ones."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return any(allows(allowed, item) for item in value)
    asked = canonical(value)
    return any(canonical(item) == asked for item in allowed)


def canonical(value: Any) -> str:
    """Text by which typed values and the text of a definition file are compared; nothing is the same as false."""
    if isinstance(value, bool) or value is None:
        return "true" if value else "false"
    return str(value)
