from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Place, Related, Severity
from generator.records.model import Entry

ASKED = "培养时间可以连续计算，写原支部确定为积极分子的日期。"


@checks("DEV071", "变动支部时没有交接，或培养时间没有接上", severity=Severity.WARNING)
def moved(subject: Subject) -> Iterator[Found]:
    """查什么：积极分子、发展对象变动支部，有没有写材料移交日期；写了培养时间从何日起算（counted_from）的，
    是否就是确定为积极分子之日：晚了，中间一段没有计入；早了，多算了一段。
    多次变动的，每次转出的支部是不是上次转入的支部，最后转入的是不是现在的支部。

    为什么：材料不交接，以前的培养就无从证明；培养时间应当连续计算，不重复也不清零。

    依据：《细则》（2014）第12条，2026 版同条。

    错例：
        - {step: move, date: 2025-03-03, from_branch: ug-1, to_branch: ug-2}

    对例：
        - {step: move, date: 2025-03-03, from_branch: ug-1, to_branch: ug-2, handed_over: 2025-03-05}
    """
    since, until = (subject.progress.stages.get(stage) for stage in ("activist", "probationary"))
    moves = [entry for entry, _ in subject.at("DEV071", "move")]
    for entry in moves:
        if since is None or entry.date < since or (until is not None and entry.date >= until):
            continue
        if entry.get("handed_over") is None:
            text = f"{entry.date} 变动支部，没有写材料移交日期"
            yield Found(entry.place("handed_over"), text, "原支部移交培养材料后写 handed_over。", entry.step)
        yield from _counted(subject, entry)
    yield from _unconnected(subject, moves)


def _counted(subject: Subject, entry: Entry) -> Iterator[Found]:
    """Where the time is said to begin, against the days that may begin it."""
    counted, begins = entry.get("counted_from"), _beginnings(subject, entry)
    if not isinstance(counted, date):
        return
    place, related = entry.place("counted_from"), tuple(Related(at, f"确定为积极分子 {day}") for day, at in begins)
    days = [day for day, _ in begins]
    if counted >= entry.date:
        text = f"培养时间从转入之后的 {counted} 重新算起"
        right = f"，应为 {days[0]}" if days else ""
        yield Found(place, text + right, ASKED, entry.step, related)
    elif days and counted > max(days):
        text = f"培养时间从 {counted} 算起，{days[0]} 以来的一段没有计入，应为 {days[0]}"
        yield Found(place, text, ASKED, entry.step, related)
    elif days and counted < min(days):
        text = f"培养时间从 {counted} 算起，早于确定为积极分子，多算了一段，最早 {days[0]}"
        yield Found(place, text, ASKED, entry.step, related)


def _beginnings(subject: Subject, move: Entry) -> list[tuple[date, Place]]:
    """The meeting and the filing on record before a move, the last of each, else what was told on arrival; either may begin the time."""
    found: list[tuple[date, Place]] = []
    for code, kind in (("DEV009", "committee_meeting"), ("DEV010", "filing")):
        before = [e for e, _ in subject.at(code, kind) if e.date <= move.date and subject.completed(e)]
        found += [(before[-1].date, before[-1].place("date"))] if before else []
    told = subject.person.get("baseline.activist_since")
    if not found and isinstance(told, date):
        found.append((told, subject.person.place("baseline", "activist_since")))
    return found


def _unconnected(subject: Subject, moves: list[Entry]) -> Iterator[Found]:
    """Moves of which one does not begin where the last one ended."""
    hint = "核对两次变动的支部；漏记的补记一次变动。"
    for earlier, later in pairwise(moves):
        came, left = earlier.get("to_branch"), later.get("from_branch")
        if came is not None and left is not None and came != left:
            text = f"{later.date} 从{_name(subject, left)}转出，{earlier.date} 转入的却是{_name(subject, came)}"
            related = (Related(earlier.place("to_branch"), f"{earlier.date} 转入"),)
            yield Found(later.place("from_branch"), text, hint, later.step, related)
    last = moves[-1].get("to_branch") if moves else None
    # A later move is left aside with its day; a branch that is not among the records is somewhere else.
    here = subject.index.branch_on(subject.person, moves[-1].date) if moves else None
    if last in subject.corpus.branches and last != here:
        text = f"{moves[-1].date} 转入{_name(subject, last)}，记录却在{_name(subject, here)}"
        hint = "核对转入的支部；记录放错的，移到所在支部的 people 下。"
        yield Found(moves[-1].place("to_branch"), text, hint, moves[-1].step)


def _name(subject: Subject, branch: object) -> str:
    found = subject.corpus.branches.get(str(branch))
    return found.name if found else str(branch)
