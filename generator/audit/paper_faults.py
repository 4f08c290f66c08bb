"""What the record itself says is wrong with a paper, measured by the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.audit.papers import Paper
from generator.definitions.papers import Material
from generator.diagnostics import Place

DEFECTS = {"altered": "有涂改", "blank": "有空白栏", "correction": "用了涂改液", "old_form": "用的是旧版表格"}


@dataclass(frozen=True, slots=True)
class Fault:
    """`field`: the key of the long form that states it. `text` continues the title of the paper."""

    field: str
    text: str
    place: Place


def faults_of(paper: Paper, material: Material) -> Iterator[Fault]:
    """Faults of form. What the record does not mention is taken to be in order, as the short form says."""
    if paper.is_copy and "copy" not in material.form:
        yield Fault("kind", "是复印件，应为原件", paper.place("kind"))
    for field, expected, text in (
        ("signed", bool(material.signers), "未签名"),
        ("sealed", bool(material.seals), "未盖章"),
        ("dated", True, "未注明日期"),
        ("handwritten", material.handwritten, "不是本人手写"),
    ):
        if expected and paper.lacks(field):
            yield Fault(field, text, paper.place(field))


def defects_of(paper: Paper) -> Iterator[Fault]:
    """Alterations, blanks and the like, as noted by whoever looked at the paper."""
    for index, defect in enumerate(paper.defects):
        yield Fault("defects", DEFECTS.get(defect, f"有缺陷：{defect}"), paper.place("defects", index))
