"""What is known of a branch from its attributes, and how texts read there."""

from __future__ import annotations

from typing import Any

from generator.definitions.rules import Rules
from generator.definitions.tailoring import Tailoring
from generator.procedure.context import UNLESS_STATED
from generator.records.model import Branch, Committee
from generator.views.conditions import Facts
from generator.views.tailoring import Tailor

_SEVERAL_KINDS = {"mixed": ("undergraduate", "postgraduate", "teacher", "staff")}
"""A kind of branch with people of several kinds."""


def branch_facts(committee: Committee, branch: Branch, rules: Rules) -> dict[str, Any]:
    """Attributes of a branch that the conditions of definitions may ask for; of several kinds of people each is one."""
    stated = {**UNLESS_STATED, **branch.fields}
    facts: dict[str, Any] = {f"branch.{key}": value for key, value in stated.items() if isinstance(value, str | bool)}
    facts.setdefault("branch.has_groups", bool(branch.fields.get("groups")))
    facts.setdefault("branch.temporary", False)
    kind = facts.get("branch.kind", "")
    facts["branch.kind"] = facts["person.category"] = _SEVERAL_KINDS.get(kind, kind)
    facts["committee.type"] = committee.fields.get("type")
    facts["committee.may_approve"] = committee.may_approve
    if rules.platform:
        facts["organisation.platform"] = rules.platform.id
    return facts | {f"profile.{key}": value for key, value in rules.profile.settings.items()}


def kind_of(facts: Facts, rules: Rules) -> tuple[object, ...]:
    """What tells kinds of branches apart: those that agree in it have the same steps, and read the same texts."""
    names = ("branch.kind", "branch.has_committee", "branch.has_groups", "branch.temporary")
    found = (facts.get(name) for name in (*names, "committee.type", "committee.may_approve"))
    return (rules.platform.id if rules.platform else "", rules.profile.id, *found)


def tailor_for(tailoring: Tailoring, facts: Facts) -> Tailor:
    """Phrases of one kind of people are said otherwise only where the branch has no other kind."""
    several = isinstance(facts.get("branch.kind"), tuple)
    known = {key: value for key, value in facts.items() if not (several and key == "branch.kind")}
    return Tailor(tailoring.wording, known)
