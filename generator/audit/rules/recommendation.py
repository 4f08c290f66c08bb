from collections.abc import Iterator
from datetime import date

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Severity
from generator.procedure.calendar import full_years
from generator.records.model import Person

LAST_AGE = 28


@checks("DEV007", "没有推荐，或二十八周岁以下团员未经团组织推优", severity=Severity.ERROR, absence=True)
def recommendation(subject: Subject) -> Iterator[Found]:
    """查什么：确定积极分子之前有没有推荐（没有为错误）；推荐时二十八周岁以下（含）的团员，是否经团组织推优（不是的为警告）。

    为什么：积极分子从推荐中产生；二十八周岁以下一般从团员中、经团组织推优发展。

    依据：《细则》（2014）第8条，2026 版同条。

    错例：
        born: 2003-05-17
        league: {joined: 2017-05-04}
        log:
        - {step: recommend, date: 2024-10-10, method: members}

    对例：
        born: 2003-05-17
        league: {joined: 2017-05-04}
        log:
        - {step: recommend, date: 2024-10-10, method: league}
    """
    entries = [(entry, step) for entry, step in subject.at("DEV007", "recommend") if subject.completed(entry)]
    if any(entry.get("method") == "league" for entry, _ in entries):
        return
    born = subject.person.born
    for entry, _ in entries:
        if entry.get("method") is None or born is None:
            continue
        if full_years(born, entry.date) <= LAST_AGE and _in_league(subject.person, entry.date):
            yield Found(
                entry.place("method"),
                f"推荐时 {full_years(born, entry.date)} 周岁，是团员，没有团组织推优",
                "团组织推优过的，补记推优的日期；确因特殊情况未推优的，写明免责说明。",
                entry.step,
                severity=Severity.WARNING,
            )
            return


def _in_league(person: Person, day: date) -> bool:
    joined, left = person.get("league.joined"), person.get("league.left")
    return isinstance(joined, date) and joined <= day and not (isinstance(left, date) and left <= day)
