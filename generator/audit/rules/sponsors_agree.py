from collections.abc import Iterator

from generator.audit.comparison import recorded_sponsors, reference_in, sponsor_sets
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.records.model import Entry


@checks("DEV032", "各处写的入党介绍人不一致", severity=Severity.ERROR, timeless=True)
def sponsors_agree(subject: Subject) -> Iterator[Found]:
    """查什么：签署意见的人、材料上写的介绍人（shows 里抄录的），与确定的入党介绍人是否相同。

    为什么：考察表、志愿书、会议记录上的介绍人须是同样两个人；中途更换的，应重新确定并记明。

    依据：《细则》（2014）第14条；材料之间应当一致。

    错例：
        - {step: assign_sponsors, date: 2024-11-08, sponsors: [{person: "2008017"}, {person: "1995003"}]}
        - {step: sponsor_opinion, date: 2025-05-12, by: "2001008"}

    对例：
        - {step: assign_sponsors, date: 2024-11-08, sponsors: [{person: "2008017"}, {person: "1995003"}]}
        - {step: sponsor_opinion, date: 2025-05-12, by: "1995003"}
    """
    assigned = [entry for entry, _ in subject.at("DEV032", "assign_sponsors")]
    for entry, _ in subject.at("DEV032", "sponsor_opinion"):
        valid = _on(assigned, entry)
        if valid is None or entry.get("by") is None:
            continue
        names = {subject.name_of(reference) for reference in recorded_sponsors(valid)}
        # An assignment of nobody, or of nobody that could be read, is said elsewhere.
        if names and subject.name_of(reference_in(entry.get("by"))) not in names:
            yield Found(
                entry.place("by"),
                f"签署意见的{subject.name_of(reference_in(entry.get('by')))}不是确定的入党介绍人（{'、'.join(sorted(names))}）",
                "更换过介绍人的，补记一条新的确定入党介绍人。",
                entry.step,
                (Related(valid.place("sponsors"), "确定的入党介绍人"),),
            )
    for paper, shown in sponsor_sets(subject):
        valid = _on(assigned, paper.entry)
        if valid is None:
            continue
        names = {subject.name_of(reference) for reference in recorded_sponsors(valid)}
        if names and names != shown:
            yield Found(
                paper.place("shows", "sponsors"),
                f"材料上的介绍人是{'、'.join(sorted(shown))}，确定的是{'、'.join(sorted(names))}",
                "核对原件。",
                paper.entry.step,
                (Related(valid.place("sponsors"), "确定的入党介绍人"),),
            )


def _on(assigned: list[Entry], entry: Entry) -> Entry | None:
    """The assignment in force on the day of an entry, else the first one."""
    before = [other for other in assigned if other.date <= entry.date]
    return before[-1] if before else assigned[0] if assigned else None
