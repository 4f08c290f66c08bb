"""Builds the parts of a step: bases, limits, predecessors, transitions, papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.definitions.model import After, Basis, Condition, Layer, Limit, Ref, StepMaterial, Transition
from generator.definitions.papers import Material
from generator.definitions.raw import Item
from generator.definitions.vocabulary import NEEDED, PARAMETERS, SUBJECTS
from generator.diagnostics import JishiError, Severity

EFFECTS = ("stage", "status", "extends", "stage_from_field")


@dataclass(frozen=True, slots=True)
class Context:
    """What a part may refer to: the regulation it rests on, the steps there are, the catalogue of papers, the layer."""

    regulation: str
    version: str
    steps: frozenset[str]
    materials: Mapping[str, Material]
    layer: Layer = "national"


def condition(data: Mapping[str, Any]) -> Condition:
    return {name: tuple(values) for name, values in data.items()}


def build_basis(data: Mapping[str, Any] | None, context: Context) -> Basis | None:
    """Without a regulation of its own, a basis rests on the procedure's."""
    if data is None:
        return None
    own = "regulation" in data
    return Basis(
        regulation=data["regulation"] if own else context.regulation,
        version=data.get("version", "" if own else context.version),
        article=data.get("article"),
        confidence=data.get("confidence", "certain"),
        note=data.get("note", ""),
    )


def severity(item: Item) -> Severity | None:
    return Severity(item.data["severity"]) if "severity" in item.data else None


def build_ref(text: str, item: Item, key: str, context: Context) -> Ref:
    ref = Ref.parse(text)
    if ref.subject not in context.steps and ref.subject not in SUBJECTS:
        raise item.fault(f"没有步骤“{ref.subject}”（{text}）", "检查拼写", key)
    if ref.subject == "refused" and ref.field not in context.steps:
        raise item.fault(f"没有步骤“{ref.field}”（{text}）", "检查拼写", key)
    return ref


def build_limit(item: Item, context: Context, basis: Basis | None) -> Limit:
    """A limit; without a basis of its own it rests on the step's. Raises JishiError for a parameter its rule does not have."""
    data = item.data
    rule = data["rule"]
    taken = {key for rules in PARAMETERS.values() for key in rules}
    alien = next((key for key in data if key in taken and key not in PARAMETERS[rule]), None)
    if alien:
        raise item.fault(f"规则 {rule} 没有“{alien}”这一项", f"可用：{'、'.join(PARAMETERS[rule])}", alien)
    lacking = next((key for key in NEEDED[rule] if key not in data), None)
    if lacking:
        raise item.fault(f"规则 {rule} 缺少“{lacking}”")
    params = {key: data[key] for key in PARAMETERS[rule] if key in data}
    if "until" in params:
        params["until"] = tuple(build_ref(text, item, "until", context) for text in params["until"])
    if "where" in params:
        params["where"] = condition(params["where"])
    return Limit(
        id=data["id"],
        rule=rule,
        code=data["code"],
        params=params,
        of=tuple(build_ref(text, item, "of", context) for text in data.get("of", [])),
        severity=severity(item),
        layer=data.get("layer", context.layer),
        basis=build_basis(data.get("basis"), context) or basis,
        when=condition(data.get("when", {})),
        unless=tuple(data.get("unless", [])),
        consequence=data.get("consequence", ""),
        hint=data.get("hint", ""),
        doubtful=data.get("doubtful", False),
        origin=item.origin,
    )


def build_after(item: Item, context: Context, basis: Basis | None) -> After:
    data = item.data
    if data["step"] not in context.steps:
        raise item.fault(f"没有步骤“{data['step']}”", "检查拼写", "step")
    return After(
        step=data["step"],
        strict=data.get("strict", False),
        apart=data.get("apart", False),
        order=data.get("order", "DEV100"),
        missing=data.get("missing", "DEV101"),
        severity=severity(item),
        layer=data.get("layer", context.layer),
        basis=build_basis(data.get("basis"), context) or basis,
        when=condition(data.get("when", {})),
        origin=item.origin,
    )


def build_transition(item: Item, context: Context, stages: frozenset[str]) -> Transition:
    data = item.data
    named = sum(key in data for key in EFFECTS)
    if named > 1 or (named == 0 and "since" not in data):
        raise item.fault("一项变化只能有一个结果", f"从 {'、'.join(EFFECTS)} 中写一个")
    if "stage" in data and data["stage"] not in stages:
        raise item.fault(f"没有阶段“{data['stage']}”", f"可用：{'、'.join(sorted(stages))}", "stage")
    for step in data.get("reopens", []):
        if step not in context.steps:
            raise item.fault(f"没有步骤“{step}”", "检查拼写", "reopens")
    return Transition(
        when=condition(data.get("when", {})),
        default=data.get("default", False),
        stage=data.get("stage"),
        since=tuple(build_ref(text, item, "since", context) for text in data.get("since", [])),
        status=data.get("status"),
        extends=build_ref(data["extends"], item, "extends", context) if "extends" in data else None,
        stage_from_field=data.get("stage_from_field"),
        reopens=tuple(data.get("reopens", [])),
    )


def build_paper(item: Item, context: Context) -> StepMaterial:
    data = item.data
    material = context.materials.get(data["code"])
    if material is None:
        raise item.fault(f"材料目录里没有“{data['code']}”", "对照 schema/materials.yaml", "code")
    required = data.get("required", material.requirement != "optional")
    return StepMaterial(material.code, required, condition(data.get("when", {})), item.origin)


def known(item: Item, key: str, words: frozenset[str], what: str) -> JishiError | None:
    """An error when the value of `key` is not one of the words."""
    value = item.data.get(key)
    if value is None or value in words:
        return None
    return item.fault(f"没有{what}“{value}”", f"可用：{'、'.join(sorted(words))}", key)
