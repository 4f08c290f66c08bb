from collections.abc import Iterator

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Severity


@checks("DEV069", "组织员没有在会议记录上签字", severity=Severity.WARNING, layer="platform")
def organiser_signature(subject: Subject) -> Iterator[Found]:
    """查什么：使用灯塔平台的学校，推荐（确定）积极分子、确定发展对象、接收、转正四次会议的记录上是否有组织员签字。

    为什么：组织员逐次把关，签字是把关的凭据。

    依据：灯塔平台的要求和本校组织员职责（待核实）。

    错例：
        - {step: propose_target, date: 2025-10-24, due: 5, present: 5, result: passed}

    对例：
        - {step: propose_target, date: 2025-10-24, due: 5, present: 5, result: passed,
           organiser_signed: {by: "1995003", date: 2025-10-27}}
    """
    platform = subject.rules.platform
    if platform is None or not platform.audits:
        return
    for entry, step in subject.at("DEV069", "committee_meeting", "members_meeting"):
        if entry.get("organiser_signed") is None:
            text = f"{step.title}的记录没有组织员签字"
            yield Found(entry.place("organiser_signed"), text, "签字后写 organiser_signed: {by, date}。", entry.step)
