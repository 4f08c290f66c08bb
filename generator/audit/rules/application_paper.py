from collections.abc import Iterator

from generator.audit.paper_faults import faults_of
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Severity


@checks("DEV002", "入党申请书不是本人签名、注明日期的原件", severity=Severity.ERROR)
def application_paper(subject: Subject) -> Iterator[Found]:
    """查什么：随申请登记的材料，是否注明了复印件、未签名、未写日期、非手写。

    为什么：入党申请书由本人书写、签名、注明日期，原件入档；日期是以后一切期限的起点。

    依据：《细则》（2014）第6条；归档的通行要求。

    错例：
        - step: apply
          date: 2024-09-02
          materials: [{code: M01, kind: copy, signed: false}]

    对例：
        - {step: apply, date: 2024-09-02, materials: [M01]}
    """
    entries = [entry for entry, _ in subject.at("DEV002")]
    for paper in subject.papers:
        material = subject.rules.materials.get(paper.code)
        if paper.entry not in entries or material is None or material.requirement != "national":
            continue
        for fault in faults_of(paper, material):
            yield Found(fault.place, f"{material.title}{fault.text}", "请本人补齐；不得代签、倒签。", paper.entry.step)
