from collections.abc import Iterator

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.procedure.calendar import add_days


@checks("DEV072", "接收大会与预审、培训在同一天", severity=Severity.WARNING)
def same_day(subject: Subject) -> Iterator[Found]:
    """查什么：讨论接收的支部大会，是否与预审或培训结业在同一天（公示最后一天见 DEV025）。

    为什么：预审后还要填写志愿书、介绍人写意见，同一天办完不合常理。

    依据：按程序推断，须核对实际日期。

    错例：
        - {step: preview, date: 2025-05-20, result: passed}
        - {step: admission_meeting, date: 2025-05-20, result: passed}

    对例：
        - {step: preview, date: 2025-04-25, result: passed}
        - {step: admission_meeting, date: 2025-05-20, result: passed}
    """
    for entry, step in subject.at("DEV072", "members_meeting"):
        apart = {after.step for after in step.after if after.apart}
        found = [(other, subject.step_of(other)) for other in subject.entries if other.step in apart]
        others = {one.title: other for other, one in found if one is not None and other.date == entry.date}
        if others:
            yield Found(
                entry.place("date"),
                f"{step.title}与{'、'.join(others)}在同一天，大会最早 {add_days(entry.date, 1)}",
                "核对各个日期；确在同一天的，写明情况。",
                entry.step,
                tuple(Related(other.place("date"), title) for title, other in others.items()),
            )
