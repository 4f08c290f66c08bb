"""The date calculator: every limit that sets a day, as data for the arithmetic in the page, and as a table for readers without it.

The arithmetic itself is templates/theme/assets/jishi/calculator.js; it means the same as generator/procedure, and is tested against it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from generator.definitions.conditions import canonical
from generator.definitions.model import Procedure, Ref, Step
from generator.definitions.recurring import LeavingTogether
from generator.definitions.rules import Rules
from generator.procedure.book import Edition, book_of
from generator.procedure.calendar import WorkCalendar
from generator.procedure.context import UNLESS_STATED
from generator.views.calculator_extension import extension_of
from generator.views.calculator_steps import DAYS, StepParts
from generator.views.calculator_table import StepRow, limit_table
from generator.views.conditions import in_words
from generator.views.limits import Words, article

_ABOUT = {"branch": "支部", "committee": "上级党组织", "person": "本人"}
LEAVES = "person.leaves"
ROUNDS = ("第一次", "延长后")
"""What is done again after an extension: how the two times are told apart."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules a reader can choose: the national ones, a ready profile, a platform, or what a branch here goes by."""

    id: str
    title: str
    rules: Rules
    local: bool = False
    """In use in this organisation."""


@dataclass(frozen=True, slots=True)
class Field:
    """A date (or a number of months) that a reader may know. `key` is `step.field`, as references of the procedure write it."""

    key: str
    label: str
    step: str
    months: bool = False


@dataclass(frozen=True, slots=True)
class FieldGroup:
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Circumstance:
    """An attribute of the branch or the person on which it depends whether something holds; value → what it says."""

    id: str
    title: str
    options: tuple[tuple[str, str], ...]
    default: str


@dataclass(frozen=True, slots=True)
class Calculator:
    """`data`: plain values for JSON."""

    data: Mapping[str, Any]
    groups: tuple[FieldGroup, ...]
    circumstances: tuple[Circumstance, ...]
    sets: tuple[RuleSet, ...]
    rows: tuple[StepRow, ...]
    version: str
    """The newest one, whose order of steps the table shows."""
    last_known: str
    """Last day of the work calendar; later working days are guessed."""


class Source:
    """Turns rules into the data of the page; the first of `sets` are the national ones. `words`: limits in words, steps named as today."""

    def __init__(
        self, sets: Sequence[RuleSet], words: Words, calendar: WorkCalendar, leaving: LeavingTogether
    ) -> None:
        self._sets, self._words, self._calendar, self._leaving = sets, words, calendar, leaving
        self._general = sets[0].rules.procedures
        self._parts = StepParts(words, (LEAVES,))

    def calculator(self, link: Mapping[str, str]) -> Calculator:
        """`link`: step → its page."""
        steps = self._union()
        base = self._steps(self._sets[0].rules)
        sets = [self._set(chosen, base) for chosen in self._sets]
        extended = [p.probation.extended_by for p in self._general if p.probation.extended_by]
        months = {str(ref) for ref in extended}
        self._parts.keys.update(dict.fromkeys(months))
        groups = self._groups(steps, months)
        circumstances = tuple(self._circumstance(key, values) for key, values in self._parts.asked.items())
        data = {
            "versions": [self._version(edition, made) for edition, made in zip(book_of(self._sets[0].rules).editions, base, strict=True)],
            "sets": sets,
            "circumstances": {each.id: each.default for each in circumstances},
            "labels": {field.key: field.label for group in groups for field in group.fields},
            "means": {step.id: step.date_means.split("；")[0] for step in steps.values()},
            "leaving": self._window(steps),
            "rounds": ROUNDS,
            "calendar": self._days(),
        }
        rows = limit_table(self._general, steps, self._words, DAYS, link)
        last = self._calendar.exceptions()
        known = max([last.last.isoformat(), *(f"{year}-12-31" for year in last.complete)])
        return Calculator(data, groups, circumstances, tuple(self._sets), rows, self._general[-1].version, known)

    def _union(self) -> dict[str, Step]:
        """All numbered steps of all versions, in the order of the newest, each as the newest says it."""
        found: dict[str, Step] = {}
        for procedure in reversed(self._general):
            for step in _numbered(procedure):
                found.setdefault(step.id, step)
        return found

    def _version(self, edition: Edition, steps: list[dict[str, Any]]) -> dict[str, Any]:
        period, procedure = edition.procedure.probation, edition.procedure
        extension = extension_of(edition)
        return {
            "name": procedure.version,
            "probation": {
                "starts": str(period.starts),
                "months": period.months,
                "extended": str(period.extended_by) if period.extended_by else None,
                "article": article(period.basis),
            },
            "extension": extension.data() if extension else None,
            "steps": steps,
        }

    def _steps(self, rules: Rules) -> list[list[dict[str, Any]]]:
        """The numbered steps of every version."""
        return [
            [self._parts.step(edition.procedure, step, rules.procedures, extension) for step in _numbered(edition.procedure)]
            for edition, extension in ((each, extension_of(each)) for each in book_of(rules).editions)
        ]

    def _set(self, chosen: RuleSet, base: list[list[dict[str, Any]]]) -> dict[str, Any]:
        """What a set of rules says otherwise than the national one."""
        changed: list[dict[str, Any]] = []
        for made, national in zip(self._steps(chosen.rules), base, strict=True):
            different: dict[str, Any] = {}
            for now, before in zip(made, national, strict=True):
                keys = {key: value for key, value in now.items() if before[key] != value}
                if keys:
                    different[now["id"]] = keys
            changed.append(different)
        return {
            "id": chosen.id,
            "title": chosen.title,
            "from": [p.from_.isoformat() for p in chosen.rules.procedures],
            "uncertain": [p.uncertain_from and p.uncertain_from.isoformat() for p in chosen.rules.procedures],
            "apart": chosen.rules.profile.sets_apart,
            "steps": changed,
        }

    def _circumstance(self, key: str, values: set[str]) -> Circumstance:
        stated = UNLESS_STATED.get(key.partition(".")[2])
        yes_no = values <= {"true", "false"}
        known = ("true", "false") if yes_no else tuple(sorted(values))
        options = tuple((value, in_words({key: (value,)})) for value in known)
        other = () if yes_no else (("", "其他，或不论"),)
        default = canonical(stated) if stated is not None else "false" if yes_no else ""
        return Circumstance(key, _ABOUT.get(key.partition(".")[0], "情况"), (*other, *options), default)

    def _groups(self, steps: Mapping[str, Step], months: set[str]) -> tuple[FieldGroup, ...]:
        """The fields by phase; what belongs to no step comes last."""
        procedure, words = self._general[-1], self._words
        groups = []
        for phase in procedure.phases:
            fields: list[Field] = []
            for step in (steps[key] for key in phase.steps if key in steps):
                name = f"{step.number} {step.title}"
                fields.append(Field(f"{step.id}.date", name, step.id))
                for key in self._parts.keys:
                    subject, _, field = key.partition(".")
                    if subject == step.id and field != "date":
                        fields.append(Field(key, f"{name}：{words.field(step.id, field)}", step.id, key in months))
                    elif key == f"refused.{step.id}":
                        fields.append(Field(key, words.anchor(step.id, (Ref("refused", step.id),)), step.id))
            if fields:
                groups.append(FieldGroup(phase.title, tuple(fields)))
        person = [key.partition(".")[2] for key in self._parts.keys if key.startswith("person.")]
        if person:
            labels = tuple(Field(f"person.{name}", words.anchor("", (Ref("person", name),)), "") for name in person)
            groups.append(FieldGroup("本人", labels))
        return tuple(groups)

    def _window(self, steps: Mapping[str, Step]) -> dict[str, Any]:
        """The months before a person leaves in which the steps that this fault may happen at are not done any more."""
        affected = [step.id for step in steps.values() if self._leaving.code in step.pitfalls]
        return {"key": LEAVES, "months": self._leaving.window_months, "code": self._leaving.code, "steps": affected}

    def _days(self) -> dict[str, Any]:
        days = self._calendar.exceptions()
        return {
            "first": days.first.isoformat(),
            "last": days.last.isoformat(),
            "off": _by_year(days.off),
            "worked": _by_year(days.worked),
            "complete": list(days.complete),
        }


def _numbered(procedure: Procedure) -> tuple[Step, ...]:
    """The steps of the national flow; what may happen beside it has no place in a plan."""
    return tuple(step for step in procedure.steps.values() if step.number is not None)


def _by_year(days: Sequence[date]) -> dict[str, str]:
    """Year → its days as MMDD, short to load."""
    return {f"{year}": " ".join(day.strftime("%m%d") for day in each) for year, each in groupby(days, lambda day: day.year)}
