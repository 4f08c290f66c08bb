"""A branch by what a user calls it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from generator.diagnostics import JishiError
from generator.records.model import Branch

_OFFERED = 8


def branch_named(branches: Mapping[str, Branch], wanted: str) -> str:
    """The id itself. Raises JishiError with those of this name, or the nearest, when it is no branch's id."""
    if wanted in branches:
        return wanted
    named = [branch.id for branch in branches.values() if branch.name == wanted]
    near = named or get_close_matches(wanted, sorted(branches), n=3, cutoff=0.5) or sorted(branches)[:_OFFERED]
    offered = "、".join(f"{id}（{branches[id].name}）" for id in near)
    raise JishiError(f"没有支部“{wanted}”", f"可选：{offered}" if offered else "")
