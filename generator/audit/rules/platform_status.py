from collections.abc import Iterator

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Severity
from generator.procedure.book import FULL, PROBATIONARY


@checks("DEV118", "对预备党员或正式党员作了归档、恢复或阶段调整", severity=Severity.WARNING, layer="platform")
def of_members(subject: Subject) -> Iterator[Found]:
    """查什么：平台归档（暂停）、恢复归档、发展阶段调整，是否用在预备党员或正式党员身上。

    为什么：这三项操作只用于申请人、积极分子和发展对象；党员的变动另有程序，暂停记录会使预备期无人过问。

    依据：平台的要求。

    错例：
        - {step: approve_admission, date: 2025-06-18, result: passed}
        - {step: suspend, date: 2025-09-10, reason: 外出实习}

    对例：
        - {step: decide_activist, date: 2025-03-20, result: passed}
        - {step: suspend, date: 2025-09-10, reason: 休学}
    """
    confirming = subject.progress.procedure.probation.confirmed_by
    came = subject.person.get("baseline.status") in (PROBATIONARY, FULL)
    for entry, step in subject.at("DEV118"):
        confirmed = (e for e in subject.entries if e.step == confirming and subject.completed(e))
        if came or any(other.date <= entry.date for other in confirmed):
            text = f"{step.title}（{entry.date}）时已是预备党员或正式党员"
            hint = "核对日期；组织关系变动记 move，出党记 leave_party。"
            yield Found(entry.place("date"), text, hint, entry.step)
