"""Folds the upper layers into a procedure: settings become values, platform and local limits join their steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from generator.definitions.conditions import canonical
from generator.definitions.model import After, Condition, Layer, Limit, Procedure, Step, Transition
from generator.definitions.platform import Platform
from generator.definitions.profile import Profile
from generator.diagnostics import JishiError

PREFIX = "profile."
Part = TypeVar("Part", Limit, After, Transition)


def fold(procedure: Procedure, platform: Platform | None, profile: Profile) -> Procedure:
    """The procedure as it holds for a branch with this platform and profile.

    Raises JishiError when a profile drops a step that the national rules ask for.
    """
    steps = {key: _fold_step(step, procedure, platform, profile) for key, step in procedure.steps.items()}
    return _in_force(replace(procedure, steps=steps), profile.settings)


def _in_force(procedure: Procedure, settings: Mapping[str, Any]) -> Procedure:
    """Which day decides the version where the day of issue and that of publication differ: `rule_set`."""
    doubtful, chosen = procedure.uncertain_from, settings.get("rule_set")
    if doubtful is None or chosen not in ("issued", "published"):
        return procedure
    return replace(procedure, from_=doubtful if chosen == "issued" else procedure.from_, uncertain_from=None)


def _fold_step(step: Step, procedure: Procedure, platform: Platform | None, profile: Profile) -> Step:
    limits = [*step.limits]
    if platform:
        limits += platform.limits.get(step.id, ())
    local = profile.limits.get(step.id, ())
    replaced = {limit.id for limit in local}
    # A local limit of the same name as a platform's or local default is the one that counts; national ones always stay.
    limits = [limit for limit in limits if limit.layer == "national" or limit.id not in replaced] + [*local]
    settings = profile.settings
    step = replace(
        step,
        limits=tuple(_filled(limit, settings) for limit in _kept(limits, settings)),
        after=tuple(_kept(step.after, settings)),
        transitions=tuple(_kept(step.transitions, settings)),
    )
    layer = _required_by(step, platform, profile)
    if layer:
        return replace(step, optional=False, duty=True, layer=layer)
    if step.id in profile.drop:
        if not step.optional:
            raise JishiError(
                f"地方规则“{profile.title}”去掉了“{step.title}”，而《{procedure.regulation}》（{procedure.version}）要求有这一步",
                "只能去掉全国规定没有要求的步骤",
            )
        return replace(step, duty=False)
    return step


def _required_by(step: Step, platform: Platform | None, profile: Profile) -> Layer | None:
    if not step.optional:
        return None
    if step.id in profile.require:
        return "local"
    if platform and step.id in platform.require and step.id not in profile.drop:
        return "platform"
    return None


def _kept(parts: tuple[Part, ...] | list[Part], settings: Mapping[str, Any]) -> list[Part]:
    """The parts whose conditions on settings hold; those conditions are then done with."""
    kept = []
    for part in parts:
        mine = {key: allowed for key, allowed in part.when.items() if key.startswith(PREFIX)}
        if all(
            canonical(_setting(key, settings)) in {canonical(item) for item in allowed} for key, allowed in mine.items()
        ):
            rest: Condition = {key: allowed for key, allowed in part.when.items() if key not in mine}
            kept.append(replace(part, when=rest) if mine else part)
    return kept


def _filled(limit: Limit, settings: Mapping[str, Any]) -> Limit:
    """The limit with settings in place of their names, and with the readings that hold for every limit of its kind."""
    params = {
        key: _setting(value, settings) if isinstance(value, str) and value.startswith(PREFIX) else value
        for key, value in limit.params.items()
    }
    if "months" in params and settings.get("month_arithmetic") == "next_day":
        params["overflow"] = True
    if limit.rule in ("workdays", "span") and settings.get("publicity_days") == "after_start":
        params["after_start"] = True
    return limit if params == limit.params else replace(limit, params=params)


def _setting(name: str, settings: Mapping[str, Any]) -> Any:
    key = name.removeprefix(PREFIX)
    if key not in settings:
        raise JishiError(f"没有设置项“{name}”", "设置项在 schema/profiles/national.yaml 里定义")
    return settings[key]
