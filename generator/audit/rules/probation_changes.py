from collections.abc import Iterator
from datetime import date

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.procedure.calendar import add_months
from generator.records.model import Entry

SHORTEST, LONGEST = 6, 12
OUTCOMES = {"convert": "按期转正", "extend": "延长预备期", "cancel": "取消预备党员资格"}


@checks("DEV061", "延长预备期不符合规定", severity=Severity.ERROR)
def extension(subject: Subject) -> Iterator[Found]:
    """查什么：延长是否少于六个月或多于十二个月，是否延长了第二次，延长是否经上级批准；上级审批的结果与大会决议是否相同（不同为警告）。

    为什么：预备期只能延长一次，半年以上、一年以内。

    依据：《细则》（2014）第32条；《细则》（2026）第31条。

    错例：
        - {step: conversion_meeting, date: 2025-05-26, result: passed, outcome: extend, extension_months: 3}

    对例：
        - {step: conversion_meeting, date: 2025-05-26, result: passed, outcome: extend, extension_months: 6, reason: 需继续考察}
    """
    entries = [
        entry
        for entry, _ in subject.at("DEV061", "members_meeting")
        if entry.get("outcome") == "extend" and subject.completed(entry)
    ]
    for entry in entries:
        months = entry.get("extension_months")
        if months is None:
            yield Found(entry.place("outcome"), "延长预备期没有写延长几个月", "写 extension_months。", entry.step)
        elif not SHORTEST <= months <= LONGEST:
            text = f"延长预备期 {months} 个月，应为 {SHORTEST} 至 {LONGEST} 个月{_range(subject, entry)}"
            yield Found(entry.place("extension_months"), text, "核对决议；确实写错的，重新形成决议。", entry.step)
    for entry in entries[1:]:
        yield Found(
            entry.place("outcome"),
            "预备期延长了第二次",
            "延长期满应决定转正或取消预备党员资格。",
            entry.step,
            (Related(entries[0].place("outcome"), "第一次延长"),),
        )
    yield from _not_approved(subject, entries)
    yield from _decided_otherwise(subject)


def _range(subject: Subject, entry: Entry) -> str:
    """The days between which the extended period may end."""
    period = subject.progress.procedure.probation
    starts = [
        e for e in subject.entries if e.step == period.starts.subject and subject.completed(e) and e.date <= entry.date
    ]
    start = starts[-1].get(period.starts.field) if starts else None
    if not isinstance(start, date):
        return ""
    first, last = (add_months(start, period.months + extra) for extra in (SHORTEST, LONGEST))
    return f"，延长后期满最早 {first}，最晚 {last}"


def _not_approved(subject: Subject, extensions: list[Entry]) -> Iterator[Found]:
    """Extensions after which the next meeting was held without any approval in between."""
    meetings = [entry for entry, _ in subject.at("DEV061", "members_meeting")]
    approvals = [entry for entry, _ in subject.at("DEV061", "approval")]
    for entry in extensions:
        following = next((other for other in meetings if other.date > entry.date), None)
        if following and not any(entry.date <= approval.date <= following.date for approval in approvals):
            text = f"{entry.date} 决定延长预备期，没有上级审批的记录，{following.date} 又开大会"
            related = (Related(following.place("date"), f"再次讨论 {following.date}"),)
            yield Found(entry.place("outcome"), text, "批准过的补记审批；未批准的，延长无效。", entry.step, related)


def _decided_otherwise(subject: Subject) -> Iterator[Found]:
    """Approvals whose outcome is not that of the meeting they rest on."""
    meetings = [entry for entry, _ in subject.at("DEV061", "members_meeting") if subject.completed(entry)]
    for entry, step in subject.at("DEV061", "approval"):
        before = [meeting for meeting in meetings if meeting.date <= entry.date]
        if not before or not subject.completed(entry):
            continue
        decided, approved = before[-1].get("outcome"), entry.get("outcome")
        if decided in OUTCOMES and approved in OUTCOMES and decided != approved:
            yield Found(
                entry.place("outcome"),
                f"{step.title}的结果是{OUTCOMES[approved]}，大会决议是{OUTCOMES[decided]}",
                "核对两处的 outcome；上级不同意决议的，一般退回重新讨论，记 result: failed。",
                entry.step,
                (Related(before[-1].place("outcome"), f"大会决议：{OUTCOMES[decided]}"),),
                severity=Severity.WARNING,
            )


@checks("DEV062", "推迟讨论转正不符合规定", severity=Severity.ERROR)
def deferral(subject: Subject) -> Iterator[Found]:
    """查什么：推迟讨论的是否为转入的预备党员，推迟是否超过六个月。

    为什么：只有新转入、党组织尚不了解的预备党员可以推迟，最长半年。

    依据：《细则》（2014）第36条；《细则》（2026）第35条。

    错例：
        - {step: defer_conversion, date: 2025-05-20, until: 2026-01-20, reason: 转入不久}

    对例：
        - {step: defer_conversion, date: 2025-05-20, until: 2025-11-20, reason: 转入不久}
    """
    since = subject.progress.stages.get("probationary")
    moved = any(e.fields.get("to_branch") for e in subject.entries if since is None or e.date >= since)
    came = subject.person.get("baseline.status") == "probationary"
    if moved or came:
        return
    for entry, _ in subject.at("DEV062", "deferral"):
        yield Found(
            entry.place("date"),
            "推迟讨论只适用于转入的预备党员，这个人没有转入记录",
            "确系转入的，补记支部变动（move）或转来时的经历（baseline）。",
            entry.step,
        )
