"""Builds the steps of a procedure from their raw form."""

from __future__ import annotations

from dataclasses import dataclass

from generator.definitions.model import Step, Variant
from generator.definitions.parts import (
    Context,
    build_after,
    build_basis,
    build_limit,
    build_paper,
    build_transition,
    condition,
    known,
)
from generator.definitions.raw import RawStep


@dataclass(frozen=True, slots=True)
class Words:
    """Words a step may use for its place. `kinds` empty: any kind (the records' schema is not at hand)."""

    stages: frozenset[str]
    phases: frozenset[str]
    actors: frozenset[str]
    kinds: frozenset[str]


def build_step(raw: RawStep, context: Context, words: Words) -> Step:
    """One step. Raises JishiError for a word, step or paper that does not exist."""
    item, data = raw.item, raw.item.data
    checks = [("stage", words.stages, "阶段"), ("phase", words.phases, "环节"), ("actor", words.actors, "办理人")]
    if words.kinds:
        checks.append(("kind", words.kinds, "记录种类"))
    for key, allowed, what in checks:
        fault = known(item, key, allowed, what)
        if fault:
            raise fault
    basis = build_basis(data.get("basis"), context)
    return Step(
        id=raw.id,
        kind=data["kind"],
        title=data["title"],
        number=data.get("number"),
        phase=data["phase"],
        stage=data.get("stage"),
        actor=data["actor"],
        repeat=data.get("repeat", "once"),
        optional=data.get("optional", False),
        duty=data.get("duty", True),
        opens_attempt=data.get("opens_attempt", False),
        refused_when=condition(data.get("refused_when", {})),
        after=tuple(build_after(part, context, basis) for part in raw.lists["after"]),
        limits=tuple(build_limit(part, context, basis) for part in raw.lists["limits"]),
        transitions=tuple(build_transition(part, context, words.stages) for part in raw.lists["transitions"]),
        materials=tuple(build_paper(part, context) for part in raw.lists["materials"]),
        when=condition(data.get("when", {})),
        basis=basis,
        date_means=data.get("date_means", ""),
        purpose=data.get("purpose", "").strip(),
        prepare=tuple(data.get("prepare", [])),
        guide=data.get("guide", "").strip(),
        record=data.get("record", "").strip(),
        entry=data.get("entry", "").strip(),
        refusal=data.get("refusal", "").strip(),
        again=data.get("again", "").strip(),
        told=data.get("told", "").strip(),
        changed=data.get("changed", "").strip(),
        variants=tuple(Variant(condition(each["when"]), each["text"].strip()) for each in data.get("variants", [])),
        pitfalls=tuple(data.get("pitfalls", [])),
        origin=item.origin,
    )
