from collections.abc import Iterator
from datetime import date, timedelta

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.procedure.calendar import add_months
from generator.records.model import Entry


@checks("DEV054", "预备期起止写错", severity=Severity.ERROR)
def probation_period(subject: Subject) -> Iterator[Found]:
    """查什么：审批写的预备期是否从支部大会通过之日起，止期是否为一年后的前一天或当天（两种写法都可以）。

    为什么：预备期从大会通过之日算，不从审批之日算；写错会连累党龄。

    依据：《细则》（2014）第32条；《细则》（2026）第31条。

    错例：
        - {step: admission_meeting, date: 2025-05-20, result: passed}
        - {step: approve_admission, date: 2025-06-18, result: passed, probation: {from: 2025-06-18, to: 2026-06-17}}

    对例：
        - {step: admission_meeting, date: 2025-05-20, result: passed}
        - {step: approve_admission, date: 2025-06-18, result: passed, probation: {from: 2025-05-20, to: 2026-05-19}}
    """
    period = subject.progress.procedure.probation
    for entry, _ in subject.at("DEV054", "approval"):
        starts = [e for e in subject.entries if e.step == period.starts.subject and subject.completed(e)]
        before = [e for e in starts if e.date <= entry.date] or starts
        if not before or not subject.completed(entry):
            continue
        start = before[-1].get(period.starts.field)
        if isinstance(start, date):
            yield from _compare(subject, entry, before[-1], start, period.months)


def _compare(subject: Subject, entry: Entry, meeting: Entry, start: date, months: int) -> Iterator[Found]:
    related = (Related(meeting.place("date"), subject.title(meeting.step)),)
    stated, ends = entry.get("probation.from"), entry.get("probation.to")
    expiry = add_months(start, months)
    before = expiry - timedelta(days=1)
    last = expiry if subject.rules.profile.settings.get("probation_end") == "same_day" else before
    other = expiry if last == before else before
    hint = f"应为 {start} 至 {last}；止日写 {other} 也可以。志愿书上写错的，按规定更正并附说明。"
    if isinstance(stated, date) and stated != start:
        text = f"预备期从 {stated} 起，应从支部大会通过之日 {start} 起"
        yield Found(entry.place("probation.from"), text, hint, entry.step, related)
    if isinstance(ends, date) and ends not in (before, expiry):
        text = f"预备期到 {ends} 止，应到 {last}（或 {other}）止"
        yield Found(entry.place("probation.to"), text, hint, entry.step, related)
