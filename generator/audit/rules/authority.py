from collections.abc import Iterator

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity


@checks("DEV053", "审批的党组织没有审批权，或没有集体表决", severity=Severity.ERROR)
def authority(subject: Subject) -> Iterator[Found]:
    """查什么：审批写的党组织（body）是否有审批权；是否注明没有集体讨论、没有逐个表决。党总支只审议，不审批。
    归党总支管的支部，审批之前没有党总支审议的，临时党支部接收预备党员的，也用本代码。

    为什么：接收预备党员和转正须由有审批权的党委集体讨论、表决决定。

    依据：《细则》（2014）第23条、第25条；《细则》（2026）第22条、第24条。

    错例：
        # cs-zongzhi 是党总支
        - {step: approve_admission, date: 2025-06-18, body: cs-zongzhi, collective: true, result: passed}

    对例：
        - {step: approve_admission, date: 2025-06-18, body: cs, collective: true, result: passed}
    """
    for entry, _ in subject.at("DEV053", "members_meeting"):
        branch = subject.corpus.branches.get(subject.branch_of(entry))
        if branch is not None and branch.fields.get("temporary") is True and subject.completed(entry):
            yield Found(
                entry.place("date"),
                f"{branch.name}是临时党支部，不能接收预备党员",
                "由正式组织关系所在的支部办理。",
                entry.step,
                (Related(branch.place("temporary"), branch.name),),
            )
    for entry, step in subject.at("DEV053", "approval"):
        body = subject.corpus.committees.get(str(entry.get("body")))
        # Without fields its file could not be read, which is said of the file and not held against its approvals.
        if body is not None and body.fields and not body.may_approve:
            yield Found(
                entry.place("body"),
                f"{body.name}没有审批权，{step.title}应由上级党委进行",
                "党总支审议后，报有审批权的党委审批。",
                entry.step,
                (Related(body.place("may_approve"), body.name),),
            )
        for field, text in (("collective", "不是党委会集体讨论表决"), ("one_by_one", "没有逐个审议和表决")):
            if entry.get(field) is False:
                yield Found(entry.place(field), f"{step.title}{text}", "应重新召开党委会审议。", entry.step)
