from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise, takewhile

from generator.audit.paper_faults import faults_of
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.procedure.calendar import add_days, add_months
from generator.records.model import Entry


@checks("DEV016", "有的季度没有思想汇报", severity=Severity.WARNING, layer="local", absence=True)
def every_quarter(subject: Subject) -> Iterator[Found]:
    """查什么：成为积极分子到列为发展对象（或到今天）之间，每个完整的自然季度是否至少有一份思想汇报。

    为什么：不少学校要求每季度一份；细则没有规定次数，所以只在本校启用时才查。
    本校规则写明间隔月数的，按间隔核对。季度怎样算由设置项 quarters 定：自然季度，或者从成为积极分子之日起每三个月。

    依据：本校规则。

    错例：
        # 2024-10-15 成为积极分子，截至 2025-07-01
        - {step: report, date: 2024-12-20}
        - {step: report, date: 2025-06-20}

    对例：
        - {step: report, date: 2024-12-20}
        - {step: report, date: 2025-03-20}
        - {step: report, date: 2025-06-20}
    """
    since = subject.progress.stages.get("activist")
    if since is None or subject.progress.status != "active":
        return
    rolling = subject.rules.profile.settings.get("quarters") == "rolling"
    periods = quarters_from if rolling else quarters_inside
    quarters = periods(since, subject.progress.stages.get("target", date.max))
    reports = _reports(subject, "DEV016")
    missing = [
        f"{first} 至 {last}" if rolling else f"{first.year} 年第 {first.month // 3 + 1} 季度"
        for first, last in takewhile(lambda quarter: subject.passed(quarter[1]), quarters)
        if not any(first <= entry.date <= last for entry in reports)
    ]
    if missing:
        yield Found(
            reports[-1].place("date") if reports else subject.person.place("log").key(),
            f"缺 {len(missing)} 个季度的思想汇报：{'、'.join(missing)}",
            "本人确实按期写过的补记；没有写的不得倒签。",
            reports[-1].step if reports else None,
        )


@checks("DEV017", "两份思想汇报相隔太近", severity=Severity.WARNING, layer="local")
def too_close(subject: Subject) -> Iterator[Found]:
    """查什么：相邻两份思想汇报的间隔是否少于本校规定的天数（report_gap_days，默认 60 天）。

    为什么：隔一两天写两份，是为了凑数。

    依据：本校规则。

    错例：
        - {step: report, date: 2025-03-20}
        - {step: report, date: 2025-03-21}

    对例：
        - {step: report, date: 2025-03-20}
        - {step: report, date: 2025-06-20}
    """
    least = int(subject.rules.profile.settings["report_gap_days"])
    for earlier, later in pairwise(_reports(subject, "DEV017")):
        days = (later.date - earlier.date).days
        if days < least:
            yield Found(
                later.place("date"),
                f"与上一份思想汇报（{earlier.date}）只隔 {days} 天，本校要求至少 {least} 天，最早 {add_days(earlier.date, least)}",
                "核对落款日期；日期属实的，以后按间隔递交，不得改日期。",
                later.step,
                (Related(earlier.place("date"), "上一份"),),
            )


@checks("DEV018", "列为发展对象前思想汇报份数不足", severity=Severity.WARNING, layer="local", absence=True)
def too_few(subject: Subject) -> Iterator[Found]:
    """查什么：成为积极分子到列为发展对象之间，思想汇报是否达到本校规定的份数（reports_before_target，默认 4 份）。

    为什么：份数由学校规定，细则没有规定。

    依据：本校规则。

    错例：
        - {step: report, date: 2025-03-20}
        - {step: list_target, date: 2025-11-05}

    对例：
        - {step: report, date: 2024-12-20}
        - {step: report, date: 2025-03-20}
        - {step: report, date: 2025-06-20}
        - {step: report, date: 2025-09-20}
        - {step: list_target, date: 2025-11-05}
    """
    since, listed = (subject.progress.stages.get(stage) for stage in ("activist", "target"))
    if since is None or listed is None:
        return
    arrived = subject.person.get("baseline.arrived")
    if isinstance(arrived, date) and since < arrived:  # what was handed in elsewhere is unknown, not missing
        return
    least = int(subject.rules.profile.settings["reports_before_target"])
    reports = [entry for entry in _reports(subject, "DEV018") if since <= entry.date <= listed]
    if len(reports) < least:
        yield Found(
            reports[-1].place("date") if reports else subject.person.place("log").key(),
            f"列为发展对象前只有 {len(reports)} 份思想汇报，本校要求 {least} 份",
            "漏记的补记；份数不足的，不得补写，请示上级党委。",
            reports[-1].step if reports else None,
        )


@checks("DEV019", "思想汇报未签名、未注明日期或两份相同", severity=Severity.WARNING, timeless=True)
def signed_and_own(subject: Subject) -> Iterator[Found]:
    """查什么：思想汇报登记为未签名、未注明日期；两份汇报登记了同一份扫描件。内容是否抄袭、是否写到落款之后的事，须看原件。

    为什么：思想汇报由本人亲笔写、签名、注明日期。

    依据：材料应当真实，属审档的通行要求。

    错例：
        - step: report
          date: 2025-03-20
          materials: [{code: M16, signed: false}]

    对例：
        - {step: report, date: 2025-03-20, materials: [M16]}
    """
    reports = [entry for entry, _ in subject.at("DEV019", "report")]
    scans: dict[str, Entry] = {}
    for paper in subject.papers:
        material = subject.rules.materials.get(paper.code)
        if paper.entry not in reports or material is None:
            continue
        for fault in faults_of(paper, material):
            if fault.field != "kind":
                yield Found(fault.place, f"思想汇报{fault.text}", "请本人补齐，不得代签、倒签。", paper.entry.step)
        scan = paper.fields.get("scan")
        if isinstance(scan, str):
            if scan in scans:
                yield Found(
                    paper.place("scan"),
                    f"与 {scans[scan].date} 的思想汇报是同一份扫描件",
                    "核对是否登记重复。",
                    paper.entry.step,
                    (Related(scans[scan].place("date"), "另一份"),),
                )
            scans.setdefault(scan, paper.entry)


def quarters_inside(since: date, until: date) -> Iterator[tuple[date, date]]:
    """First and last day of the calendar quarters that lie wholly from `since` to `until`, both inclusive."""
    first = date(since.year, 3 * ((since.month - 1) // 3) + 1, 1)
    while True:
        following = add_months(first, 3)
        last = following - timedelta(days=1)
        if last > until:
            return
        if first >= since:
            yield first, last
        first = following


def quarters_from(since: date, until: date) -> Iterator[tuple[date, date]]:
    """First and last day of each three months counted from `since`, as far as they end on or before `until`."""
    for count in range(0, 1200, 3):
        first, following = add_months(since, count), add_months(since, count + 3)
        if following > until:
            return
        yield first, following - timedelta(days=1)


def _reports(subject: Subject, code: str) -> list[Entry]:
    return [entry for entry, _ in subject.at(code, "report")]
