from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.audit.comparison import reference_in
from generator.audit.offices import (
    SECRETARIES,
    approving_committee,
    in_term,
    organiser_in_office,
    organisers_named,
    terms_of,
)
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.definitions.model import Step
from generator.diagnostics import Severity
from generator.records.model import Committee, Entry


@checks("DEV050", "审批前没有上级谈话，或谈话人、谈话时间不对", severity=Severity.ERROR, absence=True)
def superior_talk(subject: Subject) -> Iterator[Found]:
    """查什么：审批之前有没有党委派人谈话，是否在支部大会之后、审批之前（可以同日）。
    谈话人当天是不是党委委员或组织员：按党委班子和组织员的任职记录核对，都不是的为警告，就是本人的为错误；
    没有记任职（或只记了书记、副书记）的，谈话人在记录之外的，不作判断。

    为什么：谈话是党委审批前的最后一次把关，谈话人的意见写入志愿书。

    依据：《细则》（2014）第24条；《细则》（2026）第23条。

    错例：
        - {step: approve_admission, date: 2025-06-18, result: passed}
        - {step: superior_talk, date: 2025-06-20, role: organiser}

    对例：
        - {step: superior_talk, date: 2025-06-05, role: organiser}
        - {step: approve_admission, date: 2025-06-18, result: passed}
    """
    # Whether there is a talk, and when, is said by the procedure file.
    for entry, step in subject.at("DEV050", "superior_talk"):
        talkers = entry.get("by")
        named = [reference_in(item) for item in talkers] if isinstance(talkers, list) else []
        if subject.person.id in named:
            place = entry.place(f"by.{named.index(subject.person.id)}")
            yield Found(place, f"{step.title}的谈话人就是本人", "核对谈话人。", entry.step)
        others = [one for one in named if one != subject.person.id]
        if others and all(_entitled(subject, one, entry) is False for one in others):
            yield _nobody_entitled(subject, entry, step, others)


def _nobody_entitled(subject: Subject, entry: Entry, step: Step, talkers: list[Any]) -> Found:
    names = "、".join(subject.name_of(one) for one in talkers)
    return Found(
        entry.place("by"),
        f"{step.title}由{names}进行，按任职记录 {entry.date} 不是党委委员，也不是在任的组织员",
        "漏记任职的补记；谈话人确实不合规定的，审批之前由党委委员或组织员重新谈话。",
        entry.step,
        severity=Severity.WARNING,
    )


def _entitled(subject: Subject, talker: Any, entry: Entry) -> bool | None:
    """Whether somebody may hold the talk on that day; None where the records do not tell."""
    if not isinstance(talker, str):
        return None
    organisers = organisers_named(subject.corpus, talker)
    if any(organiser_in_office(one, entry.date) for one in organisers):
        return True
    branch = subject.corpus.branches.get(subject.branch_of(entry))
    own = subject.corpus.committees.get(branch.committee) if branch is not None else None
    approving = approving_committee(subject.corpus, own)
    if any(term.get("person") == talker and in_term(term, entry.date) for term in terms_of(approving)):
        return True
    role = entry.get("role")
    open_ = role != "organiser" and not _terms_known(approving, entry.date)
    open_ = open_ or (role != "committee_member" and not organisers and not _organisers_known(subject, own, approving))
    return None if open_ else False


def _terms_known(committee: Committee | None, day: date) -> bool:
    """Whether more of the committee than its secretaries is recorded for that day."""
    return any(in_term(term, day) and term.get("function") not in SECRETARIES for term in terms_of(committee))


def _organisers_known(subject: Subject, *committees: Committee | None) -> bool:
    """Whether the organisers above the branch are recorded at all."""
    above = {committee.id for committee in committees if committee is not None}
    return any(organiser.committee in above for organiser in subject.corpus.organisers.values())
