"""Loads what lies above the national layer: platforms and local profiles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generator.definitions.model import Layer, Limit
from generator.definitions.operations import build_menus, build_operations
from generator.definitions.parts import Context, build_limit
from generator.definitions.platform import Leaving, Platform
from generator.definitions.profile import Profile, Setting
from generator.definitions.raw import items
from generator.definitions.source import Shelf, Source
from generator.definitions.typed import typed
from generator.diagnostics import JishiError, Pointer, RuleOrigin, Severity

PLATFORMS = "schema/platforms"
PROFILES = "schema/profiles"
NATIONAL = "national"
"""The profile without local rules; it also defines the switches."""


def load_platforms(shelf: Shelf, steps: frozenset[str]) -> dict[str, Platform]:
    """Platforms by id. Raises JishiError with file and line for the first fault."""
    found: dict[str, Platform] = {}
    for name in shelf.names(PLATFORMS):
        source = shelf.read(name)
        data = typed(source, "PLATFORM")
        for key in ("audits", "operations"):
            for index, each in enumerate(data.get(key, [])):
                _known_step(source, (key, index, "step"), each.get("step"), steps)
        _known_steps(source, data, ("require", "exams"), steps)
        if data["id"] in found:
            raise source.fault(("id",), f"平台“{data['id']}”写在两个文件里", "改用另一个 id")
        found[data["id"]] = Platform(
            id=data["id"],
            title=data["title"],
            menus=build_menus(source, data),
            operations=build_operations(source, data),
            audits=tuple((each["n"], each["step"], each.get("remark", "")) for each in data.get("audits", [])),
            limits=_limits(source, data, steps, "platform", data["title"]),
            note=data.get("note", ""),
            require=tuple(data.get("require", [])),
            audit_days=data.get("audit_days", 0),
            exams=tuple(data.get("exams", [])),
            leaving=_leaving(data["leaving"]) if "leaving" in data else None,
        )
    return found


def _leaving(data: Mapping[str, Any]) -> Leaving:
    return Leaving(
        through_month=data["through_month"],
        letter_days=data["letter_days"],
        register_by=_month_and_day(data["register_by"]),
        receipts_by=_month_and_day(data["receipts_by"]),
        paper_receipt=tuple(data["paper_receipt"]),
        remark=data.get("remark", ""),
    )


def _month_and_day(text: str) -> tuple[int, int]:
    month, _, day = text.partition("-")
    return int(month), int(day)


def load_profiles(shelf: Shelf, steps: frozenset[str]) -> tuple[dict[str, Profile], dict[str, Setting]]:
    """Profiles by id, and the switches with their defaults. Raises JishiError with file and line for the first fault."""
    read: list[tuple[Source, dict[str, Any]]] = []
    switches: dict[str, Setting] = {}
    for name in shelf.names(PROFILES):
        source = shelf.read(name)
        data = typed(source, "PROFILE")
        if any(other["id"] == data["id"] for _, other in read):
            raise source.fault(("id",), f"地方规则“{data['id']}”写在两个文件里", "改用另一个 id")
        read.append((source, data))
        if data["id"] == NATIONAL:
            switches = _switches(source, data)
        elif "switches" in data:
            raise source.fault(
                ("switches",), f"设置项只在 {PROFILES}/{NATIONAL}.yaml 里定义", "本地取值写在 settings 之下"
            )
    if not switches:
        raise JishiError(f"缺少 {PROFILES}/{NATIONAL}.yaml，或其中没有 switches", "请重新安装，或恢复被删除的文件")
    own = {data["id"]: (source, data, _profile(source, data, steps, switches)) for source, data in read}
    return {key: _combined(key, own, switches, ()) for key in own}, switches


Own = Mapping[str, tuple[Source, dict[str, Any], Profile]]


def _combined(key: str, own: Own, switches: Mapping[str, Setting], above: tuple[str, ...]) -> Profile:
    """A profile with the parts of those it includes: in their order, its own last; limits of one name replace each other."""
    source, _, profile = own[key]
    parts: list[Profile] = []
    for index, name in enumerate(profile.include):
        if name not in own:
            raise source.fault(("include", index), f"没有地方规则“{name}”", f"可用：{'、'.join(sorted(own))}")
        if name in (*above, key):
            raise source.fault(("include", index), f"“{name}”包含了自己", "去掉其中一个")
        parts.append(_combined(name, own, switches, (*above, key)))
    if not parts:
        return profile
    parts.append(profile)
    stated = {name: value for part in parts for name, value in part.stated.items()}
    limits: dict[str, dict[str, Limit]] = {}
    for part in parts:
        for step, each in part.limits.items():
            limits.setdefault(step, {}).update({limit.id: limit for limit in each})
    return replace(
        profile,
        settings={**{name: setting.default for name, setting in switches.items()}, **stated},
        stated=stated,
        require=tuple(dict.fromkeys(step for part in parts for step in part.require if step not in profile.drop)),
        drop=tuple(dict.fromkeys(step for part in parts for step in part.drop if step not in profile.require)),
        limits={step: tuple(named.values()) for step, named in limits.items()},
        enable=tuple(dict.fromkeys(code for part in parts for code in part.enable)),
        severity={code: level for part in parts for code, level in part.severity.items()},
        conflict="".join(dict.fromkeys(part.conflict for part in parts)),
        unchecked=tuple(dict.fromkeys(text for part in parts for text in part.unchecked)),
        named={code: place for part in parts for code, place in part.named.items()},
    )


def _switches(source: Source, data: dict[str, Any]) -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for key, each in data.get("switches", {}).items():
        setting = Setting(
            id=key,
            title=each["title"],
            default=each["default"],
            values=each.get("values", {}),
            note=each.get("note", ""),
            unit=each.get("unit", ""),
            least=each.get("min", 0),
            most=each.get("max", 9999),
            codes=tuple(each.get("codes", [])),
            touches=tuple(each.get("touches", [])),
        )
        found[key] = replace(setting, default=_value(source, ("switches", key, "default"), setting, each["default"]))
    return found


def _value(source: Source, pointer: Pointer, setting: Setting, text: str) -> Any:
    """A value of a switch: one of the words allowed, or a whole number."""
    if setting.allowed:
        if text not in setting.allowed:
            raise source.fault(pointer, f"“{setting.title}”不能是“{text}”", f"可用：{'、'.join(setting.allowed)}")
        return text
    if not re.fullmatch("-?[0-9]{1,4}", text):
        raise source.fault(pointer, f"“{setting.title}”应为整数，现为“{text}”")
    if not setting.least <= int(text) <= setting.most:
        reach = f"{setting.least} 到 {setting.most}"
        raise source.fault(pointer, f"“{setting.title}”不能是 {text}", f"可用：{reach} 的整数{_in(setting.unit)}")
    return int(text)


def _in(unit: str) -> str:
    return f"（{unit}）" if unit else ""


def _profile(source: Source, data: dict[str, Any], steps: frozenset[str], switches: Mapping[str, Setting]) -> Profile:
    stated: dict[str, Any] = {}
    for key, text in data.get("settings", {}).items():
        if key not in switches:
            raise source.fault(("settings", key), f"没有设置项“{key}”", f"可用：{'、'.join(sorted(switches))}")
        stated[key] = _value(source, ("settings", key), switches[key], text)
    _known_steps(source, data, ("require", "drop"), steps)
    return Profile(
        id=data["id"],
        title=data["title"],
        settings={**{key: setting.default for key, setting in switches.items()}, **stated},
        require=tuple(data.get("require", [])),
        drop=tuple(data.get("drop", [])),
        limits=_limits(source, data, steps, "local", data["title"]),
        enable=tuple(data.get("enable", [])),
        severity={code: Severity(word) for code, word in data.get("severity", {}).items()},
        note=data.get("note", ""),
        include=tuple(data.get("include", [])),
        stated=stated,
        source=data.get("source", ""),
        conflict=data.get("conflict", ""),
        unchecked=tuple(data.get("unchecked", [])),
        named=_named(source, data),
    )


def _named(source: Source, data: dict[str, Any]) -> dict[str, RuleOrigin]:
    found = {code: source.origin("severity", code) for code in data.get("severity", {})}
    found.update({code: source.origin("enable", index) for index, code in enumerate(data.get("enable", []))})
    for step, limits in data.get("limits", {}).items():
        found.update({limit["code"]: source.origin("limits", step, index, "code") for index, limit in enumerate(limits)})
    return found


def _limits(
    source: Source, data: dict[str, Any], steps: frozenset[str], layer: Layer, regulation: str
) -> dict[str, tuple[Limit, ...]]:
    """Limits added to steps. What they rest on is the platform or the local rule itself, unless they say so."""
    context = Context(regulation, "", steps, {}, layer)
    result: dict[str, tuple[Limit, ...]] = {}
    for step, written in data.get("limits", {}).items():
        _known_step(source, ("limits", step), step, steps)
        built = []
        for item in items(source, ("limits", step), written, "id"):
            item.data.setdefault("basis", {})
            built.append(build_limit(item, context, None))
        result[step] = tuple(built)
    return result


def _known_steps(source: Source, data: dict[str, Any], keys: tuple[str, ...], steps: frozenset[str]) -> None:
    for key in keys:
        for index, step in enumerate(data.get(key, [])):
            _known_step(source, (key, index), step, steps)


def _known_step(source: Source, pointer: Pointer, step: str | None, steps: frozenset[str]) -> None:
    if step is not None and step not in steps:
        raise source.fault(pointer, f"没有步骤“{step}”", "对照 schema/procedures 检查拼写")
