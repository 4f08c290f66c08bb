"""What comes round every year for a branch as such, and when people leave together (schema/recurring.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.definitions.model import Basis, Condition, Procedure
from generator.definitions.parts import condition
from generator.definitions.source import Shelf, Source
from generator.definitions.typed import typed

FILE = "schema/recurring.yaml"


@dataclass(frozen=True, slots=True)
class BeforeLeaving:
    """A step that has to be done by the last day."""

    step: str
    text: str
    when: Condition


@dataclass(frozen=True, slots=True)
class LeavingTogether:
    """Branches whose people leave together; natural months before the last day in which nobody is admitted any more."""

    when: Condition
    window_months: int
    code: str
    text: str
    before: tuple[BeforeLeaving, ...]


@dataclass(frozen=True, slots=True)
class RecurringDuty:
    """Something due once in every period of `months`, or of as many months as a setting of the profile says."""

    id: str
    title: str
    actor: str
    months: int
    setting: str
    code: str
    step: str
    text: str
    when: Condition
    basis: Basis | None


@dataclass(frozen=True, slots=True)
class Recurring:
    leaving: LeavingTogether
    duties: tuple[RecurringDuty, ...]


def load_recurring(shelf: Shelf, procedures: tuple[Procedure, ...]) -> Recurring:
    """Raises JishiError with file and line, also for a step or an actor that there is not."""
    source = shelf.read(FILE)
    data = typed(source, "RECURRING")
    steps = {key for procedure in procedures for key in procedure.steps}
    actors = {key for procedure in procedures for key in procedure.actors}
    leaving = data["leaving"]
    before = []
    for index, each in enumerate(leaving.get("before", [])):
        _known(source, ("leaving", "before", index, "step"), each["step"], steps, "步骤")
        before.append(BeforeLeaving(each["step"], each["text"].strip(), condition(each.get("when", {}))))
    duties = []
    for index, each in enumerate(data.get("duties", [])):
        _known(source, ("duties", index, "step"), each.get("step"), steps, "步骤")
        _known(source, ("duties", index, "actor"), each["actor"], actors, "办事人")
        if ("months" in each) == ("setting" in each):
            raise source.fault(
                ("duties", index), "months 和 setting 写一个", "固定的间隔写 months，由本校规定的写 setting"
            )
        duties.append(_duty(each))
    return Recurring(
        LeavingTogether(
            condition(leaving["when"]),
            leaving["window_months"],
            leaving["code"],
            leaving["text"].strip(),
            tuple(before),
        ),
        tuple(duties),
    )


def _duty(data: dict[str, Any]) -> RecurringDuty:
    basis = data.get("basis")
    return RecurringDuty(
        id=data["id"],
        title=data["title"],
        actor=data["actor"],
        months=data.get("months", 0),
        setting=data.get("setting", ""),
        code=data.get("code", ""),
        step=data.get("step", ""),
        text=data["text"].strip(),
        when=condition(data.get("when", {})),
        basis=Basis(
            basis.get("regulation", ""),
            basis.get("version", ""),
            basis.get("article"),
            basis.get("confidence", "certain"),
            basis.get("note", ""),
        )
        if basis
        else None,
    )


def _known(source: Source, pointer: tuple[str | int, ...], name: str | None, known: set[str], what: str) -> None:
    if name is not None and name not in known:
        raise source.fault(pointer, f"没有{what}“{name}”", "检查拼写")
