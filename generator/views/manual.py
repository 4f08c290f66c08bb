"""The manual of one branch: what its attributes decide is decided, what they exclude is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from generator.definitions.model import Step
from generator.definitions.rules import Rules
from generator.definitions.tailoring import Tailoring
from generator.records.model import Branch, Committee, Organisation
from generator.views.branch_facts import branch_facts, tailor_for
from generator.views.calendar_items import TermCalendar
from generator.views.conditions import Facts, remaining
from generator.views.handbook import Handbook
from generator.views.limits import LOCAL, LimitText
from generator.views.record_fields import RecordFields
from generator.views.steps import StepView
from generator.views.tailoring import Tailor
from generator.views.term_calendar import CalendarSource
from generator.views.timing import Timing, timing

_APPROVES = "审批预备党员的接收和转正"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the sheet at the head of a manual."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask: functions of a body, and its office. Never a person."""

    body: str
    functions: str
    room: str
    contact: str


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase with the steps that apply to the reader."""

    id: str
    title: str
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class LocalRules:
    """What the profile of the branch adds. `settings`: what is decided, and how, where the profile says so."""

    title: str
    note: str
    source: str
    conflict: str
    required: tuple[str, ...]
    limits: tuple[tuple[str, str], ...]
    """Step, limit in words."""
    settings: tuple[tuple[str, str], ...]
    unchecked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manual:
    """Everything the page of a branch says. No person is in it: officers are functions, reached through the office."""

    id: str
    name: str
    kind: str
    setup: str
    approval: str
    rows: tuple[Row, ...]
    contacts: tuple[Contact, ...]
    reminders: tuple[str, ...]
    local: LocalRules | None
    calendar: TermCalendar
    phases: tuple[PhaseView, ...]

    @property
    def steps(self) -> tuple[StepView, ...]:
        return tuple(step for phase in self.phases for step in phase.steps)


def phases_of(handbook: Handbook, facts: Facts, tailor: Tailor | None = None) -> tuple[PhaseView, ...]:
    """The phases with the steps that apply to a reader of whom `facts` are known; a phase without any is left out."""
    present = {step.id: step for step in handbook.steps(facts)}
    views = (
        PhaseView(p.id, p.title, tuple(handbook.view(present[s], facts) for s in p.steps if s in present))
        for p in handbook.procedure.phases
    )
    found = tuple(view for view in views if view.steps)
    return tailor.view(found) if tailor else found


@dataclass(frozen=True)
class ManualSource:
    """What the manuals of an organisation are made of. `bodies`: id of a Party body → its name."""

    organisation: Organisation
    committees: Mapping[str, Committee]
    bodies: Mapping[str, str]
    fields: RecordFields
    tailoring: Tailoring
    settings: Callable[[str, Any], tuple[str, str]]
    """Id and value of a setting → what it decides, and how."""
    calendar: CalendarSource
    as_of: date

    def manual(self, branch: Branch, rules: Rules, handbook: Handbook, phases: tuple[PhaseView, ...]) -> Manual:
        """The manual of `branch`, whose phases are already tailored."""
        committee = self.committees[branch.committee]
        facts = branch_facts(committee, branch, rules)
        tailor = tailor_for(self.tailoring, facts)
        steps = {step.id: step for step in handbook.steps(facts)}
        kind = self.fields.branch_word("kind", branch.fields.get("kind", ""))
        setup, approval = _setup(facts, "has_committee" in branch.fields), self._approval(committee)
        bodies = ((committee.name, committee.fields), ("本支部", branch.fields))
        rows = (
            Row("上级党组织", committee.name),
            Row("人员类别", kind),
            Row("组织设置", setup),
            Row("审批", approval),
            Row("平台", rules.platform.title if rules.platform else "未使用平台"),
            Row("规则", rules.profile.title),
            Row("主题党日", branch.fields.get("meeting_day", "")),
        )
        return Manual(
            branch.id,
            branch.name,
            kind,
            setup,
            approval,
            tuple(row for row in rows if row.value),
            tuple(self._contacts(committee, branch)),
            tuple(self._reminders(committee, facts)),
            tailor.view(self._local(rules, handbook, steps, facts)),
            tailor.view(self.calendar.calendar(rules, steps, handbook.words, facts, handbook.link_step, bodies)),
            phases,
        )

    def _approval(self, committee: Committee) -> str:
        if committee.may_approve:
            return f"{committee.name}审批"
        return f"{committee.name}审议，{self._above(committee).body}审批"

    def _above(self, committee: Committee) -> Contact:
        """The body that approves what the committee may not, and its office."""
        through = committee.fields.get("approves_through")
        if isinstance(through, Mapping):
            return Contact(through.get("name") or self.organisation.name, _APPROVES, "", "")
        if (other := self.committees.get(str(through))) is not None:
            return self._contact(other)
        upper = self.organisation.fields.get("upper_bodies") or ()
        known: Mapping[str, Any] = next((body for body in upper if body.get("id") == through), {})
        functions = str(known.get("role", _APPROVES))
        name = self.bodies.get(str(through)) or self.organisation.name
        return Contact(name, functions, *_office(known or self.organisation.fields))

    def _contacts(self, committee: Committee, branch: Branch) -> list[Contact]:
        own = (self._contact(branch), self._contact(committee))
        found = [contact for contact in own if contact.functions or contact.room or contact.contact]
        return found if committee.may_approve else [*found, self._above(committee)]

    def _contact(self, body: Branch | Committee) -> Contact:
        return Contact(body.name, self._functions(body), *_office(body.fields))

    def _functions(self, body: Branch | Committee) -> str:
        """The functions held on the as-of day, in the order of the schema."""
        held = {
            officer.get("function")
            for officer in cast(Sequence[Mapping[str, Any]], body.fields.get("officers") or ())
            if officer.get("from", date.min) <= self.as_of <= officer.get("to", date.max)
        }
        words = self.fields.types["officers"]["schema"]["schema"]["function"]["values"]
        return "、".join(str(word) for function, word in words.items() if function in held)

    def _reminders(self, committee: Committee, facts: Facts) -> list[str]:
        found = [each.text for each in self.tailoring.reminders if remaining(each.when, facts) == {}]
        if not committee.may_approve:
            body = "党总支" if facts["committee.type"] == "general_branch" else "党委"
            above = self._above(committee).body
            found.insert(
                0,
                f"上级{body}没有审批预备党员的权限：接收由{committee.name}审议，再报{above}审批；转正经{committee.name}报{above}审批。",
            )
        return found

    def _local(self, rules: Rules, handbook: Handbook, steps: Mapping[str, Step], facts: Facts) -> LocalRules | None:
        profile = rules.profile
        limits = tuple(
            (step.title, text.text)
            for step in steps.values()
            for text in _limits(timing(step, handbook.words, facts))
            if text.layer == LOCAL
        )
        required = tuple(steps[key].title for key in profile.require if key in steps)
        settings = tuple(self.settings(key, value) for key, value in profile.stated.items())
        if not (limits or required or settings):
            return None
        return LocalRules(
            profile.title,
            profile.note,
            profile.source,
            profile.conflict,
            required,
            limits,
            settings,
            profile.unchecked,
        )


def _limits(found: Timing) -> tuple[LimitText, ...]:
    return (*found.earliest, *found.latest, *found.others)


def _office(fields: Mapping[str, Any]) -> tuple[str, str]:
    """Room and how to reach it; empty where nothing is recorded."""
    office = cast(Mapping[str, str], fields.get("office") or {})
    return office.get("room", ""), office.get("contact", "")


def _setup(facts: Facts, stated: bool) -> str:
    """`stated`: whether the file of the branch says if it has a committee."""
    committee = "设支委会" if facts["branch.has_committee"] else "不设支委会"
    parts = [
        committee if stated else f"支委会没有写明（按{committee}）",
        "划分党小组" if facts["branch.has_groups"] else "未划分党小组",
    ]
    return "，".join([*parts, *(["临时党支部"] if facts["branch.temporary"] else [])])
