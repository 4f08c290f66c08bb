from collections.abc import Iterator, Mapping

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Severity


@checks("DEV026", "公示没有结果，或反映的问题没有办结", severity=Severity.WARNING)
def publicity_outcome(subject: Subject) -> Iterator[Found]:
    """查什么：公示期满后有没有写结果；收到的反映是否每条都有处理结果，是否已办结。

    为什么：公示的意义在于查清反映；没有结论就不能进入下一步。

    依据：《细则》（2026）第13条；2014 版下为通行做法。

    错例：
        - {step: publicise_target, start: 2025-10-27, date: 2025-10-31}

    对例：
        - {step: publicise_target, start: 2025-10-27, date: 2025-10-31, result: clear}
    """
    for entry, step in subject.at("DEV026"):
        if entry.get("result") is None:
            yield Found(
                entry.place("result"),
                f"{step.title}没有写结果",
                "没有反映或反映不影响的写 result: clear，异议成立的写 objected。",
                entry.step,
            )
        objections = entry.get("objections")
        for index, objection in enumerate(objections if isinstance(objections, list) else ()):
            if isinstance(objection, Mapping) and not (objection.get("outcome") and objection.get("closed")):
                yield Found(
                    entry.place(f"objections.{index}"),
                    f"{step.title}收到的反映没有办结",
                    "写明处理结果 outcome；办结后写 closed: true。",
                    entry.step,
                )
