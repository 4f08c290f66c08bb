"""The paper checklist: what no record shows and has to be looked up in the originals, for the papers a folder holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.definitions.papers import Look, Material
from generator.procedure.progress import PaperState

WHOLE = "整卷"
IN_HAND = ("present", "defective")


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """One line of the checklist. `paper`: code of the paper, empty for the folder as a whole."""

    paper: str
    title: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """The lines of one paper, for a sheet that has no room for a row each."""

    title: str
    checks: tuple[PaperCheck, ...]


def by_paper(checks: Iterable[PaperCheck]) -> tuple[PaperGroup, ...]:
    return tuple(PaperGroup(title, tuple(each)) for title, each in groupby(checks, key=lambda check: check.title))


def paper_checks(
    materials: Mapping[str, Material], whole: Iterable[Look], papers: Mapping[str, PaperState]
) -> tuple[PaperCheck, ...]:
    """The lines for one person: the papers that are there, in the order of the dossier, then the folder as a whole.

    Nothing to look at, no lines.
    """
    there = [code for code, paper in papers.items() if paper.state in IN_HAND]
    lines = all_checks({code: each for code, each in materials.items() if code in there}, whole)
    return lines if there else ()


def all_checks(materials: Mapping[str, Material], whole: Iterable[Look]) -> tuple[PaperCheck, ...]:
    """Every line there is for these papers."""
    ordered = sorted(materials.values(), key=lambda material: material.order)
    lines = [PaperCheck(m.code, m.title, look.code, look.text) for m in ordered for look in m.look]
    return (*lines, *(PaperCheck("", WHOLE, look.code, look.text) for look in whole))
