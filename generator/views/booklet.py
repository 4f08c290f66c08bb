"""The manual of a branch as a booklet: the same views as its page on the site, and what is only of use on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.definitions.model import Procedure
from generator.definitions.papers import Material
from generator.views.catalogue import MaterialSection, catalogue
from generator.views.footer import shortened
from generator.views.manual import Manual
from generator.views.steps import Link, StepView
from generator.views.tailoring import Tailor
from generator.views.wording import in_full

HEADING = "发展党员工作手册"
_ORDINALS = "一二三四五六七八九十"
_HEADER = 28
"""Characters on the one line that the running header has for the title."""
_COVER = 20
"""Characters on a line of the cover, of the name or of the plate."""
_COVER_LINES = 9
"""So many of these lines the cover has room for in its ordinary spacing."""


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A step on the one page of the flow. `time`: its limits, each in a few characters."""

    number: int
    step: Link
    actor: str
    need: str
    time: str
    papers: str


@dataclass(frozen=True, slots=True)
class FlowPhase:
    title: str
    rows: tuple[FlowRow, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A frequent error, and the steps it is made at."""

    code: str
    title: str
    steps: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """Everything that is printed. Links are `#step`."""

    title: str
    running: str
    """The title as it stands above every page: where the name of the branch is long, its beginning."""
    heading: str
    school: str
    manual: Manual
    version: str
    as_of: date
    as_of_text: str
    phases: tuple[str, ...]
    """Titles of the phases, numbered."""
    flow: tuple[FlowPhase, ...]
    materials: tuple[MaterialSection, ...]
    faults: tuple[Fault, ...]

    @property
    def crowded(self) -> bool:
        """Whether names are so long that the cover is one page in closer spacing only."""
        said = (self.manual.name, *(row.value for row in self.manual.rows))
        return sum(-(-len(text) // _COVER) for text in said) > _COVER_LINES


def booklet_of(
    manual: Manual,
    school: str,
    procedure: Procedure,
    materials: Mapping[str, Material],
    sections: Mapping[str, str],
    tailor: Tailor,
    as_of: date,
) -> Booklet:
    """The booklet of a manual. `procedure`: the version it teaches, with all layers."""
    titles = [
        f"阶段{_ORDINALS[index]}　{phase.title}"
        if any(step.number is not None for step in phase.steps)
        else phase.title
        for index, phase in enumerate(manual.phases)
    ]
    flow = (
        FlowPhase(title, tuple(_row(step, step.number) for step in phase.steps if step.number is not None))
        for title, phase in zip(titles, manual.phases, strict=True)
    )
    return Booklet(
        title=f"{manual.name}{HEADING}",
        running=f"{shortened(manual.name, _HEADER - len(HEADING))}{HEADING}",
        heading=HEADING,
        school=school,
        manual=manual,
        version=f"{procedure.title}，自 {in_full(procedure.from_)}起",
        as_of=as_of,
        as_of_text=in_full(as_of),
        phases=tuple(titles),
        flow=tuple(phase for phase in flow if phase.rows),
        materials=_materials(manual, procedure, materials, sections, tailor),
        faults=_faults(manual.steps),
    )


def _row(step: StepView, number: int) -> FlowRow:
    short = (limit.short for limit in (*step.earliest, *step.latest, *step.limits) if limit.short)
    return FlowRow(
        number,
        Link(step.title, f"#{step.id}"),
        step.actor,
        step.need,
        "、".join(dict.fromkeys(short)),
        "、".join(paper.code for paper in step.papers),
    )


def _materials(
    manual: Manual, procedure: Procedure, materials: Mapping[str, Material], sections: Mapping[str, str], tailor: Tailor
) -> tuple[MaterialSection, ...]:
    """The papers that arise at the steps of this manual, and at which."""
    arising: dict[str, list[Link]] = {}
    for step in manual.steps:
        for paper in step.papers:
            arising.setdefault(paper.code, []).append(Link(step.title, f"#{step.id}"))
    kept = {code: material for code, material in materials.items() if code in arising}
    found = tailor.view(catalogue(kept, sections, procedure, "#{}".format, {}))
    return tuple(
        replace(section, rows=tuple(replace(row, steps=tuple(arising[row.code])) for row in section.rows))
        for section in found
    )


def _faults(steps: Sequence[StepView]) -> tuple[Fault, ...]:
    found: dict[str, list[Link]] = {}
    for step in steps:
        for pitfall in step.pitfalls:
            found.setdefault(pitfall.title, []).append(Link(step.title, f"#{step.id}"))
    split = (title.partition(" ") for title in sorted(found))
    return tuple(Fault(code, title, tuple(found[f"{code} {title}"])) for code, _, title in split)
