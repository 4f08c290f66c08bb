"""The catalogue of materials, by section and in the order of the dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.definitions.model import Procedure
from generator.definitions.papers import Material
from generator.views.steps import Blank, Link, form_of, signers_of

_NEED = {"national": "必备", "required": "一般要有", "optional": "视情况"}
_KEEP = {"dossier": "本人档案", "branch": "支部", "committee": "上级党委"}


@dataclass(frozen=True, slots=True)
class MaterialRow:
    code: str
    title: str
    note: str
    need: str
    form: str
    signers: str
    keep: str
    steps: tuple[Link, ...]
    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class MaterialSection:
    id: str
    title: str
    rows: tuple[MaterialRow, ...]


def catalogue(
    materials: Mapping[str, Material],
    sections: Mapping[str, str],
    procedure: Procedure,
    link_step: Callable[[str], str],
    blanks: Mapping[str, tuple[Blank, ...]],
) -> tuple[MaterialSection, ...]:
    """Every material with the steps it arises at. `sections`: section id → its name; `blanks`: code → blank forms."""
    steps: dict[str, list[Link]] = {}
    for step in procedure.steps.values():
        for paper in step.materials:
            steps.setdefault(paper.code, []).append(Link(step.title, link_step(step.id)))
    ordered = sorted(materials.values(), key=lambda m: m.order)
    return tuple(
        MaterialSection(key, sections.get(key, key), tuple(_row(m, steps.get(m.code, []), blanks.get(m.code, ())) for m in group))
        for key, group in groupby(ordered, key=lambda m: m.section)
    )


def _row(material: Material, steps: list[Link], blanks: tuple[Blank, ...]) -> MaterialRow:
    keep = "、".join(_KEEP[place] for place in material.keep)
    return MaterialRow(
        material.code,
        material.title,
        material.note,
        _NEED[material.requirement],
        form_of(material),
        signers_of(material),
        keep,
        tuple(steps),
        blanks,
    )
