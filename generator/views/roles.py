"""The entry page by role: who one is, in one sentence, and the steps in which one acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.definitions.model import Material, Procedure, Step
from generator.views.steps import Link


@dataclass(frozen=True, slots=True)
class Role:
    """A card of the entry page."""

    id: str
    title: str
    duty: str
    steps: tuple[Link, ...]

    @property
    def wide(self) -> bool:
        """Whether the card takes the whole width."""
        return len(self.steps) > _WIDE


_WIDE = 9
_ROLES = (
    ("applicant", "申请人、培养对象", "本人要递交的材料和要参加的环节。", ("applicant",)),
    ("contacts", "培养联系人", "了解思想、学习和工作情况，定期形成考察意见。", ("contacts",)),
    ("sponsors", "入党介绍人", "说明党的要求，如实介绍被介绍人，并在志愿书上写意见。", ("sponsors",)),
    (
        "branch",
        "支部书记、支部委员",
        "组织谈话、考察、会议和公示，把材料收齐。",
        ("branch", "committee", "general_meeting", "league"),
    ),
    ("organiser", "组织员", "受上级党委委派谈话、审核材料和会议记录。", ("organiser", "envoy")),
    ("superior", "上级党委、党总支", "备案、预审、培训、审批。", ("superior", "general_branch", "upper")),
)


def roles_of(
    procedure: Procedure, materials: Mapping[str, Material], link_step: Callable[[str], str]
) -> tuple[Role, ...]:
    """The roles that have something to do in this procedure, each with its steps outside the appendix (numbered ones)."""
    found = []
    for key, title, duty, actors in _ROLES:
        names = {procedure.actors[actor] for actor in actors if actor in procedure.actors}
        steps = tuple(
            Link(_title(step), link_step(step.id))
            for step in procedure.steps.values()
            if step.number is not None
            and not step.optional
            and (_acts(step, actors) or _signs(step, materials, names))
        )
        if steps:
            found.append(Role(key, title, duty, steps))
    return tuple(found)


def _acts(step: Step, actors: tuple[str, ...]) -> bool:
    """Whether one of the actors does the step, or is appointed in it."""
    return step.actor in actors or any(limit.params.get("field") in actors for limit in step.limits)


def _signs(step: Step, materials: Mapping[str, Material], names: set[str]) -> bool:
    """Whether one of them signs a paper of the step that most files must hold."""
    papers = [materials[paper.code] for paper in step.materials if paper.code in materials]
    return any(names & set(paper.signers) for paper in papers if paper.requirement != "optional")


def _title(step: Step) -> str:
    return f"{step.number} {step.title}"
