"""Who acts, in words, and the three families of actors that the flow colours."""

from __future__ import annotations

from generator.definitions.model import Procedure
from generator.views.conditions import Facts

_SELF = frozenset({"applicant", "person"})
_SUPERIOR = frozenset({"superior", "upper", "general_branch", "organiser", "envoy"})


def actor_label(procedure: Procedure, actor: str, facts: Facts) -> str:
    """The actor in words; where a branch has no committee, its general meeting acts in its place."""
    if actor == "committee" and facts.get("branch.has_committee") is False:
        return procedure.actors.get("general_meeting", "支部党员大会")
    return procedure.actors.get(actor, actor)


def actor_family(actor: str) -> str:
    """self, branch or superior."""
    return "self" if actor in _SELF else "superior" if actor in _SUPERIOR else "branch"
