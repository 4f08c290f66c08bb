"""Materials of the catalogue: what lies in the folder against what the steps reached ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.definitions.model import StepMaterial
from generator.definitions.papers import Material
from generator.diagnostics import Place
from generator.procedure.attempt import Attempt
from generator.procedure.book import Clause
from generator.procedure.conditions import holds, may_hold
from generator.procedure.progress import PaperState, StepProgress, StepState
from generator.records.model import Entry

DEFECTS = {"altered": "有涂改", "blank": "有空项", "correction": "更正未盖章", "old_form": "旧版表格"}
REACHED = (StepState.DONE, StepState.MISSING)


@dataclass(slots=True)
class _Pile:
    """All papers of one code."""

    originals: int = 0
    copies: int = 0
    pages: int | None = None
    places: list[Place] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Demand:
    """Where a code is asked for: now, or only later."""

    step: str
    required: bool
    now: bool


def papers(attempt: Attempt, steps: Mapping[str, StepProgress], materials: Mapping[str, Material]) -> dict[str, PaperState]:
    """By material code, in catalogue order."""
    piles, demands = _piles(attempt, materials), _demands(attempt, steps, materials)
    codes = sorted({*piles, *demands}, key=lambda code: (materials[code].order if code in materials else 10_000, code))
    return {code: _state(code, materials.get(code), piles.get(code), demands.get(code)) for code in codes}


def _state(code: str, material: Material | None, pile: _Pile | None, demand: _Demand | None) -> PaperState:
    required = demand is not None and demand.required
    step = demand.step if demand else None
    if pile is not None:
        problems = tuple(dict.fromkeys(pile.problems))
        if material is not None and "copy" not in material.form and pile.copies and not pile.originals:
            problems = ("复印件", *problems)
        state = "defective" if problems else "present"
        return PaperState(code, state, required, step, pile.copies, pile.originals, pile.pages, tuple(pile.places), problems)
    if demand is None or not demand.now or not required:
        return PaperState(code, "not_due", required, step)
    kept_elsewhere = material is not None and bool(material.keep) and "dossier" not in material.keep
    return PaperState(code, "not_kept" if kept_elsewhere else "missing", required, step)


def _piles(attempt: Attempt, materials: Mapping[str, Material]) -> dict[str, _Pile]:
    piles: dict[str, _Pile] = {}
    for mark in attempt.marks:
        items = mark.entry.get("materials")
        for index, item in enumerate(items if isinstance(items, list | tuple) else ()):
            code = item if isinstance(item, str) else item.get("code") if isinstance(item, Mapping) else None
            if isinstance(code, str):
                _lay(piles.setdefault(code, _Pile()), item, materials.get(code), mark.entry.place(f"materials.{index}"))
    return piles


def _lay(pile: _Pile, item: Any, material: Material | None, place: Place) -> None:
    pile.places.append(place)
    if isinstance(item, str) or not isinstance(item, Mapping):
        pile.originals += 1
        return
    number = item.get("count")
    count = number if isinstance(number, int) and not isinstance(number, bool) and number > 0 else 1
    if item.get("kind") == "copy":
        pile.copies += count
    else:
        pile.originals += count
    pages = item.get("pages")
    if isinstance(pages, int) and not isinstance(pages, bool):
        pile.pages = (pile.pages or 0) + pages
    pile.problems += _problems(item, material)


def _problems(item: Mapping[str, Any], material: Material | None) -> list[str]:
    """What the record itself says is wrong with a paper. Nobody's signature is asked for where the catalogue names none."""
    found = []
    if item.get("signed") is False and (material is None or material.signers):
        found.append("未签名")
    if item.get("sealed") is False and (material is None or material.seals):
        found.append("未盖章")
    if item.get("dated") is False:
        found.append("未注明日期")
    if item.get("handwritten") is False and material is not None and material.handwritten:
        found.append("非本人手写")
    defects = item.get("defects")
    found += [DEFECTS.get(str(d), str(d)) for d in defects] if isinstance(defects, list | tuple) else []
    return found


def _demands(attempt: Attempt, steps: Mapping[str, StepProgress], materials: Mapping[str, Material]) -> dict[str, _Demand]:
    demands: dict[str, _Demand] = {}
    for step_id, progress in steps.items():
        if progress.state in (StepState.NOT_APPLICABLE, StepState.UNKNOWN) and progress.completed is None:
            continue
        reached = progress.completed is not None or progress.state in REACHED
        for paper in _step_materials(attempt, step_id, progress):
            if not _arises(paper, attempt, progress.completed):
                continue
            demand = _Demand(step_id, _required(paper, materials.get(paper.code)), reached)
            before = demands.get(paper.code)
            if before is None or (demand.required, demand.now) > (before.required, before.now):
                demands[paper.code] = demand
    return demands


def _step_materials(attempt: Attempt, step: str, progress: StepProgress) -> tuple[StepMaterial, ...]:
    """As the version of the completing entry says."""
    clause: Clause | None = None
    if progress.completed is not None:
        clause = attempt.book.clause(step, progress.completed.date)
    return clause.step.materials if clause else progress.step.materials


def _arises(paper: StepMaterial, attempt: Attempt, entry: Entry | None) -> bool:
    if not paper.when:
        return True
    return holds(paper.when, attempt.facts, entry) if entry is not None else may_hold(paper.when, attempt.facts)


def _required(paper: StepMaterial, material: Material | None) -> bool:
    stated: bool | None = paper.required
    if stated is None:
        return material is not None and material.requirement != "optional"
    return stated
