"""Short forms of the procedure files, spelled out before they are checked: a bare step or paper, a whole list in an extension."""

from __future__ import annotations

from typing import Any

WHOLE = "whole"
"""Key under which an extension's whole list is put, so that both of its forms are mappings."""

_NAMES = {"after": "step", "materials": "code"}
_EDITED = ("after", "limits", "materials")


def spell_out(data: dict[str, Any]) -> dict[str, Any]:
    """A copy of a procedure file in which every item is a mapping; other files come back as they are."""
    steps = data.get("steps")
    if not isinstance(steps, list):
        return data
    return {**data, "steps": [_step(step, "extends" in data) for step in steps]}


def _step(step: Any, extension: bool) -> Any:
    if not isinstance(step, dict):
        return step
    result = dict(step)
    for key in _EDITED:
        if key not in step:
            continue
        value, name = step[key], _NAMES.get(key, "")
        if isinstance(value, list):
            whole = _items(value, name)
            result[key] = {WHOLE: whole} if extension else whole
        elif isinstance(value, dict):
            result[key] = {word: part if word == "remove" else _items(part, name) for word, part in value.items()}
    return result


def _items(values: Any, name: str) -> Any:
    if not isinstance(values, list) or not name:
        return values
    return [{name: value} if isinstance(value, str) else value for value in values]
