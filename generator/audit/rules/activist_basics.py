from collections.abc import Iterator

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Severity


@checks("DEV010", "积极分子没有报上级备案，或备案早于会议", severity=Severity.ERROR, absence=True)
def filing_of_activist(subject: Subject) -> Iterator[Found]:
    """查什么：确定积极分子后有没有上级党委备案的记录（已有培养考察而没有备案的也列出），备案日期是否早于会议。

    为什么：确定积极分子须报上级党委备案；培养时间要有据可查。

    依据：《细则》（2014）第8条，2026 版同条。

    错例：
        - {step: file_activist, date: 2024-10-10, decision: filed}
        - {step: decide_activist, date: 2024-10-15, result: passed}

    对例：
        - {step: decide_activist, date: 2024-10-15, result: passed}
        - {step: file_activist, date: 2024-10-28, decision: filed}
    """
    yield from _absent(subject, "DEV010", "filing", "没有报上级党委备案", "备案过的补记备案；没有备案的及时上报。")


@checks("DEV011", "培养联系人不是一至两名", severity=Severity.ERROR)
def number_of_contacts(subject: Subject) -> Iterator[Found]:
    """查什么：指定的培养联系人是否为一至两人；已有培养考察而没有指定联系人的也列出。

    为什么：规定的就是一至两名；三人以上责任不清，一个没有则无人培养。

    依据：《细则》（2014）第9条，2026 版同条。

    错例：
        - {step: assign_contacts, date: 2024-10-15, contacts: ["2008017", "1995003", "2001008"]}

    对例：
        - {step: assign_contacts, date: 2024-10-15, contacts: ["2008017", "1995003"]}
    """
    yield from _absent(
        subject, "DEV011", "assign_contacts", "没有指定培养联系人", "指定过的补记；没有指定的及时确定一至两名。"
    )


def _absent(subject: Subject, code: str, kind: str, text: str, hint: str) -> Iterator[Found]:
    """At the last inspection, where no step of the kind was recorded and nothing after it has made the procedure say so.

    What is recorded but wrong, and what later steps presuppose, is said by the procedure file.
    """
    inspected = [entry for entry, _ in subject.at(code, "inspect")]
    done = any(subject.completed(entry) for entry, _ in subject.at(code, kind))
    came = subject.person.get("baseline.status") is not None
    if inspected and not done and not came and not any(f.code == code for f in subject.progress.findings):
        last = inspected[-1]
        yield Found(last.place("date"), f"已有培养考察（{last.date}），{text}", hint, last.step)
