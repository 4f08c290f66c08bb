from collections.abc import Iterator

from generator.audit.committees import CommitteeSubject
from generator.audit.periodic import next_inspection
from generator.audit.register import checks_committee
from generator.audit.subject import Found
from generator.diagnostics import Related, Severity


@checks_committee("DEV122", "上级党委没有按期检查发展材料", severity=Severity.WARNING)
def inspection_interval(subject: CommitteeSubject) -> Iterator[Found]:
    """查什么：本校规则定了检查间隔（设置项 committee_inspection_months，全国规定不设）的，
    离上一次党委检查是否已超过；没有检查记录的，从本党委最早一条记录算起。问题列在 committee.yaml 的名称处。

    为什么：定期审查才能及早发现和纠正；临到毕业、归档才查，多半来不及补正。

    依据：本校规定；院（系）党委应当定期审查发展党员材料。

    错例：
        # 本校规定六个月检查一次，截至 2026-03-01
        - {step: inspection, date: 2025-08-20, by: "1995003", codes: [M16], result: passed}

    对例：
        # 本校规定六个月检查一次，截至 2026-03-01
        - {step: inspection, date: 2025-09-10, by: "1995003", codes: [M16], result: passed}
    """
    found = next_inspection(subject)
    if found is None or not subject.passed(found.latest):
        return
    last = f"上一次检查是 {found.last.date}" if found.last else "没有检查记录"
    yield Found(
        subject.committee.place("name"),
        f"{subject.committee.name}没有按期检查发展材料：{last}，每 {found.months} 个月至少一次，最迟 {found.latest}",
        "检查后在 events/ 记一次 inspection，逐条写明问题和整改期限。",
        found.step,
        (Related(found.last.place("date"), "上一次检查"),) if found.last else (),
    )
