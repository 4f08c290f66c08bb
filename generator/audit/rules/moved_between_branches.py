from collections.abc import Iterator
from datetime import date

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Severity


@checks("DEV071", "变动支部时没有交接，或培养时间没有接上", severity=Severity.WARNING)
def moved(subject: Subject) -> Iterator[Found]:
    """查什么：积极分子、发展对象变动支部，有没有写材料移交日期；培养时间是否从转入之后重新算起。

    为什么：材料不交接，以前的培养就无从证明；培养时间应当连续计算，不重复也不清零。

    依据：《细则》（2014）第12条，2026 版同条。

    错例：
        - {step: move, date: 2025-03-03, from_branch: ug-1, to_branch: ug-2}

    对例：
        - {step: move, date: 2025-03-03, from_branch: ug-1, to_branch: ug-2, handed_over: 2025-03-05}
    """
    since, until = (subject.progress.stages.get(stage) for stage in ("activist", "probationary"))
    for entry, _ in subject.at("DEV071", "move"):
        if since is None or entry.date < since or (until is not None and entry.date >= until):
            continue
        if entry.get("handed_over") is None:
            text = "变动支部没有写材料移交日期"
            yield Found(entry.place("handed_over"), text, "原支部移交培养材料后写 handed_over。", entry.step)
        counted = entry.get("counted_from")
        if isinstance(counted, date) and counted >= entry.date:
            yield Found(
                entry.place("counted_from"),
                f"培养时间从转入之后的 {counted} 重新算起",
                "培养时间可以连续计算，写原支部确定为积极分子的日期。",
                entry.step,
            )
