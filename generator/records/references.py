"""What records refer to, and whether it is there: people, branches, committees, steps, platforms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.diagnostics import Diagnostic, Place
from generator.records.codes import finding
from generator.records.nearest import Nearest, nearest
from generator.records.schema_fields import Field

Paths = Iterable[tuple[tuple[str, ...], Field]]


@dataclass(slots=True)
class Known:
    """Everything in the tree that can be referred to."""

    people: dict[str, str] = field(default_factory=dict)
    """Present or former id → present id. Organisers stand for themselves."""
    branches: set[str] = field(default_factory=set)
    committees: set[str] = field(default_factory=set)
    steps: set[str] = field(default_factory=set)
    platforms: frozenset[str] | None = None
    """None: not known, and so not asked for."""
    near_person: Nearest = field(default_factory=lambda: Nearest(()))
    """Gives the id of a person that a mistyped one probably means."""


def values_at(
    data: Any, path: tuple[str, ...], pointer: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Pointer and value of everything a path (with `*`) leads to."""
    if not path:
        yield pointer, data
        return
    head, rest = path[0], path[1:]
    if head == "*":
        items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
        for key, value in items:
            yield from values_at(value, rest, (*pointer, key))
    elif isinstance(data, dict) and head in data:
        yield from values_at(data[head], rest, (*pointer, head))


def check_references(data: Any, paths: Paths, place: Place, known: Known) -> Iterator[Diagnostic]:
    """A finding for every id in `data` that leads nowhere."""
    for path, target in paths:
        if len(path) == 1 and path[0] == "step":
            continue
        for pointer, value in values_at(data, path):
            if isinstance(value, str):
                said = _check(target, value, place.child(*pointer), known)
                if said is not None:
                    yield said


def _check(target: Field, value: str, where: Place, known: Known) -> Diagnostic | None:
    label = target.label
    if target.ref == "person" and value not in known.people:
        near = known.near_person(value)
        outside = "不在记录里的人写成 {name: 姓名, unit: 单位, full_since: 转正日期}"
        hint = f"是不是 {near}？{outside}" if near else outside
        return finding("REF001", where, label=label, value=value, hint=hint)
    if target.ref == "branch" and value not in known.branches:
        near = nearest(value, known.branches)
        return finding(
            "REF007", where, label=label, value=value, hint=f"是不是 {near}？" if near else "支部用文件夹名，例如 ug-1"
        )
    if target.ref == "committee" and value not in known.committees:
        near = nearest(value, known.committees)
        outside = "不在记录里的党组织写成 {name: 名称}"
        return finding("REF008", where, label=label, value=value, hint=f"是不是 {near}？" if near else outside)
    if target.ref == "step" and value not in known.steps:
        near = nearest(value, known.steps)
        return finding("SCH012", where, value=value, hint=f"是不是 {near}？" if near else "步骤名见手册的步骤一览")
    if target.ref == "platform" and known.platforms is not None and value not in known.platforms:
        near = nearest(value, known.platforms)
        there = f"可用：{'、'.join(sorted(known.platforms))}"
        return finding("REF013", where, label=label, value=value, hint=f"是不是 {near}？" if near else there)
    return None
