from collections.abc import Iterator
from datetime import date

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.procedure.calendar import add_months


@checks("DEV042", "离校（离职）前三个月内仍在发展", severity=Severity.WARNING)
def before_leaving(subject: Subject) -> Iterator[Found]:
    """查什么：预审、接收大会、审批是否在离校（离职）之前三个月内，或在其之后。离开日期取个人信息的 leaves。

    为什么：即将离开的人一般不办理接收手续，由新单位继续培养。

    依据：《细则》（2014）第19条；《细则》（2026）第18条。

    错例：
        leaves: 2025-06-20
        log:
        - {step: preview, date: 2025-04-25, result: passed}

    对例：
        leaves: 2025-06-20
        log:
        - {step: preview, date: 2025-03-14, result: passed}
    """
    leaves = subject.person.get("leaves")
    if not isinstance(leaves, date):
        return
    for entry, step in subject.at("DEV042"):
        if entry.date > add_months(leaves, -3) and subject.completed(entry):
            when = "之后" if entry.date > leaves else "前三个月内"
            yield Found(
                entry.place("date"),
                f"{step.title} {entry.date} 在离校（离职）{leaves} {when}，最晚 {add_months(leaves, -3)}",
                "一般不办理，转由新单位继续培养；确有必要的，请示上级党委并写明免责说明。",
                entry.step,
                (Related(subject.person.place("leaves"), "离校（离职）日期"),),
            )
