"""The two versions side by side, by phase: what differs, on which articles it rests, and which day decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.definitions.model import Procedure
from generator.views.limits import Words
from generator.views.manual import PhaseView
from generator.views.steps import Article, Link
from generator.views.versions import changes, former


@dataclass(frozen=True, slots=True)
class ChangedStep:
    """`changes`: sentences, empty where only the number of the article is another. `day`: whose version counts."""

    step: Link
    changes: tuple[str, ...]
    articles: tuple[Article, ...]
    day: str


@dataclass(frozen=True, slots=True)
class ChangedPhase:
    id: str
    title: str
    steps: tuple[ChangedStep, ...]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """`changed`: steps with another content, by phase; `renumbered`: steps of which the number of the article alone is another."""

    changed: tuple[ChangedPhase, ...]
    renumbered: tuple[ChangedStep, ...]


def version_page(
    procedure: Procedure, older: Procedure | None, phases: Iterable[PhaseView], words: Words
) -> VersionPage:
    """`phases`: all steps as they are told to everybody."""
    changed: list[ChangedPhase] = []
    renumbered: list[ChangedStep] = []
    for phase in phases:
        found = []
        for view in phase.steps if older else ():
            step = procedure.steps[view.id]
            old = older.steps.get(step.id) if older else None
            name = former(step, old, older)
            said = (*changes(step, old, older, procedure, words, {}), *(name.said if name else ()))
            one = ChangedStep(Link(view.title, view.page), said, view.articles, view.date_means)
            if said:
                found.append(one)
            elif view.differences:
                renumbered.append(one)
        if found:
            changed.append(ChangedPhase(phase.id, phase.title, tuple(found)))
    return VersionPage(tuple(changed), tuple(renumbered))
