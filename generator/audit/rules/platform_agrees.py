from collections.abc import Iterator
from datetime import date

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Place, Related, Severity


@checks("DEV070", "平台信息与档案不一致，或没有更新", severity=Severity.WARNING, layer="platform")
def platform_agrees(subject: Subject) -> Iterator[Found]:
    """查什么：最近一次平台信息核实里，入党日期、转正日期与档案是否一致，是否注明了不完整。

    为什么：平台上的日期错了，组织关系转接和党龄都会跟着错。

    依据：平台的要求（待核实）。

    错例：
        # 接收大会在 2024-05-20
        - {step: platform_check, date: 2025-06-10, platform: dengta, admitted: 2024-06-18}

    对例：
        - {step: platform_check, date: 2025-06-10, platform: dengta, admitted: 2024-05-20}
    """
    checked = [entry for entry, _ in subject.at("DEV070", "platform_check")]
    if not checked:
        return
    entry = checked[-1]
    stages = subject.progress.stages
    for field, label, recorded in (
        ("admitted", "入党日期", stages.get("probationary")),
        ("full_since", "转正日期", stages.get("full")),
    ):
        shown = entry.get(field)
        if isinstance(shown, date) and recorded is not None and shown != recorded and not entry.get("corrected"):
            yield Found(
                entry.place(field),
                f"平台上的{label}是 {shown}，档案为 {recorded}",
                "核对后更正平台或记录；已更正的写 corrected。",
                entry.step,
                (Related(_recorded_at(subject, recorded), f"档案：{label} {recorded}"),),
            )
    if entry.get("complete") is False:
        yield Found(entry.place("complete"), "平台信息没有补齐", "补齐后再记一次核实。", entry.step)


def _recorded_at(subject: Subject, day: date) -> Place:
    """The entry of that day, which for an admission is the meeting."""
    return next((e.place("date") for e in subject.entries if e.date == day), subject.person.place("log").key())
