from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.audit.recount import counted_for, recount
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.records.model import Entry, Person


@checks("DEV047", "没有表决权的人参加了表决", severity=Severity.ERROR)
def voters(subject: Subject) -> Iterator[Found]:
    """查什么：支部大会有表决权人员名单（attendance.voting）和书面意见（written）里，当天是否都是本支部的正式党员。

    为什么：预备党员没有表决权，外支部党员在本支部也没有；算进去，票数就不对。

    依据：《党章》第7条；《细则》（2014）第21条。

    错例：
        # 2021030099 当天还是预备党员
        attendance: {voting: ["2008017", "1995003", "2021030099"]}

    对例：
        attendance: {voting: ["2008017", "1995003"], observers: ["2021030099"]}
    """
    for entry, _ in subject.at("DEV047"):
        again = _again(subject, entry)
        for reference, path in _voters(entry):
            voter = subject.person_named(reference)
            if voter is None:
                if _full_only_later(reference, entry):
                    full = reference["full_since"]
                    text = f"{subject.name_of(reference)}在 {entry.date} 不是正式党员，最早 {full}"
                    hint = f"核对转正日期；没有表决权的列为列席 observers。{again}"
                    yield Found(entry.place(path), text, hint, entry.step)
                continue
            if voter.id == subject.person.id:
                yield Found(entry.place(path), "本人列为有表决权的人", f"从有表决权的名单中删去。{again}", entry.step)
            elif _no_member(subject, voter, entry):
                yield Found(
                    entry.place(path),
                    f"{voter.name}（{voter.id}）在 {entry.date} 不是有表决权的正式党员",
                    f"没有表决权的列为列席 observers；并核对应到、实到和票数。{again}",
                    entry.step,
                    (Related(voter.place("name"), "这个人的记录"),),
                )
            elif _elsewhere(subject, voter, entry):
                branch = subject.index.branch_on(voter, entry.date)
                name = subject.corpus.branches[branch].name if branch in subject.corpus.branches else branch
                yield Found(
                    entry.place(path),
                    f"{voter.name}（{voter.id}）当天在{name}，不在本支部",
                    f"外支部党员在本支部没有表决权。{again}",
                    entry.step,
                    (Related(voter.place("name"), "这个人的记录"),),
                )


def _full_only_later(reference: Any, entry: Entry) -> bool:
    """Somebody outside the records of whom it is told that full membership came later."""
    full = reference.get("full_since") if isinstance(reference, Mapping) else None
    return isinstance(full, date) and full > entry.date


def _no_member(subject: Subject, voter: Person, entry: Entry) -> bool:
    return not subject.full_member(voter, entry.date)


def _elsewhere(subject: Subject, voter: Person, entry: Entry) -> bool:
    return subject.index.branch_on(voter, entry.date) != subject.branch_of(entry)


def _again(subject: Subject, entry: Entry) -> str:
    """The vote without everybody who had no right to it."""
    room = written = 0
    for reference, path in _voters(entry):
        voter = subject.person_named(reference)
        if voter is None:
            out = _full_only_later(reference, entry)
        else:
            out = (
                voter.id == subject.person.id or _no_member(subject, voter, entry) or _elsewhere(subject, voter, entry)
            )
        if out:
            room += path.startswith("attendance")
            written += counted_for(entry, path)
    return recount(entry, room, written, subject.progress.procedure.written_votes_count)


def _voters(entry: Entry) -> Iterator[tuple[Any, str]]:
    voting = entry.get("attendance.voting")
    for index, reference in enumerate(voting if isinstance(voting, list) else ()):
        yield reference, f"attendance.voting.{index}"
    written = entry.get("written")
    for index, vote in enumerate(written if isinstance(written, list) else ()):
        if isinstance(vote, dict):
            yield vote.get("person"), f"written.{index}.person"
