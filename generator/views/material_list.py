"""材料清单: which papers are there, in which form, and which are not.

The dossier's sheet of it is at the same time the review of completeness (form `integrity_review`), so that the list is printed and
signed once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from generator.definitions.papers import Material
from generator.procedure.progress import PaperState
from generator.views.contents import PRINTED
from generator.views.enclosed import belongs, is_recorded, is_there

HEADING = "档案完整性审核意见和材料清单"
_UNSIGNED = "unsigned"
_LABELS = {
    "present": "在卷",
    "missing": "缺",
    _UNSIGNED: "待签",
    "defective": "有缺陷",
    "not_due": "未到",
    "not_kept": "不入卷",
}
_KEPT = {"branch": "存支部", "committee": "存党委"}
_READING = (
    ({_LABELS[_UNSIGNED]}, "“待签”指所用的表已印在本册，签字盖章后即为原件"),
    ({_LABELS["not_due"]}, "“未到”指尚未办到产生该材料的步骤"),
    ({_KEPT["branch"]}, "“存支部”指按材料目录由支部保存，不入个人档案"),
    ({_KEPT["committee"]}, "“存党委”指按材料目录由党委保存，不入个人档案"),
)
_NO_PAPERS = {False: "（目前没有应当具备的材料）", True: "（来本单位之前形成的材料未在本记录登记，以原档案为准）"}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper. Numbers are texts, empty when there is nothing to count."""

    code: str
    title: str
    state: str
    label: str
    ticked: bool
    originals: str
    copies: str
    pages: str
    remark: str


@dataclass(frozen=True, slots=True)
class PaperGroup:
    title: str
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class MaterialList:
    """`heading`: of the sheet in a dossier. `missing`, `unsigned`, `defective`: titles, for the remarks at the end of the dossier.

    Unsigned is what was asked for and is not there, while its form is printed in the same volume.
    """

    heading: str
    summary: str
    groups: tuple[PaperGroup, ...]
    missing: tuple[str, ...]
    unsigned: tuple[str, ...]
    defective: tuple[str, ...]
    loose: str
    """How many papers lie in the folder beside the printed book, in words."""

    @property
    def note(self) -> str:
        """What the words in the list mean that are not plain; empty when there is none of them."""
        labels = {paper.label for group in self.groups for paper in group.papers}
        return "；".join(said for used, said in _READING if labels & used)


def list_materials(
    materials: Mapping[str, Material],
    sections: Mapping[str, str],
    states: Mapping[str, PaperState],
    elsewhere: bool = False,
    unsigned: Collection[str] = (),
) -> MaterialList:
    """Every paper that is asked for or there, in archive order. `sections`: section id → title.

    `elsewhere`: the person came with a history, whose papers these records do not know.
    `unsigned`: codes of missing papers whose form is printed in the same volume.
    """
    listed = [
        (material, state)
        for material in sorted(materials.values(), key=lambda material: material.order)
        if material.code in states
        and _is_listed(material, state := _in_folder(material, states[material.code], unsigned))
    ]
    groups: dict[str, list[PaperLine]] = {}
    for material, state in listed:
        groups.setdefault(material.section, []).append(_line(material, state))
    by_state: dict[str, list[str]] = {}
    for material, state in listed:
        by_state.setdefault(state.state, []).append(material.title)
    counts = "，".join(f"{label}{len(by_state[key])}种" for key, label in _LABELS.items() if key in by_state)
    here = [state for material, state in listed if is_there(material, state)]
    pages = sum(state.pages or 0 for state in here)
    originals, copies = sum(s.originals for s in here), sum(s.copies for s in here)
    loose = f"{len(here)}种：原件{originals}份，复印件{copies}份" + (f"；已记页数共{pages}页" if pages else "")
    return MaterialList(
        HEADING,
        f"（共列{len(listed)}种：{counts}）" if listed else _NO_PAPERS[elsewhere],
        tuple(PaperGroup(sections.get(key, key), tuple(lines)) for key, lines in groups.items()),
        tuple(by_state.get("missing", ())),
        tuple(by_state.get(_UNSIGNED, ())),
        tuple(by_state.get("defective", ())),
        loose if here else "无",
    )


def _in_folder(material: Material, state: PaperState, unsigned: Collection[str]) -> PaperState:
    """What the state of a paper means for the person's folder."""
    if state.code in unsigned:
        return replace(state, state=_UNSIGNED, problems=(PRINTED,))
    if is_recorded(state) and not belongs(material):
        return replace(state, state="not_kept", originals=0, copies=0, pages=None, problems=())
    return state


def _is_listed(material: Material, state: PaperState) -> bool:
    return state.required or is_there(material, state) or state.state in ("missing", _UNSIGNED)


def _line(material: Material, state: PaperState) -> PaperLine:
    label = _LABELS.get(state.state, state.state)
    if state.state == "not_kept":
        label = next((_KEPT[place] for place in material.keep if place in _KEPT), label)
    return PaperLine(
        code=material.code,
        title=material.title,
        state=state.state,
        label=label,
        ticked=is_there(material, state),
        originals=str(state.originals or ""),
        copies=str(state.copies or ""),
        pages=str(state.pages or ""),
        remark="；".join(dict.fromkeys(state.problems)),
    )
