"""The manual of one branch: what its attributes decide is decided, what they exclude is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.definitions.model import Rules
from generator.records.model import Branch, Committee, Organisation
from generator.views.conditions import Facts
from generator.views.handbook import Handbook
from generator.views.record_fields import RecordFields
from generator.views.steps import StepView


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the sheet at the head of a manual."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase with the steps that apply to the reader."""

    id: str
    title: str
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class Manual:
    """Everything the page of a branch says. No person is in it: officers are functions, reached through the office."""

    id: str
    name: str
    kind: str
    setup: str
    approval: str
    rows: tuple[Row, ...]
    reminders: tuple[str, ...]
    phases: tuple[PhaseView, ...]


def branch_facts(organisation: Organisation, committee: Committee, branch: Branch, rules: Rules) -> dict[str, Any]:
    """Attributes of a branch that the conditions of definitions may ask for."""
    facts: dict[str, Any] = {
        f"branch.{key}": value for key, value in branch.fields.items() if isinstance(value, str | bool)
    }
    facts.setdefault("branch.has_committee", True)
    facts.setdefault("branch.has_groups", bool(branch.fields.get("groups")))
    facts.setdefault("branch.temporary", False)
    facts["committee.type"] = committee.fields.get("type")
    facts["committee.may_approve"] = committee.may_approve
    if rules.platform:
        facts["organisation.platform"] = rules.platform.id
    return facts | {f"profile.{key}": value for key, value in rules.profile.settings.items()}


def phases_of(handbook: Handbook, facts: Facts) -> tuple[PhaseView, ...]:
    """The phases with the steps that apply to a reader of whom `facts` are known; a phase without any is left out."""
    present = {step.id: step for step in handbook.steps(facts)}
    views = (
        PhaseView(p.id, p.title, tuple(handbook.view(present[s], facts) for s in p.steps if s in present))
        for p in handbook.procedure.phases
    )
    return tuple(view for view in views if view.steps)


def manual_of(
    organisation: Organisation,
    committee: Committee,
    branch: Branch,
    rules: Rules,
    handbook: Handbook,
    fields: RecordFields,
    names: Mapping[str, str],
) -> Manual:
    """The manual of `branch`. `names`: id of a Party body → its name."""
    facts = branch_facts(organisation, committee, branch, rules)
    kind = fields.branch_word("kind", branch.fields.get("kind", ""))
    setup = _setup(facts)
    approval = _approval(organisation, committee, names)
    office = branch.fields.get("office") or {}
    rows = [
        Row("上级党组织", committee.name),
        Row("人员类别", kind),
        Row("组织设置", setup),
        Row("审批", approval),
        Row("平台", rules.platform.title if rules.platform else "未使用平台"),
        Row("规则", rules.profile.title),
        Row("支部委员", _functions(branch, fields)),
        Row("办公地点", office.get("room", "")),
        Row("联系方式", office.get("contact", "")),
        Row("主题党日", branch.fields.get("meeting_day", "")),
    ]
    return Manual(
        branch.id,
        branch.name,
        kind,
        setup,
        approval,
        tuple(row for row in rows if row.value),
        tuple(_reminders(facts, approval)),
        phases_of(handbook, facts),
    )


def _setup(facts: Facts) -> str:
    parts = [
        "设支委会" if facts["branch.has_committee"] else "不设支委会",
        "划分党小组" if facts["branch.has_groups"] else "未划分党小组",
    ]
    return "，".join([*parts, *(["临时党支部"] if facts["branch.temporary"] else [])])


def _approval(organisation: Organisation, committee: Committee, names: Mapping[str, str]) -> str:
    if committee.may_approve:
        return f"{committee.name}审批"
    through = committee.fields.get("approves_through")
    body = through.get("name", "") if isinstance(through, Mapping) else names.get(str(through), "") if through else ""
    return f"{committee.name}审议，{body or organisation.name}审批"


def _functions(branch: Branch, fields: RecordFields) -> str:
    held = [
        o.get("function") for o in branch.fields.get("officers") or () if isinstance(o, Mapping) and not o.get("to")
    ]
    words = fields.types["officers"]["schema"]["schema"]["function"]["values"]
    names = [str(words.get(function, function)) for function in words if function in held]
    return f"{'、'.join(names)}（联系支部办公室）" if names else ""


def _reminders(facts: Facts, approval: str) -> list[str]:
    found = []
    if not facts["branch.has_committee"]:
        found.append("本支部不设支委会：凡由支委会研究的事项，由支部党员大会讨论决定，会议记录照样单独形成。")
    if not facts["committee.may_approve"]:
        found.append(f"上级党总支没有审批预备党员的权限：接收和转正须{approval.replace('，', '，再报')}。")
    if facts["branch.temporary"]:
        found.append("临时党支部不发展党员、不办理预备党员转正，相关手续回原支部办理。")
    return found
