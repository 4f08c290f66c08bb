from collections.abc import Iterator, Mapping
from typing import Any

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity


@checks("DEV117", "到会名单与实到人数、书面意见不符", severity=Severity.WARNING)
def attendance_list(subject: Subject) -> Iterator[Found]:
    """查什么：写了有表决权到会人员名单（attendance.voting）的会议，名单人数是否等于实到人数（不等为警告）；
    同一人是否写了两次，是否既到会又提交了书面意见（为错误）。

    为什么：名单和人数出自同一份会议记录；一个人不能投两次票。

    依据：《细则》（2014）第20条、第21条；《细则》（2026）第19条、第20条。

    错例：
        present: 3
        attendance: {voting: ["2008017", "1995003"]}

    对例：
        present: 2
        attendance: {voting: ["2008017", "1995003"]}
    """
    for entry, step in subject.at("DEV043"):
        voting = entry.get("attendance.voting")
        if not isinstance(voting, list):
            continue
        present = entry.get("present")
        if isinstance(present, int) and present != len(voting):
            yield Found(
                entry.place("present"),
                f"{step.title}实到写 {present} 人，名单有 {len(voting)} 人",
                "核对会议记录。",
                entry.step,
                (Related(entry.place("attendance.voting"), "有表决权的到会人员"),),
            )
        for path, reference in _again(voting, entry.get("written")):
            text = f"{subject.name_of(reference)}在名单和书面意见里重复"
            yield Found(entry.place(path), text, "一人只计一次。", entry.step, severity=Severity.ERROR)


def _again(voting: list[Any], written: Any) -> Iterator[tuple[str, Any]]:
    """Places of people who appear a second time."""
    seen: list[Any] = []
    opinions = written if isinstance(written, list) else []
    listed = [(f"attendance.voting.{index}", reference) for index, reference in enumerate(voting)]
    for index, opinion in enumerate(opinions):
        if isinstance(opinion, Mapping) and opinion.get("person") is not None:
            listed.append((f"written.{index}.person", opinion["person"]))
    for path, reference in listed:
        if reference in seen:
            yield path, reference
        seen.append(reference)
