"""Loads schema/roles.yaml: who opens the handbook, and what makes a step theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.definitions.load import Definitions
from generator.definitions.model import Confidence
from generator.definitions.source import Shelf, Source
from generator.definitions.typed import typed
from generator.diagnostics import Pointer

FILE = "schema/roles.yaml"


@dataclass(frozen=True, slots=True)
class Task:
    """What a role does at a step beyond what the procedure shows. `pitfalls`: the faults of the step that are up to this role."""

    step: str
    text: str
    source: str
    confidence: Confidence = "certain"
    pitfalls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A reader of the handbook. What each key means is said at the head of the file."""

    id: str
    title: str
    duty: str
    own: bool = False
    shared: bool = False
    audits: bool = False
    stages: tuple[str, ...] = ()
    """In which stages of the person; none: in all."""
    actors: tuple[str, ...] = ()
    appointed: tuple[str, ...] = ()
    """Fields of entries that name those who are appointed."""
    signs: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    """Codes of papers that are signed at another step than the one they arise at."""
    by: tuple[str, ...] = ()
    """Values of the field `by` of the entries that this role writes."""
    tasks: tuple[Task, ...] = ()

    def task_at(self, step: str) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.step == step)


def load_roles(shelf: Shelf, definitions: Definitions) -> tuple[Role, ...]:
    """In the order of the file. Raises JishiError with file and line, also for a step, actor or signature that there is not."""
    source = shelf.read(FILE)
    data = typed(source, "ROLES")
    known = _Known(definitions)
    found: dict[str, Role] = {}
    for index, each in enumerate(data["roles"]):
        at: Pointer = ("roles", index)
        if each["id"] in found:
            raise source.fault((*at, "id"), f"角色“{each['id']}”写了两次")
        known.check(source, at, each)
        found[each["id"]] = Role(
            id=each["id"],
            title=each["title"],
            duty=each["duty"],
            own=each.get("own", False),
            shared=each.get("shared", False),
            audits=each.get("audits", False),
            tasks=tuple(_task(task) for task in each.get("tasks", [])),
            **{key: tuple(each.get(key, [])) for key in ("stages", "actors", "appointed", "signs", "later", "by")},
        )
    return tuple(found.values())


def _task(data: Mapping[str, Any]) -> Task:
    return Task(
        data["step"],
        data["text"],
        data["source"],
        data.get("confidence", "certain"),
        tuple(data.get("pitfalls", [])),
    )


class _Known:
    """The words that a role may use, over all versions of the procedure."""

    def __init__(self, definitions: Definitions) -> None:
        procedures, self._steps = definitions.procedures, definitions.steps
        limits = [limit for procedure in procedures for step in procedure.steps.values() for limit in step.limits]
        self._words: dict[str, tuple[str, frozenset[str]]] = {
            "stages": ("阶段", frozenset(stage.id for procedure in procedures for stage in procedure.stages)),
            "actors": ("办理人", frozenset(actor for procedure in procedures for actor in procedure.actors)),
            "appointed": (
                "指定人员的项目",
                frozenset(str(one.params["field"]) for one in limits if "field" in one.params),
            ),
            "later": ("材料", frozenset(definitions.materials)),
            "signs": ("签名人", frozenset(word for paper in definitions.materials.values() for word in paper.signers)),
        }

    def check(self, source: Source, at: Pointer, role: Mapping[str, Any]) -> None:
        for key, (what, words) in self._words.items():
            for index, word in enumerate(role.get(key, [])):
                if word not in words:
                    raise source.fault((*at, key, index), f"没有{what}“{word}”", f"可用：{_some(words)}")
        for index, task in enumerate(role.get("tasks", [])):
            place = (*at, "tasks", index)
            step = self._steps.get(task["step"])
            if step is None:
                raise source.fault((*place, "step"), f"没有步骤“{task['step']}”", "步骤见 schema/procedures/")
            for number, code in enumerate(task.get("pitfalls", [])):
                if code not in step.pitfalls:
                    raise source.fault(
                        (*place, "pitfalls", number),
                        f"步骤“{step.id}”的 pitfalls 里没有 {code}",
                        f"可用：{_some(step.pitfalls)}",
                    )


def _some(words: Iterable[str]) -> str:
    return "、".join(sorted(words))
