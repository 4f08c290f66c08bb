from collections.abc import Iterator, Sequence

from generator.audit.problems import Problem, belongs_to_another, problems_of, still_found
from generator.audit.register import checks, looks_again
from generator.audit.subject import Found, Subject
from generator.diagnostics import Diagnostic, Severity
from generator.procedure.calendar import add_days


@checks("DEV123", "检查发现的问题过了期限还没有整改", severity=Severity.WARNING, layer="guidance", timeless=True)
def not_corrected(subject: Subject) -> Iterator[Found]:
    """查什么：党委检查、材料审核、转入审档里写的问题（problems），过了整改期限（due）而没有整改日期（corrected）的。
    没有写期限的不查。

    为什么：查出来不改，等于没有查；逾期未改也是统计纠正不力的依据。

    依据：本校规定；审查发现的问题应当及时纠正。

    错例：
        # 截至 2025-11-20
        - {step: inspection, date: 2025-10-15, result: failed, problems: [{code: DEV019, due: 2025-10-30}]}

    对例：
        - {step: inspection, date: 2025-10-15, result: failed,
           problems: [{code: DEV019, due: 2025-10-30, corrected: 2025-10-24}]}
    """
    for entry, step in subject.at("DEV123"):
        for problem in problems_of(entry):
            if problem.due is None or _corrected(problem, subject):
                continue
            if subject.passed(problem.due) and not belongs_to_another(entry, subject.person_named(problem.person)):
                text = f"{step.title}（{entry.date}）发现的 {problem.name} 应于 {problem.due} 前整改，还没有整改日期"
                hint = "已改的写 corrected: 日期；确实改不了的，在备注里写明原因，报党委。"
                yield Found(problem.place.child("due"), text, hint, entry.step)


@looks_again("DEV124", "记为已整改的问题现在仍然查得出来", severity=Severity.WARNING, layer="guidance")
def not_really_corrected(subject: Subject, findings: Sequence[Diagnostic]) -> Iterator[Found]:
    """查什么：检查问题写了整改日期（corrected），同一个人现在仍有同一代码的问题，而且问题不在整改以后才发生的事上。
    整改以后新发生的同类问题不算在内，由 jishi stats 计入再次发现；已有免责说明的不算。

    为什么：纸面上销号而实际没有改，下次检查还会查出来。

    依据：本校规定；审查发现的问题应当及时纠正。

    错例：
        # 这份汇报至今没有签名
        - {step: report, date: 2025-09-26, materials: [{code: M16, signed: false}]}
        - {step: inspection, date: 2025-10-15, result: failed, problems: [{code: DEV019, corrected: 2025-10-24}]}

    对例：
        - {step: report, date: 2025-09-26, materials: [{code: M16, signed: true}]}
        - {step: inspection, date: 2025-10-15, result: failed, problems: [{code: DEV019, corrected: 2025-10-24}]}
    """
    for entry, step in subject.at("DEV124"):
        for problem in problems_of(entry):
            named = subject.person_named(problem.person)
            if named is None or named.id != subject.person.id or not _corrected(problem, subject):
                continue
            if still_found(problem, findings, subject.entries) is not None:
                text = f"{step.title}（{entry.date}）发现的 {problem.name} 记为 {problem.corrected} 已整改，现在仍然查得出来"
                hint = "没有改到位的改正后更新日期；确已改正的，核对记录里的材料和日期是否跟着改了。"
                yield Found(problem.place.child("corrected"), text, hint, entry.step)


def _corrected(problem: Problem, subject: Subject) -> bool:
    return problem.corrected is not None and subject.passed(add_days(problem.corrected, -1))

