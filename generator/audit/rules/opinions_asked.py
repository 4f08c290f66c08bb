from collections.abc import Iterator, Mapping
from datetime import date

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.records.model import Branch, Entry

SOURCES = {"group": "党小组", "contacts": "培养联系人", "members": "党员", "masses": "群众"}


@checks("DEV021", "确定发展对象前听取意见不全", severity=Severity.ERROR, absence=True)
def four_opinions(subject: Subject) -> Iterator[Found]:
    """查什么：讨论发展对象人选之前，党小组（支部设党小组的）、培养联系人、党员、群众四方面意见是否齐全，日期是否不晚于支委会。
    完全没有写意见内容的为警告。

    为什么：四方面意见是支委会讨论的依据，少一方或补在会后都不合程序。

    依据：《细则》（2014）第13条，2026 版同条。

    错例：
        - step: collect_opinions
          date: 2025-10-20
          opinions: {contacts: {date: 2025-10-18}, members: {date: 2025-10-20}}

    对例：
        - step: collect_opinions
          date: 2025-10-20
          opinions:
            group: {date: 2025-10-18}
            contacts: {date: 2025-10-18}
            members: {date: 2025-10-20}
            masses: {date: 2025-10-20}
    """
    entries = [entry for entry, _ in subject.at("DEV021", "opinions")]
    given = {source for entry in entries for source in _opinions(entry)}
    here = subject.corpus.branches.get(subject.branch_of(entries[-1])) if entries else None
    asked = [source for source in SOURCES if source != "group" or _has_groups(here or subject.branch)]
    if entries and not given:
        yield Found(
            entries[-1].place("opinions"),
            "没有写听取了哪些方面的意见",
            "在 opinions 下写明各方面意见的日期和内容。",
            entries[-1].step,
            severity=Severity.WARNING,
        )
    elif entries and (missing := [SOURCES[s] for s in asked if s not in given]):
        yield Found(
            entries[-1].place("opinions"),
            f"没有{'、'.join(missing)}的意见",
            "应在支委会讨论之前听取；听取过的补记日期。",
            entries[-1].step,
        )
    for entry in entries:
        yield from _too_late(subject, entry)


def _has_groups(branch: Branch) -> bool:
    """As stated; else whether any group is listed."""
    stated = branch.fields.get("has_groups")
    return bool(branch.fields.get("groups")) if stated is None else stated is True


def _too_late(subject: Subject, entry: Entry) -> Iterator[Found]:
    followers = [other for other in subject.followers(entry) if other.date >= entry.date]
    for source, opinion in _opinions(entry).items():
        day = opinion.get("date") if isinstance(opinion, Mapping) else None
        if isinstance(day, date) and followers and day > followers[0].date:
            yield Found(
                entry.place(f"opinions.{source}.date"),
                f"{SOURCES.get(source, source)}的意见（{day}）晚于讨论的会议，最晚 {followers[0].date}",
                "核对两个日期；会后补听的，重新讨论。",
                entry.step,
                (Related(followers[0].place("date"), subject.title(followers[0].step)),),
            )


def _opinions(entry: Entry) -> Mapping[str, object]:
    value = entry.fields.get("opinions")
    return value if isinstance(value, Mapping) else {}


@checks("DEV022", "座谈会不合要求", severity=Severity.WARNING, layer="local")
def opinion_meeting(subject: Subject) -> Iterator[Found]:
    """查什么：听取意见的座谈会人数是否少于本校规定（opinion_attendance，默认 10 人），本人是否在场。

    为什么：人太少听不到真实意见，本人在场不便说话。

    依据：本校规则。

    错例：
        - {step: collect_opinions, date: 2025-10-20, candidate_present: true}

    对例：
        - {step: collect_opinions, date: 2025-10-20, candidate_present: false}
    """
    least = int(subject.rules.profile.settings["opinion_attendance"])
    for entry, _ in subject.at("DEV022", "opinions"):
        attendance = entry.get("attendance")
        if entry.get("candidate_present") is True:
            yield Found(entry.place("candidate_present"), "听取意见时本人在场", "应在本人不在场时听取。", entry.step)
        if isinstance(attendance, list):
            if subject.person.id in attendance:
                place = entry.place(f"attendance.{attendance.index(subject.person.id)}")
                yield Found(place, "听取意见时本人在场", "应在本人不在场时听取。", entry.step)
            if len(attendance) < least:
                yield Found(
                    entry.place("attendance"),
                    f"座谈会只有 {len(attendance)} 人，本校要求至少 {least} 人",
                    "核对名单是否记全。",
                    entry.step,
                )
