from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.audit.recount import counted_for, recount
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.records.model import Entry


@checks("DEV117", "到会名单与实到人数、书面意见不符", severity=Severity.WARNING)
def attendance_list(subject: Subject) -> Iterator[Found]:
    """查什么：写了有表决权到会人员名单（attendance.voting）的会议，名单人数是否等于实到人数（不等为警告）；
    同一人是否写了两次，是否既到会又提交了书面意见（为错误）。

    写明不计入应到的人（excluded）是否参加了表决，书面意见是否写在大会之后（为错误）。

    为什么：名单和人数出自同一份会议记录；一个人不能投两次票，书面意见要在会前提出。

    依据：《细则》（2014）第20条、第21条；《细则》（2026）第19条、第20条。

    错例：
        present: 3
        attendance: {voting: ["2008017", "1995003"]}

    对例：
        present: 2
        attendance: {voting: ["2008017", "1995003"]}
    """
    for entry, step in subject.at("DEV043"):
        listed = entry.get("attendance.voting")
        voting = listed if isinstance(listed, list) else []
        present = entry.get("present")
        if isinstance(listed, list) and isinstance(present, int) and present != len(voting):
            yield Found(
                entry.place("present"),
                f"{step.title}实到写 {present} 人，名单有 {len(voting)} 人",
                "核对会议记录。",
                entry.step,
                (Related(entry.place("attendance.voting"), "有表决权的到会人员"),),
            )
        for path, reference in _again(voting, entry.get("written")):
            text = f"{subject.name_of(reference)}在名单和书面意见里重复"
            yield Found(
                entry.place(path),
                text,
                f"一人只计一次。{_left(subject, entry, path)}",
                entry.step,
                severity=Severity.ERROR,
            )
        for path, reference in _excluded(entry.get("excluded"), voting, entry.get("written")):
            text = f"{subject.name_of(reference)}不计入应到，却参加了表决"
            hint = f"参加表决的计入应到；确实不计入的，从名单和书面意见里删去。{_left(subject, entry, path)}"
            related = (Related(entry.place("excluded"), "不计入应到的人员"),)
            yield Found(entry.place(path), text, hint, entry.step, related, severity=Severity.ERROR)
        yield from _too_late(subject, entry)


def _left(subject: Subject, entry: Entry, path: str) -> str:
    """The vote without the one at this path."""
    counts = subject.progress.procedure.written_votes_count
    return recount(entry, int(path.startswith("attendance")), int(counted_for(entry, path)), counts)


def _votes(voting: list[Any], written: Any) -> Iterator[tuple[str, Any]]:
    """Everybody who voted in the room or in writing, with the place."""
    for index, reference in enumerate(voting):
        yield f"attendance.voting.{index}", reference
    for index, opinion in enumerate(written if isinstance(written, list) else ()):
        if isinstance(opinion, Mapping) and opinion.get("person") is not None:
            yield f"written.{index}.person", opinion["person"]


def _again(voting: list[Any], written: Any) -> Iterator[tuple[str, Any]]:
    """Places of people who appear a second time."""
    seen: list[Any] = []
    for path, reference in _votes(voting, written):
        if reference in seen:
            yield path, reference
        seen.append(reference)


def _excluded(excluded: Any, voting: list[Any], written: Any) -> Iterator[tuple[str, Any]]:
    """Places of people who voted although they are not counted among those due."""
    items = excluded if isinstance(excluded, list) else []
    out = [item.get("person") for item in items if isinstance(item, Mapping)]
    return ((path, reference) for path, reference in _votes(voting, written) if reference in out)


def _too_late(subject: Subject, entry: Entry) -> Iterator[Found]:
    written = entry.get("written")
    for index, opinion in enumerate(written if isinstance(written, list) else ()):
        day = opinion.get("date") if isinstance(opinion, Mapping) else None
        if isinstance(day, date) and day > entry.date:
            text = f"{subject.name_of(opinion.get('person'))}的书面意见（{day}）写在大会之后，最晚 {entry.date}，不能计入票数"
            related = (Related(entry.place("date"), f"大会 {entry.date}"),)
            place_of = f"written.{index}.date"
            place = entry.place(place_of)
            yield Found(
                place,
                text,
                f"书面意见须在会前提出。{_left(subject, entry, place_of)}",
                entry.step,
                related,
                severity=Severity.ERROR,
            )
