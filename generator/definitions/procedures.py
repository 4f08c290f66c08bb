"""Loads the procedures: each version complete, extensions resolved, oldest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.definitions.extension import extend, inherit, mark_confidence, order
from generator.definitions.model import Period, Phase, Procedure, Stage
from generator.definitions.papers import Material
from generator.definitions.parts import Context, build_basis, build_ref, known
from generator.definitions.raw import Item, RawStep, raw_step
from generator.definitions.source import Shelf, Source
from generator.definitions.steps import Words, build_step
from generator.definitions.typed import typed
from generator.diagnostics import JishiError

FOLDER = "schema/procedures"


def load_procedures(shelf: Shelf, materials: Mapping[str, Material], kinds: frozenset[str]) -> tuple[Procedure, ...]:
    """All procedures found, oldest first. Raises JishiError with file and line for the first fault."""
    files: dict[str, tuple[Source, dict[str, Any]]] = {}
    for name in shelf.names(FOLDER):
        source = shelf.read(name)
        data = typed(source, "EXTENSION" if "extends" in source.data else "PROCEDURE")
        if data["id"] in files:
            raise source.fault(("id",), f"程序“{data['id']}”写在两个文件里", f"另一处：{files[data['id']][0].name}")
        files[data["id"]] = source, data
    if not files:
        raise JishiError(f"{FOLDER} 里没有程序定义", "请重新安装，或恢复被删除的文件")
    heads: dict[str, dict[str, Any]] = {}
    steps: dict[str, tuple[RawStep, ...]] = {}
    for key in order(files):
        source, data = files[key]
        base = data.get("extends")
        if base is None:
            heads[key] = data
            steps[key] = tuple(raw_step(source, ("steps", index), each) for index, each in enumerate(data["steps"]))
            _unique(steps[key])
        else:
            heads[key] = inherit(data, heads[base])
            steps[key] = extend(steps[base], source, data)
        mark_confidence(steps[key], data)
    found = (_build(files[key][0], heads[key], steps[key], materials, kinds) for key in files)
    return tuple(sorted(found, key=lambda procedure: procedure.from_))


def _unique(steps: tuple[RawStep, ...]) -> None:
    seen: set[str] = set()
    for step in steps:
        if step.id in seen:
            raise step.item.fault(f"步骤“{step.id}”写了两次", "", "id")
        seen.add(step.id)


def _build(
    source: Source,
    head: dict[str, Any],
    raw: tuple[RawStep, ...],
    materials: Mapping[str, Material],
    kinds: frozenset[str],
) -> Procedure:
    context = Context(head["regulation"], head["version"], frozenset(step.id for step in raw), materials)
    words = Words(
        stages=frozenset(each["id"] for each in head["stages"]),
        phases=frozenset(each["id"] for each in head["phases"]),
        actors=frozenset(head.get("actors", {})),
        kinds=kinds,
    )
    steps = {step.id: build_step(step, context, words) for step in raw}
    return Procedure(
        id=head["id"],
        title=head["title"],
        version=head["version"],
        regulation=head["regulation"],
        from_=head["from"],
        until=head.get("until"),
        uncertain_from=head.get("uncertain_from"),
        stages=tuple(Stage(each["id"], each["title"], index) for index, each in enumerate(head["stages"])),
        phases=tuple(
            Phase(each["id"], each["title"], tuple(key for key, step in steps.items() if step.phase == each["id"]))
            for each in head["phases"]
        ),
        steps=steps,
        probation=_period(Item(head["probation"], source, ("probation",)), context),
        written_votes_count=head.get("written_votes_count", True),
        written_votes_settled=head.get("written_votes_settled", True),
        path=source.name,
        actors=head.get("actors", {}),
    )


def _period(item: Item, context: Context) -> Period:
    data = item.data
    for key in ("starts", "months", "confirmed_by"):
        if key not in data:
            raise item.fault(f"预备期缺少“{key}”")
    fault = known(item, "confirmed_by", context.steps, "步骤")
    if fault:
        raise fault
    return Period(
        starts=build_ref(data["starts"], item, "starts", context),
        months=data["months"],
        confirmed_by=data["confirmed_by"],
        extended_by=build_ref(data["extended_by"], item, "extended_by", context) if "extended_by" in data else None,
        basis=build_basis(data.get("basis"), context),
    )
