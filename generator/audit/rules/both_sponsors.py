from collections.abc import Iterator

from generator.audit.comparison import recorded_sponsors, reference_in
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.records.model import Entry


@checks("DEV033", "介绍人没有写意见，或写在大会之后", severity=Severity.ERROR, absence=True)
def both_sponsors(subject: Subject) -> Iterator[Found]:
    """查什么：支部大会之前，两名介绍人的意见是否已写好；注明没有签名的为警告。

    为什么：大会要听介绍人的意见，事后补写说明会上没有。

    依据：《细则》（2014）第21条；《细则》（2026）第20条。

    错例：
        - {step: admission_meeting, date: 2025-05-20, result: passed}
        - {step: sponsor_opinion, date: 2025-05-22, by: "2008017"}

    对例：
        - {step: sponsor_opinion, date: 2025-05-12, by: "2008017"}
        - {step: admission_meeting, date: 2025-05-20, result: passed}
    """
    # That there is any opinion before the meeting is said by the procedure file; here, that none of the two lacks one.
    opinions = [entry for entry, _ in subject.at("DEV033", "sponsor_opinion") if subject.completed(entry)]
    for opinion in opinions:
        if opinion.get("signed") is False:
            by = "" if opinion.get("by") is None else _writer(subject, opinion)
            text = f"介绍人{by}的意见没有签名"
            yield Found(
                opinion.place("signed"), text, "请介绍人本人补签，不得代签、倒签。", opinion.step, (), Severity.WARNING
            )
    if not opinions or any(entry.get("by") is None for entry in opinions):
        return
    meetings = {entry.place("date"): entry for opinion in opinions for entry in subject.followers(opinion)}
    for meeting in meetings.values():
        assigned = [entry for entry, _ in subject.at("DEV032", "assign_sponsors") if entry.date <= meeting.date]
        in_time = {_writer(subject, opinion) for opinion in opinions if opinion.date <= meeting.date}
        sponsors = [subject.name_of(reference) for reference in recorded_sponsors(assigned[-1])] if assigned else []
        if not in_time or len(in_time) >= len(sponsors):
            continue
        for name in sponsors:
            if name not in in_time:
                yield _lacking(subject, name, meeting, opinions, assigned[-1])


def _lacking(subject: Subject, name: str, meeting: Entry, opinions: list[Entry], assigned: Entry) -> Found:
    late = next((opinion for opinion in opinions if _writer(subject, opinion) == name), None)
    if late is not None:
        text = f"介绍人{name}的意见（{late.date}）写在大会之后，最晚 {meeting.date}"
        related = (Related(meeting.place("date"), subject.title(meeting.step)),)
        return Found(late.place("date"), text, "核对两个日期；意见应在大会之前写好，不得倒签。", late.step, related)
    text = f"大会（{meeting.date}）之前没有介绍人{name}的意见"
    related = (Related(assigned.place("sponsors"), "确定的入党介绍人"),)
    return Found(meeting.place("date"), text, "两名介绍人各记一条；写过的补记。", opinions[-1].step, related)


def _writer(subject: Subject, opinion: Entry) -> str:
    return subject.name_of(reference_in(opinion.get("by")))
