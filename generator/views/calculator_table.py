"""The table of the calculator's page: every numbered step with the limits that set a day, for readers without the arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from generator.definitions.model import Procedure, Step
from generator.views.limits import Words


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit in words, and where it stands."""

    text: str
    cite: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in the table: what comes before it, and its limits."""

    step: str
    title: str
    number: int | None
    href: str
    before: tuple[str, ...]
    lines: tuple[LimitLine, ...]


def limit_table(
    procedures: Sequence[Procedure],
    steps: Mapping[str, Step],
    words: Words,
    rules: Collection[str],
    link: Mapping[str, str],
) -> tuple[StepRow, ...]:
    """`procedures`: the national versions, oldest first; `steps`: those of all versions, in order; `rules`: the kinds of limits
    shown, each wording once; `link`: step → its page."""
    return tuple(
        StepRow(
            key,
            step.title,
            step.number,
            link[key],
            tuple(steps[after.step].title for after in step.after if after.step in steps and _needed(steps[after.step])),
            tuple(_lines(key, procedures, words, rules)),
        )
        for key, step in steps.items()
    )


def _lines(step: str, procedures: Sequence[Procedure], words: Words, rules: Collection[str]) -> list[LimitLine]:
    found: dict[str, dict[str, str]] = {}
    for procedure in reversed(procedures):
        there = procedure.steps.get(step)
        for limit in there.limits if there else ():
            if limit.rule in rules:
                text = words.limit(step, limit)
                found.setdefault(text.text, {}).setdefault(procedure.version, text.article or text.basis or text.layer)
    return [LimitLine(text, _cited(articles, procedures)) for text, articles in found.items()]


def _needed(step: Step) -> bool:
    return step.duty and not step.optional


def _cited(articles: Mapping[str, str], procedures: Sequence[Procedure]) -> str:
    """第 n 条 of each version, and which versions do not have it."""
    if len(set(articles.values())) == 1 and len(articles) == len(procedures):
        return next(iter(articles.values()))
    said = [f"{version} 年版{text}" for version, text in articles.items()]
    said += [f"{p.version} 年版没有" for p in reversed(procedures) if p.version not in articles]
    return "；".join(said)
