"""The handbook by role: in each stage of a person the steps in which one acts, signs, is appointed or takes part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.audit.register import all_rules
from generator.definitions.model import DOUBTS, Limit, Procedure, Step
from generator.definitions.papers import Material
from generator.definitions.platform import Platform
from generator.definitions.recurring import RecurringDuty
from generator.definitions.roles import Role, Task
from generator.diagnostics import Severity
from generator.views.limits import LimitText, Words
from generator.views.steps import Link, Paper, StepView
from generator.views.timing import timing

SHARED = "支部分工"
"""What the branch does, and no source gives to one member of its committee."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a role does at a step: 办理, 签名 …, in words, with the source where the procedure itself does not say it."""

    label: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class RoleStep:
    """A step as one role sees it. `settled`: it is known to be this role's; else the branch decides who does it."""

    view: StepView
    parts: tuple[Part, ...]
    settled: bool
    optional: bool
    earliest: tuple[LimitText, ...]
    latest: tuple[LimitText, ...]
    papers: tuple[Paper, ...]
    pitfalls: tuple[Link, ...]
    """Faults of the step that are up to this role."""
    ready: tuple[tuple[str, str], ...]
    """What must be at hand, by kind: (人, …), (材料, …)."""


@dataclass(frozen=True, slots=True)
class RoleStage:
    """The steps while a person is in one stage. `first`: what comes first, unless it is done already."""

    id: str
    title: str
    first: RoleStep
    steps: tuple[RoleStep, ...]

    @property
    def rest(self) -> tuple[RoleStep, ...]:
        """What comes besides the first: it is told once."""
        return tuple(step for step in self.steps if step is not self.first)


@dataclass(frozen=True, slots=True)
class Recurring:
    """A duty that comes back. `asked_by`: 全国规定, a platform or the local rules of some branches."""

    step: Link
    text: str
    asked_by: str
    article: str


@dataclass(frozen=True, slots=True)
class RolePage:
    role: Role
    stages: tuple[RoleStage, ...]
    recurring: tuple[Recurring, ...]
    never: tuple[Link, ...]
    """Faults that the check calls errors, over all its steps."""
    others: tuple[Link, ...]
    """Steps outside the numbered ones that are this role's."""

    @property
    def path(self) -> str:
        return role_page(self.role.id)


def role_page(role: str) -> str:
    return f"roles/{role}.md"


@dataclass(frozen=True)
class RoleSource:
    """What the pages are made of. `views`: step id → view; `rule_sets`: who asks → a procedure with that layer folded in;
    `duties`: what comes round every year besides."""

    procedure: Procedure
    materials: Mapping[str, Material]
    platforms: tuple[Platform, ...]
    views: Mapping[str, StepView]
    words: Words
    rule_sets: tuple[tuple[str, Procedure], ...]
    duties: tuple[RecurringDuty, ...]
    link_step: Callable[[str], str]
    link_rule: Callable[[str], Link | None]

    def page(self, role: Role) -> RolePage:
        numbered = [s for s in self.procedure.steps.values() if s.number is not None and s.duty]
        mine = [(step, made) for step in numbered if (made := self._step(role, step)) is not None]
        stages = []
        for stage in self.procedure.stages:
            last = stage is self.procedure.stages[-1]
            here = [made for step, made in mine if step.stage == stage.id or (last and step.stage is None)]
            if here and (not role.stages or stage.id in role.stages or (last and role.own)):
                stages.append(RoleStage(stage.id, stage.title, _first(here), tuple(here)))
        steps = [made for stage in stages for made in stage.steps]
        return RolePage(
            role,
            tuple(stages),
            tuple(self._recurring(role, {made.view.id for made in steps})),
            tuple(self._never(steps)),
            tuple(
                Link(s.title, self.link_step(s.id))
                for s in self.procedure.steps.values()
                if s.number is None and s.actor in role.actors
            ),
        )

    def _step(self, role: Role, step: Step) -> RoleStep | None:
        view = self.views.get(step.id)
        if view is None or (role.stages and step.stage not in role.stages):
            return None
        acts, tasks, signed = step.actor in role.actors, role.task_at(step.id), self._signed(role, step)
        parts = [*self._acting(role, step, acts, tasks), *_tasks(tasks), *self._audits(role, step)]
        if signed:
            parts.append(Part("签名", "、".join(signed)))
        if not parts:
            return None
        settled = bool(tasks or signed) or not role.shared
        own = timing(replace(step, limits=tuple(one for one in step.limits if _binds(role, one))), self.words, {})
        return RoleStep(
            view,
            tuple(parts),
            settled,
            step.optional,
            own.earliest,
            own.latest,
            # The branch's own lists are no business of the person who is being admitted.
            tuple(view.papers) if acts and not role.own else tuple(p for p in view.papers if p.title in signed),
            self._pitfalls(step, acts, tasks),
            tuple((label, text) for label, _, text in (line.partition("：") for line in step.prepare)) if acts else (),
        )

    def _acting(self, role: Role, step: Step, acts: bool, tasks: tuple[Task, ...]) -> Iterator[Part]:
        if any(limit.params.get("field") in role.appointed for limit in step.limits):
            yield Part("由我担任", step.purpose)
        if acts and not (role.shared and tasks):
            yield Part(SHARED if role.shared else "办理", step.purpose)

    def _signed(self, role: Role, step: Step) -> list[str]:
        codes = (paper.code for paper in step.materials if paper.code not in role.later)
        papers = (self.materials[code] for code in codes if code in self.materials)
        return [paper.title for paper in papers if set(role.signs) & set(paper.signers)]

    def _audits(self, role: Role, step: Step) -> Iterator[Part]:
        if role.audits:
            for platform in self.platforms:
                for n, at, remark in platform.audits:
                    if at == step.id:
                        yield Part("平台审核", f"{platform.title}第 {n} 次审核", remark)

    def _pitfalls(self, step: Step, acts: bool, tasks: tuple[Task, ...]) -> tuple[Link, ...]:
        codes = step.pitfalls if acts else tuple(code for task in tasks for code in task.pitfalls)
        return tuple(link for code in dict.fromkeys(codes) if (link := self.link_rule(code)))

    def _never(self, steps: Iterable[RoleStep]) -> Iterator[Link]:
        rules, said = all_rules(), set()
        for link in (link for made in steps for link in made.pitfalls):
            code = link.title.partition(" ")[0]
            if code not in said and rules[code].severity is Severity.ERROR:
                said.add(code)
                yield link

    def _recurring(self, role: Role, steps: set[str]) -> Iterator[Recurring]:
        said: set[tuple[str, str]] = set()
        for asked_by, procedure in self.rule_sets:
            mine = (key for key in self.procedure.steps if key in steps and key in procedure.steps)
            for step in (procedure.steps[key] for key in mine):
                for limit in step.limits:
                    text = self.words.limit(step.id, limit)
                    if limit.rule == "every" and _binds(role, limit, step) and (step.id, text.text) not in said:
                        said.add((step.id, text.text))
                        yield Recurring(Link(step.title, self.link_step(step.id)), text.text, asked_by, text.article)
        named = {step for step, _ in said}
        for duty in self.duties:
            known = not duty.step or self.procedure.steps[duty.step].number is None or duty.step in steps
            if duty.actor in role.actors and duty.step not in named and known:
                link = Link(duty.title, self.link_step(duty.step) if duty.step else "")
                yield Recurring(link, duty.text, duty.basis.cite() if duty.basis else "", "")


def _tasks(tasks: Iterable[Task]) -> Iterator[Part]:
    for task in tasks:
        yield Part("要做", task.text, "，".join(filter(None, (task.source, DOUBTS[task.confidence]))))


def _binds(role: Role, limit: Limit, step: Step | None = None) -> bool:
    """Whether a periodic limit is about entries that this role writes: by its condition on `by`, else by who does the step."""
    writers = limit.params.get("where", {}).get("by") if limit.rule == "every" else None
    if writers is not None:
        return bool(set(role.by) & set(writers))
    return step is None or step.actor in role.actors


def _first(steps: list[RoleStep]) -> RoleStep:
    return next((step for step in steps if not step.optional), steps[0])
