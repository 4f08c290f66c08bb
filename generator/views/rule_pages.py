"""The rules by page: development rules under the phase whose steps name them, the others under the prefix of their code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.audit.register import all_rules
from generator.audit.rule import LAYER_LABELS, Rule
from generator.definitions.model import Procedure, Step
from generator.views.steps import Link

_PREFIXES = {
    "YML": ("format", "文件格式"),
    "SCH": ("format", "文件格式"),
    "REF": ("references", "引用与编号"),
    "SEC": ("privacy", "个人信息"),
    "TRF": ("transfer", "组织关系转接"),
    "ORG": ("organisers", "组织员"),
    "BRN": ("branch", "支部工作"),
}
_GENERAL = ("general", "全程通用")


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """One page of rules."""

    id: str
    title: str
    rules: tuple[Rule, ...]

    @property
    def path(self) -> str:
        return f"rules/{self.id}.md"


@dataclass(frozen=True)
class RuleBook:
    """All groups, and the page of each code."""

    groups: tuple[RuleGroup, ...]
    pages: Mapping[str, tuple[Rule, str]]

    def link(self, code: str) -> Link | None:
        """Title and page of a code, None for a code that is not registered."""
        found = self.pages.get(code)
        return Link(f"{code} {found[0].title}", f"{found[1]}#{code.lower()}") if found else None


def rule_book(procedures: Iterable[Procedure]) -> RuleBook:
    """The register in the order of the procedure: phases first, then what holds throughout, then the other prefixes."""
    first_phase: dict[str, tuple[str, str]] = {}
    order: list[tuple[str, str]] = []
    for procedure in procedures:
        for phase in procedure.phases:
            page = (phase.id, phase.title)
            if page not in order:
                order.append(page)
            for step in phase.steps:
                for code in codes_of(procedure.steps[step]):
                    first_phase.setdefault(code, page)
    order += [_GENERAL, *dict.fromkeys(_PREFIXES.values())]
    members: dict[tuple[str, str], list[Rule]] = {page: [] for page in order}
    for rule in all_rules().values():
        members[_PREFIXES.get(rule.code[:3]) or first_phase.get(rule.code, _GENERAL)].append(rule)
    groups = tuple(RuleGroup(page[0], page[1], tuple(rules)) for page, rules in members.items() if rules)
    return RuleBook(groups, {rule.code: (rule, group.path) for group in groups for rule in group.rules})


def layer_label(rule: Rule) -> str:
    return LAYER_LABELS[rule.layer]


def codes_of(step: Step) -> tuple[str, ...]:
    """The rules that belong to a step: those it names, then those of its limits and predecessors."""
    # DEV1xx codes are given by the engine to any step; they belong to no phase.
    named = [
        *step.pitfalls,
        *(limit.code for limit in step.limits),
        *(c for a in step.after for c in (a.order, a.missing)),
    ]
    return tuple(code for code in dict.fromkeys(named) if not code.startswith("DEV1"))
