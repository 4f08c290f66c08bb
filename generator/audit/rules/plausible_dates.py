from collections.abc import Iterator, Mapping
from datetime import date

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.procedure.calendar import add_days
from generator.records.model import Entry

PAIRS = (
    ("start", "date", "开始"),
    ("sent", "returned", "发出"),
    ("date", "received", "落款"),
    ("date", "notified", "决定"),
    ("date", "notice", "决定"),
    ("issued", "date", "发放"),
)
"""(earlier field, later field, what the earlier one is)."""
ANSWERS = ("filing", "preview", "approval")
"""Kinds of steps whose `date` is that of the answer to what was reported."""
PAPERS_OF_IT = {"resolution": "决议", "organiser_signed": "组织员签字"}
"""Fields of an entry that tell of a paper made when it had happened, not before."""
AHEAD = ("due", "next_meeting", "until", "expected", "probation", "to", "effective")
"""Fields that may lie ahead of the day on which they are written."""
ELSEWHERE = ("apply", "talk")
"""Kinds of steps that may have taken place before somebody came."""


@checks("DEV066", "日期不可能或可疑", severity=Severity.ERROR, timeless=True)
def plausible(subject: Subject) -> Iterator[Found]:
    """查什么：记录的日期是否在将来（错误）、其中的其他日期是否在将来（警告）、是否早于出生（错误）；
    起止、发出和收回、上报和批复等成对的日期是否颠倒，决议、组织员签字是否早于会议（错误）；支部大会是否开在法定节假日（提示）。
    递交申请和谈话之后的步骤，是否早于入学（入职）日期而没有转入、升学或留校的记录（提示，只报最早一条）。

    为什么：写了将来的日期不是笔误就是预先填好；节假日开会容易被问到。

    依据：日期应当真实，属审档的通行要求。

    错例：
        # 今天是 2025-03-01
        - {step: talk, date: 2052-02-20}

    对例：
        - {step: talk, date: 2025-02-20}
    """
    born = subject.person.born
    yield from _before_coming(subject)
    for entry in subject.progress.timeline:
        for path, day in _dates(entry):
            if not subject.explicit and not subject.passed(add_days(day, -1)):
                text = f"日期 {day} 在将来"
                hint = "核对年份；尚未发生的事不要提前记。"
                yield Found(entry.place(path), text, hint, entry.step, severity=Severity.WARNING)
            elif born is not None and day < born:
                text = f"日期 {day} 早于出生日期 {born}"
                yield Found(entry.place(path), text, "核对年份和出生日期。", entry.step)
        step = subject.step_of(entry)
        yield from _reversed(entry)
        yield from _before_it_happened(entry)
        if step is not None and step.kind in ANSWERS:
            yield from _reported(entry)
        if step is not None and step.kind == "members_meeting" and subject.index.is_public_holiday(entry.date):
            text = f"{step.title}开在法定节假日（{entry.date}）"
            yield Found(entry.place("date"), text, "确是当天开的，不必改。", entry.step, severity=Severity.INFO)


def _before_coming(subject: Subject) -> Iterator[Found]:
    """The first thing done here before the person was here. Who applied elsewhere, came with a history or under another number may be."""
    came = subject.person.get("enrolled")
    history = subject.person.get("baseline") or subject.person.get("former_ids")
    if not isinstance(came, date) or history or any(kind == "move" for kind in _kinds(subject)):
        return
    for entry in subject.entries:
        step = subject.step_of(entry)
        if step is not None and step.kind not in ELSEWHERE and entry.date < came:
            text = f"{step.title} {entry.date} 早于入学（入职）日期 {came}，最早 {came}"
            hint = "核对两个日期；原单位办的写转来时的经历（baseline），校内升学、留校的写 former_ids 或补记支部变动。"
            related = (Related(subject.person.place("enrolled"), "入学（入职）日期"),)
            yield Found(entry.place("date"), text, hint, entry.step, related, Severity.INFO)
            return


def _kinds(subject: Subject) -> Iterator[str]:
    return (step.kind for entry in subject.entries if (step := subject.step_of(entry)) is not None)


def _reversed(entry: Entry) -> Iterator[Found]:
    """Pairs of dates in one place of which the second comes first."""
    for path, fields in _places({**entry.fields, "date": entry.date}, ""):
        for first, second, what in PAIRS:
            begins, ends = fields.get(first), fields.get(second)
            if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
                later = second if second != "date" else first
                text = f"日期 {ends} 早于{what}日期 {begins}，最早 {begins}"
                yield Found(entry.place(f"{path}{later}"), text, "核对两个日期。", entry.step)


def _before_it_happened(entry: Entry) -> Iterator[Found]:
    for key, what in PAPERS_OF_IT.items():
        day = entry.get(f"{key}.date")
        if isinstance(day, date) and day < entry.date:
            text = f"{what}日期 {day} 早于会议（办理）日期 {entry.date}，最早 {entry.date}"
            yield Found(entry.place(f"{key}.date"), text, "核对两个日期；不得事先写好、签好。", entry.step)


def _reported(entry: Entry) -> Iterator[Found]:
    reported = entry.get("reported")
    if isinstance(reported, date) and reported > entry.date:
        text = f"上报日期 {reported} 晚于批复（决定）日期 {entry.date}，最晚 {entry.date}"
        yield Found(entry.place("reported"), text, "核对两个日期。", entry.step)


def _places(fields: Mapping[str, object], path: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The entry and every mapping inside its lists, with the way there."""
    yield path, fields
    for key, value in fields.items():
        for index, item in enumerate(value if isinstance(value, list) and key != "materials" else ()):
            if isinstance(item, Mapping):
                yield f"{path}{key}.{index}.", item


def _dates(entry: Entry) -> Iterator[tuple[str, date]]:
    yield "date", entry.date
    yield from _inside(entry.fields, "")


def _inside(value: object, path: str) -> Iterator[tuple[str, date]]:
    if isinstance(value, date):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key not in AHEAD and key != "shows":
                yield from _inside(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _inside(item, f"{path}.{index}")
