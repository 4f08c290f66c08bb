from collections.abc import Iterator, Mapping

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Severity

_NUMBERS = {"due": "应到人数", "present": "实到人数", "result": "表决结果"}
_RESOLUTION = {"date": "决议日期", "signed_by": "支部书记签名"}


@checks("DEV048", "支部大会决议要素不全", severity=Severity.WARNING)
def complete_resolution(subject: Subject) -> Iterator[Found]:
    """查什么：大会记录是否有应到、实到人数和表决结果；通过的有没有登记决议，决议是否有日期和支部书记签名。
    是否盖章由本校规定。

    为什么：决议要写进志愿书，缺一项都会在审批时退回。

    依据：《细则》（2014）第22条；《细则》（2026）第21条。

    错例：
        - {step: admission_meeting, date: 2025-05-20, result: passed}

    对例：
        - step: admission_meeting
          date: 2025-05-20
          due: 23
          present: 20
          ballots: {issued: 20, returned: 20, for: 18, against: 1, abstain: 1, invalid: 0}
          resolution: {date: 2025-05-20, signed_by: "2008017"}
          result: passed
    """
    for entry, step in subject.at("DEV048"):
        missing = [label for key, label in _NUMBERS.items() if entry.get(key) is None]
        place = entry.place("result")
        resolution = entry.get("resolution")
        if isinstance(resolution, Mapping):
            absent = [key for key in _RESOLUTION if resolution.get(key) is None]
            missing += [_RESOLUTION[key] for key in absent]
            if absent:
                place = entry.place(f"resolution.{absent[0]}")
        elif subject.completed(entry):
            missing.append("决议（日期、支部书记签名）")
        if missing:
            yield Found(place, f"{step.title}的记录缺{'、'.join(missing)}", "按会议记录和决议原件补写。", entry.step)


@checks("DEV112", "支部大会决议没有盖章", severity=Severity.WARNING, layer="local")
def sealed_resolution(subject: Subject) -> Iterator[Found]:
    """查什么：决议是否注明了未盖章（sealed: false）。

    为什么：要求盖章是各地各校的规定，细则只要求支部书记签名。

    依据：本校规则。

    错例：
        resolution: {date: 2025-05-20, signed_by: "2008017", sealed: false}

    对例：
        resolution: {date: 2025-05-20, signed_by: "2008017", sealed: true}
    """
    for entry, step in subject.at("DEV048"):
        if entry.get("resolution.sealed") is False:
            yield Found(entry.place("resolution.sealed"), f"{step.title}的决议没有盖章", "请补盖支部印章。", entry.step)
