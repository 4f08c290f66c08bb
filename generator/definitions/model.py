"""What the procedures in schema/ say, as immutable values: steps with their limits and papers, stages, phases.

One procedure definition, four products: the manual, the checklist, the check and the dossier all read these values,
and none of them knows a step by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from generator.diagnostics import RuleOrigin, Severity

Confidence = Literal["certain", "likely", "unsure"]


Layer = Literal["national", "platform", "local", "guidance"]


Condition = Mapping[str, tuple[Any, ...]]
"""Attribute → allowed values; keys AND, values OR. Attributes: branch.*, committee.*, organisation.*, person.*, profile.*, entry fields
(bare names) where an entry is at hand."""


DOUBTS: Mapping[Confidence, str] = {"certain": "", "likely": "据转述", "unsure": "待核实"}
"""How sure a source is, in words for the reader; nothing where it is certain."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule comes from. `version` is the edition (2014, 2026); `article` the 条 number, None for custom or platform practice."""

    regulation: str
    version: str = ""
    article: int | None = None
    confidence: Confidence = "certain"
    note: str = ""

    @property
    def doubt(self) -> str:
        """（据转述） or （待核实）; empty where it is certain."""
        word = DOUBTS[self.confidence]
        return f"（{word}）" if word else ""

    def cite(self) -> str:
        """Short Chinese citation, e.g. 《中国共产党发展党员工作细则》（2014）第7条; a second-hand source is marked.
        What is no published text (本校规定, a platform) goes without 《》."""
        named = self.version or self.article is not None or self.regulation.startswith("中国共产党")
        text = (f"《{self.regulation}》" if named else self.regulation) + (
            f"（{self.version}）" if self.version else ""
        )
        if self.article is not None:
            text += f"第{self.article}条"
        return text + self.doubt


@dataclass(frozen=True, slots=True)
class Ref:
    """A date or value elsewhere: `apply.received`, `person.leaves`, `since.activist`, `probation.expiry`, or the entry's own (`own.start`).

    `subject` is a step id, or one of `person`, `since`, `probation`, `own`.
    """

    subject: str
    field: str

    @classmethod
    def parse(cls, text: str) -> Ref:
        subject, _, name = text.partition(".")
        return cls(subject, name or "date")

    def __str__(self) -> str:
        return f"{self.subject}.{self.field}"


@dataclass(frozen=True, slots=True)
class Limit:
    """One constraint of a step, in the closed vocabulary. `rule` names the kind; the parameters of each kind are listed in ARCHITECTURE.md.

    `severity` None means the default of its layer (national: error, platform and local: warning, guidance: info).
    """

    id: str
    rule: Literal[
        "within", "not_before", "every", "count", "standing", "vote", "workdays", "span", "duration", "age", "value"
    ]
    code: str
    params: Mapping[str, Any]
    of: tuple[Ref, ...] = ()
    """The anchors; the first one present counts."""
    severity: Severity | None = None
    layer: Layer = "national"
    basis: Basis | None = None
    when: Condition = field(default_factory=dict)
    unless: tuple[str, ...] = ()
    """Own fields; a value in any of them (a recorded reason) lifts the limit."""
    consequence: str = ""
    """What follows when it is broken, added to the message (Chinese, e.g. 须重新履行入党手续)."""
    hint: str = ""
    doubtful: bool = False
    """What the source at hand leaves open: where it does not hold, that needs checking, and is no fault."""
    origin: RuleOrigin | None = None


@dataclass(frozen=True, slots=True)
class After:
    """The step must not come before `step`, which must exist when this one does."""

    step: str
    strict: bool = False
    """True: a later day; False: the same day is allowed."""
    apart: bool = False
    """True: the same day, which the order allows, brings a warning. The step names the rule for that in `pitfalls`."""
    order: str = "DEV100"
    missing: str = "DEV101"
    severity: Severity | None = None
    layer: Layer = "national"
    basis: Basis | None = None
    when: Condition = field(default_factory=dict)
    origin: RuleOrigin | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """What a completed entry does to the person. One effect is given; `since` alone re-dates the present stage."""

    when: Condition = field(default_factory=dict)
    """On the entry's fields, e.g. {outcome: [convert]}; empty: always. A missing field never blocks when `default` is True."""
    default: bool = False
    """Also applies when the field of `when` is not recorded."""
    stage: str | None = None
    """Stage id entered."""
    since: tuple[Ref, ...] = ()
    """Date from which the stage counts (first present); without it, the entry's date. A status begins on it, and does not while it is
    not recorded."""
    status: str | None = None
    """active | suspended | closed | left."""
    extends: Ref | None = None
    """Months added to the probation period, e.g. conversion_meeting.extension_months."""
    stage_from_field: str | None = None
    """Own field that names the stage entered (adjust_stage.to_stage)."""
    reopens: tuple[str, ...] = ()
    """Steps to be done again after this one (an extended probation period ends in a second discussion)."""


@dataclass(frozen=True, slots=True)
class StepMaterial:
    """A paper that arises at a step. Where the file is silent, `required` is True unless the catalogue calls the paper optional."""

    code: str
    required: bool = False
    when: Condition = field(default_factory=dict)
    origin: RuleOrigin | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A paragraph of guidance for branches of a certain kind."""

    when: Condition
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One place in the procedure; `id` is what records write, `kind` says which fields an entry has (schema/records/entries.yaml)."""

    id: str
    kind: str
    title: str
    number: int | None
    """1–25 of the national flow; several ids may share one; None for steps outside it."""
    phase: str
    """Phase id: the five chapters of the procedure, and `other`."""
    stage: str | None
    """The stage in which the step is done: applicant | activist | target | probationary | full; None: any."""
    actor: str
    """One of the procedure's `actors`: applicant, branch, committee (支委会), superior (上级党委), upper (再上一级), organiser …"""
    repeat: Literal["once", "many"] = "once"
    optional: bool = False
    """True: never asked for when absent (unless a profile or a `when` makes it required)."""
    duty: bool = True
    """False: an administrative act that is never due (move, suspend, …)."""
    opens_attempt: bool = False
    refused_when: Condition = field(default_factory=dict)
    """Values with which the entry does not complete the step: {decision: [returned], result: [failed]}; the stage is kept."""
    after: tuple[After, ...] = ()
    limits: tuple[Limit, ...] = ()
    transitions: tuple[Transition, ...] = ()
    materials: tuple[StepMaterial, ...] = ()
    when: Condition = field(default_factory=dict)
    """Where the step applies at all; elsewhere it is 不适用."""
    basis: Basis | None = None
    date_means: str = ""
    purpose: str = ""
    prepare: tuple[str, ...] = ()
    """What must be at hand before it is begun: papers, people, notices to be sent."""
    guide: str = ""
    record: str = ""
    """What to record, in words."""
    entry: str = ""
    """An entry of a person's log as YAML, with invented values, to be copied."""
    refusal: str = ""
    """What follows when the result is negative."""
    again: str = ""
    """After a negative result: when, and how, it may be tried again."""
    told: str = ""
    """Who is told of a negative result."""
    changed: str = ""
    """What this version changed, in one sentence, where limits and titles do not show it."""
    variants: tuple[Variant, ...] = ()
    pitfalls: tuple[str, ...] = ()
    origin: RuleOrigin | None = None
    layer: Layer = "national"
    """Who asks for the step: a platform or a profile may require one that is optional nationally."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A person's standing in the procedure: applicant, activist, target, probationary, full."""

    id: str
    title: str
    order: int


@dataclass(frozen=True, slots=True)
class Phase:
    """A chapter of the procedure (阶段一 … 阶段五, 其他)."""

    id: str
    title: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The probation period: starts, length in natural months, how it is extended; `confirmed_by` is the step that makes it real."""

    starts: Ref
    months: int
    confirmed_by: str
    extended_by: Ref | None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of the procedure, complete (extensions resolved). In force from `from_` to `until`, both inclusive.

    Entries dated from `uncertain_from` up to the day before `from_` may already fall under it: 需核对.
    """

    id: str
    title: str
    version: str
    regulation: str
    from_: date
    until: date | None
    uncertain_from: date | None
    stages: tuple[Stage, ...]
    phases: tuple[Phase, ...]
    steps: Mapping[str, Step]
    """In procedure order."""
    probation: Period
    written_votes_count: bool
    path: str
    actors: Mapping[str, str] = field(default_factory=dict)
    """Actor id → Chinese name."""
    written_votes_settled: bool = True
    """False: the source at hand leaves open whether written opinions count; a vote that turns on them needs checking."""

    def order(self, step: str) -> int:
        """Position of a step in the procedure; unknown steps come last."""
        for index, key in enumerate(self.steps):
            if key == step:
                return index
        return len(self.steps)
