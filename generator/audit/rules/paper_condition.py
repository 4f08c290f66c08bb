from collections.abc import Iterator

from generator.audit.paper_faults import defects_of, faults_of
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Severity

_OWN_CODES = ("DEV002", "DEV019", "DEV036", "DEV040")
"""Codes that look at the form of certain papers themselves; what they say is not said twice."""


@checks("DEV068", "应为原件的材料是复印件", severity=Severity.WARNING, timeless=True)
def originals(subject: Subject) -> Iterator[Found]:
    """查什么：材料目录要求原件的，登记的是否为复印件（入党申请书见 DEV002）。

    为什么：归档以原件为准；原件遗失的，须由保管单位核对盖章并说明。

    依据：《细则》（2014）第37条；《细则》（2026）第36条；归档的通行要求。

    错例：
        - step: political_review
          date: 2025-03-10
          materials: [{code: M26, kind: copy}]

    对例：
        - {step: political_review, date: 2025-03-10, materials: [M26]}
    """
    for paper in subject.papers:
        material = subject.rules.materials.get(paper.code)
        step = subject.step_of(paper.entry)
        core_of_dev002 = step is not None and "DEV002" in step.pitfalls
        if material is None or (core_of_dev002 and material.requirement == "national"):
            continue
        for fault in faults_of(paper, material):
            if fault.field == "kind":
                hint = "找回原件；确已遗失的，由保管单位核对盖章并说明。"
                yield Found(fault.place, f"{material.title}{fault.text}", hint, paper.entry.step)


@checks("DEV116", "材料未签名、未盖章、未注明日期或有缺陷", severity=Severity.WARNING, timeless=True)
def in_order(subject: Subject) -> Iterator[Found]:
    """查什么：登记材料时写明的未签名、未盖章、未注明日期、非手写，以及涂改、空白等缺陷（有专门代码的材料除外）。

    为什么：这些是审档时退回最多的毛病，越早补越容易。

    依据：归档的通行要求。

    错例：
        - step: talk
          date: 2024-09-20
          materials: [{code: M02, signed: false}]

    对例：
        - {step: talk, date: 2024-09-20, materials: [M02]}
    """
    for paper in subject.papers:
        material = subject.rules.materials.get(paper.code)
        step = subject.step_of(paper.entry)
        if material is None or step is None or any(code in step.pitfalls for code in _OWN_CODES):
            continue
        for fault in (*faults_of(paper, material), *defects_of(paper)):
            if fault.field != "kind":
                hint = "趁当事人在校补齐；不得代签、倒签。"
                yield Found(fault.place, f"{material.title}{fault.text}", hint, paper.entry.step)
