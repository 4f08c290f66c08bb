"""Interpretation switches and ready profiles, as the handbook lists them: read from the definitions, nothing of it written twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.definitions.fold import PREFIX
from generator.definitions.layers import NATIONAL
from generator.definitions.model import Limit, Procedure, Step
from generator.definitions.profile import Profile, Setting
from generator.definitions.rules import Rules
from generator.views.limits import Words
from generator.views.steps import Link

LinkRule = Callable[[str], Link | None]
LinkStep = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class SwitchValue:
    value: str
    text: str
    default: bool


@dataclass(frozen=True, slots=True)
class SwitchView:
    """One switch: what it decides, its values, and the codes it bears upon."""

    id: str
    title: str
    note: str
    default: str
    values: tuple[SwitchValue, ...]
    range: str
    """For a number: from where to where, with its unit; empty for words."""
    codes: tuple[Link, ...]
    example: str


@dataclass(frozen=True, slots=True)
class ProfileLimit:
    step: Link
    text: str
    hint: str
    code: Link | None
    severity: str


@dataclass(frozen=True, slots=True)
class ProfileView:
    """One ready profile: what it switches on. `included`: the profiles it is put together from."""

    id: str
    title: str
    note: str
    source: str
    conflict: str
    unchecked: tuple[str, ...]
    included: tuple[Link, ...]
    settings: tuple[tuple[str, str, str], ...]
    """(id, title, value) of each setting it states."""
    required: tuple[Link, ...]
    limits: tuple[ProfileLimit, ...]
    enabled: tuple[Link, ...]
    weights: tuple[tuple[str, str], ...]
    """(code, severity) it gives another weight."""


def switches(
    settings: Iterable[Setting], raw: Sequence[Procedure], profiles: Iterable[Profile], link: LinkRule
) -> tuple[SwitchView, ...]:
    """All switches. `raw`: the procedures before any setting is filled in."""
    limits = [
        *((step, limit) for procedure in raw for step in procedure.steps.values() for limit in step.limits),
        *((None, limit) for profile in profiles for each in profile.limits.values() for limit in each),
    ]
    return tuple(_switch(setting, raw, limits, link) for setting in settings)


def _switch(
    setting: Setting, raw: Sequence[Procedure], limits: list[tuple[Step | None, Limit]], link: LinkRule
) -> SwitchView:
    codes = [*setting.codes, *(limit.code for _, limit in limits if _bears(setting, limit))]
    stages = _dated_stages(setting, raw)
    codes += [
        limit.code for _, limit in limits if any(ref.subject == "since" and ref.field in stages for ref in limit.of)
    ]
    links = (link(code) for code in sorted(set(codes)))
    other = next((value for value in setting.allowed if value != setting.default), setting.default)
    return SwitchView(
        setting.id,
        setting.title,
        setting.note,
        str(setting.default),
        tuple(SwitchValue(value, text, value == setting.default) for value, text in setting.values.items()),
        "" if setting.values else f"{setting.least} 到 {setting.most} 的整数，单位：{setting.unit}",
        tuple(found for found in links if found),
        f"{setting.id}: {other}",
    )


def _bears(setting: Setting, limit: Limit) -> bool:
    name = f"{PREFIX}{setting.id}"
    named = name in limit.when or name in limit.params.values()
    return named or limit.rule in setting.touches or any(key in setting.touches for key in limit.params)


def _dated_stages(setting: Setting, raw: Sequence[Procedure]) -> frozenset[str]:
    """Stages whose first day the switch decides."""
    steps = (step for procedure in raw for step in procedure.steps.values())
    found = (t.stage for step in steps for t in step.transitions if f"{PREFIX}{setting.id}" in t.when)
    return frozenset(stage for stage in found if stage)


def ready_profiles(
    profiles: Mapping[str, Profile],
    rules_of: Callable[[str], Rules],
    settings: Mapping[str, Setting],
    words: Words,
    link_step: LinkStep,
    link_rule: LinkRule,
) -> tuple[ProfileView, ...]:
    """The profiles that come with the program, and those of the school. `rules_of`: profile id → its rules, settings filled in."""
    shown = (profile for key, profile in profiles.items() if key != NATIONAL)
    return tuple(
        _profile(profile, rules_of(profile.id), profiles, settings, words, link_step, link_rule) for profile in shown
    )


def _profile(
    profile: Profile, rules: Rules, profiles: Mapping[str, Profile], settings: Mapping[str, Setting], words: Words,
    link_step: LinkStep, link_rule: LinkRule,
) -> ProfileView:  # fmt: skip
    steps = rules.current.steps
    links = (link_rule(code) for code in profile.enable)
    return ProfileView(
        profile.id,
        profile.title,
        profile.note,
        profile.source,
        profile.conflict,
        profile.unchecked,
        tuple(Link(profiles[key].title, f"#{key}") for key in profile.include if key in profiles),
        tuple((key, settings[key].title, _value(settings[key], value)) for key, value in profile.stated.items()),
        tuple(Link(steps[key].title, link_step(key)) for key in profile.require if key in steps),
        tuple(_limits(profile, steps, words, link_step, link_rule)),
        tuple(found for found in links if found),
        tuple((code, severity.label) for code, severity in profile.severity.items()),
    )


def setting_in_words(setting: Setting, value: Any) -> tuple[str, str]:
    """What a setting decides, and what the value means."""
    if setting.values:
        return setting.title, setting.values[str(value)]
    before = isinstance(value, int) and value < 0
    return setting.title, f"提前 {-value} {setting.unit}" if before else f"{value} {setting.unit}".rstrip()


def _value(setting: Setting, value: object) -> str:
    return f"{value} {setting.unit}".rstrip() if not setting.values else f"{value}（{setting.values[str(value)]}）"


def _limits(
    profile: Profile, steps: Mapping[str, Step], words: Words, link_step: LinkStep, link_rule: LinkRule
) -> Iterator[ProfileLimit]:
    for key, written in profile.limits.items():
        ids = {limit.id for limit in written}
        if key in steps:
            for limit in (each for each in steps[key].limits if each.id in ids):
                text = words.limit(key, limit)
                severity = limit.severity.label if limit.severity else "警告"
                yield ProfileLimit(
                    Link(steps[key].title, link_step(key)), text.text, limit.hint, link_rule(limit.code), severity
                )
