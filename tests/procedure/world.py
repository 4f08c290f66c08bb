"""Builds people, rules and contexts in memory for the tests of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from generator.definitions.load import load_definitions
from generator.definitions.model import (
    After,
    Limit,
    Period,
    Phase,
    Procedure,
    Ref,
    Stage,
    Step,
    StepMaterial,
    Transition,
)
from generator.definitions.papers import Material
from generator.definitions.profile import Profile
from generator.definitions.rules import Rules
from generator.diagnostics import Diagnostic, Place
from generator.procedure.calendar import WorkCalendar
from generator.procedure.evaluate import evaluate
from generator.procedure.progress import Progress
from generator.procedure.standing import Standing
from generator.procedure.timeline import timeline_of
from generator.records.model import Entries, Entry, Person

PATH = "data/cs/ug-1/people/2021030117.yaml"


def d(text: str) -> date:
    return date.fromisoformat(text)


def entry(index: int, step: str, day: str, fields: Mapping[str, Any], person: str = "2021030117") -> Entry:
    return Entry(person, step, d(day), dict(fields), (Place(PATH, ("log", index)),))


def person(*log: tuple[str, str] | tuple[str, str, Mapping[str, Any]], **fields: Any) -> Person:
    """A person from (step, day[, fields]) tuples; born 2003-05-17 unless said otherwise."""
    entries = tuple(entry(i, item[0], item[1], item[2] if len(item) > 2 else {}) for i, item in enumerate(log))
    return Person("2021030117", "林知远", "cs", "ug-1", PATH, {"born": d("2003-05-17"), **fields}, Entries(entries))


@dataclass
class World:
    """A context with everything settable."""

    attributes: dict[str, Any] = field(default_factory=lambda: {"committee.type": "committee", "branch.has_committee": True})
    members: dict[str, date] = field(default_factory=dict)
    """Full members by id, with the day they became one."""
    suspended: set[str] = field(default_factory=set)
    probationary: set[str] = field(default_factory=set)
    elsewhere: dict[str, str] = field(default_factory=dict)
    branches: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Attributes of other branches by id."""
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    def standing(self, person_id: str, day: date) -> Standing:
        if person_id in self.probationary:
            return Standing(False, True, False, True, None, "cs")
        since = self.members.get(person_id)
        if since is None:
            return Standing()
        full = since <= day
        return Standing(full, False, full and person_id not in self.suspended, True, since, self.elsewhere.get(person_id, "cs"))

    def attribute(self, key: str, branch: str | None = None) -> Any:
        return self.branches.get(branch or "", self.attributes).get(key)


def real_rules(profile: str = "national") -> Rules:
    return load_definitions().rules_of(None, profile)


def only_2014() -> Rules:
    """The first version alone, whatever later ones say."""
    rules = real_rules()
    return replace(rules, procedures=rules.procedures[:1])


def run(someone: Person, rules: Rules, as_of: str, world: World | None = None, explicit: bool = True) -> Progress:
    return evaluate(someone, timeline_of(someone, rules), rules, world or World(), d(as_of), explicit)


def found(progress: Progress, code: str) -> list[Diagnostic]:
    return [finding for finding in progress.findings if finding.code == code]


def codes(progress: Progress) -> set[str]:
    return {finding.code for finding in progress.findings}


def state(progress: Progress, step: str) -> str:
    return progress.steps[step].state.value


# A small procedure of our own, so that the engine is tested without the names of the real one.

STAGES = (Stage("applicant", "申请人", 0), Stage("activist", "积极分子", 1), Stage("probationary", "预备", 2), Stage("full", "正式", 3))


def step(step_id: str, stage: str | None, **more: Any) -> Step:
    return Step(step_id, step_id, f"步骤{step_id}", None, "p", stage, "branch", **more)


def limit(limit_id: str, rule: Any, code: str, of: tuple[str, ...] = (), **params: Any) -> Limit:
    own = {key: params.pop(key) for key in ("when", "severity", "unless", "layer") if key in params}
    return Limit(limit_id, rule, code, params, tuple(Ref.parse(text) for text in of), **own)


SMALL_STEPS = (
    step("ask", "applicant", opens_attempt=True, transitions=(Transition(stage="applicant"),), materials=(StepMaterial("M01", True),)),
    step("chat", "applicant", after=(After("ask"),), limits=(limit("chat-month", "within", "DEV004", ("ask.date",), months=1),)),
    step("extra", "applicant", optional=True, after=(After("chat"),)),
    step(
        "choose", "applicant", after=(After("chat"), After("extra")), refused_when={"result": ("failed",)},
        transitions=(Transition(stage="activist"),), materials=(StepMaterial("M02", True),),
    ),
    step(
        "look", "activist", repeat="many", after=(After("choose"),),
        limits=(limit("look-half", "every", "DEV014", ("since.activist",), months=6, grace_days=15, until=("since.probationary",)),),
    ),
    step(
        "meet", "activist", after=(After("choose"), After("look")), refused_when={"result": ("failed",)},
        limits=(
            limit("year", "not_before", "DEV020", ("since.activist",), months=12),
            limit("vote", "vote", "DEV044", codes={"quorum": "DEV043", "majority": "DEV044", "arithmetic": "DEV045", "secret": "DEV046"}),
        ),
    ),
    step(
        "confirm", "activist", after=(After("meet"),), limits=(limit("confirm-3", "within", "DEV052", ("meet.date",), months=3),),
        refused_when={"result": ("failed",)}, transitions=(Transition(stage="probationary", since=(Ref("meet", "date"),)),),
    ),
    step(
        "turn", "probationary", repeat="many", after=(After("confirm"),), refused_when={"result": ("failed",)},
        limits=(
            limit("not-early", "not_before", "DEV058", ("probation.expiry",)),
            limit("late", "within", "DEV060", ("probation.expiry",), months=1, unless=("late",)),
        ),
    ),
    step(
        "settle", "probationary", repeat="many", after=(After("turn"),),
        transitions=(
            Transition(when={"outcome": ("convert",)}, default=True, stage="full", since=(Ref("probation", "expiry"),)),
            Transition(when={"outcome": ("extend",)}, extends=Ref("turn", "months"), reopens=("turn", "settle")),
            Transition(when={"outcome": ("cancel",)}, status="cancelled"),
        ),
    ),
    step("pause", None, repeat="many", optional=True, duty=False, transitions=(Transition(status="suspended"),)),
    step("resume", None, repeat="many", optional=True, duty=False, transitions=(Transition(status="active"),)),
    step("shift", None, repeat="many", optional=True, duty=False),
    step("adjust", None, repeat="many", optional=True, duty=False, transitions=(Transition(stage_from_field="to_stage"),)),
    step("go", None, repeat="many", optional=True, duty=False, transitions=(Transition(status="left"),)),
)  # fmt: skip


def procedure(*steps: Step, **more: Any) -> Procedure:
    chosen = steps or SMALL_STEPS
    stated: dict[str, Any] = {
        "id": "small", "title": "小流程", "version": "2014", "regulation": "细则", "from_": d("2014-05-28"), "until": None,
        "uncertain_from": None, "stages": STAGES, "phases": (Phase("p", "全部", tuple(s.id for s in chosen)),),
        "steps": {s.id: s for s in chosen}, "probation": Period(Ref("meet", "date"), 12, "confirm", None),
        "written_votes_count": True, "path": "schema/procedures/small.yaml", **more,
    }  # fmt: skip
    return Procedure(**stated)


def material(code: str, order: int, keep: tuple[Any, ...] = ("dossier",), **more: Any) -> Material:
    stated: dict[str, Any] = {
        "title": f"材料{code}", "section": "applicant", "requirement": "national", "repeats": False, "form": ("original",),
        "handwritten": False, "signers": ("本人",), "seals": ("党支部",), **more,
    }  # fmt: skip
    return Material(code, keep=keep, order=order, **stated)


MATERIALS = {m.code: m for m in (material("M01", 1, handwritten=True), material("M02", 2, keep=("branch",)), material("M03", 3))}
NATIONAL = Profile("national", "全国规定", {})


def small_rules(*procedures: Procedure, profile: Profile = NATIONAL) -> Rules:
    return Rules(procedures or (procedure(),), MATERIALS, None, profile)
