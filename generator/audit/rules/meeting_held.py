from collections.abc import Iterator

from generator.audit.papers import papers_of
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Severity


@checks("DEV009", "确定积极分子看不出开过会", severity=Severity.ERROR)
def decided_by_a_meeting(subject: Subject) -> Iterator[Found]:
    """查什么：确定积极分子的会议：没有这次会议，或到会只有一人，为错误；既没写到会人数、主持人、记录人，也没有会议记录材料，为警告。

    为什么：确定积极分子须由支委会（没有支委会的，支部大会）集体研究，个人决定、口头同意都不行。

    依据：《细则》（2014）第8条，2026 版同条。

    错例：
        - {step: decide_activist, date: 2024-10-15, present: 1, result: passed}

    对例：
        - {step: decide_activist, date: 2024-10-15, due: 5, present: 5, result: passed, materials: [M12]}
    """
    for entry, step in subject.at("DEV009", "committee_meeting"):
        present = entry.get("present")
        minutes = {material.code for material in step.materials}
        if isinstance(present, int) and present <= 1:
            yield Found(
                entry.place("present"), f"{step.title}到会仅 {present} 人，不是集体研究", "应重新开会研究。", entry.step
            )
        elif not any(entry.get(key) for key in ("present", "host", "recorder", "attendance")) and not any(
            paper.code in minutes for paper in papers_of(entry)
        ):
            yield Found(
                entry.place("present"),
                f"{step.title}没有到会人数、主持人，也没有会议记录",
                "按会议记录补写 due、present、host、recorder；有会议记录的，在 materials 里写明。",
                entry.step,
                severity=Severity.WARNING,
            )
