from collections.abc import Iterator

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity

CONVERTED = (None, "convert")


@checks("DEV060", "预备期满后迟迟没有讨论转正", severity=Severity.WARNING)
def late_conversion(subject: Subject) -> Iterator[Found]:
    """查什么：期满后一个自然月内是否开了转正大会；写明推迟或延误理由（late）的不报。
    理由分三种：组织原因、本人原因、条件尚不具备。写条件尚不具备、大会却按期转正的给出警告；没有写具体说明的给出提示。

    为什么：党组织拖延的，转正之日仍从预备期满算起；条件不具备的，应由大会讨论延长或取消，不能拖着不议。

    依据：《细则》（2014）第32条；《细则》（2026）第31条。

    错例：
        - {step: admission_meeting, date: 2024-05-20, result: passed}
        - {step: conversion_meeting, date: 2025-09-10, result: passed, outcome: convert}

    对例：
        - {step: admission_meeting, date: 2024-05-20, result: passed}
        - {step: conversion_meeting, date: 2025-09-10, result: passed, outcome: convert, late: {cause: person, reason: 出国访学}}
    """
    # That a meeting is late without any cause on record is said by the procedure file.
    for entry, step in subject.at("DEV060", "members_meeting"):
        cause = entry.get("late.cause")
        if cause == "conditions" and entry.get("outcome") in CONVERTED and subject.completed(entry):
            yield Found(
                entry.place("late.cause"),
                f"{step.title}逾期的原因写的是条件尚不具备，结果却是按期转正",
                "核对原因和结果；条件不具备的，应讨论延长预备期六至十二个月，或取消资格。",
                entry.step,
                (Related(entry.place("outcome"), "大会结果"),),
            )
        elif cause is not None and not entry.get("late.reason"):
            text = f"{step.title}逾期，没有写具体说明"
            hint = "在 late 下写明 reason，存档备查。"
            yield Found(entry.place("late"), text, hint, entry.step, severity=Severity.INFO)
