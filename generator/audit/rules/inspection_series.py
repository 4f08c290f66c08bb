from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.records.model import Entry


@checks("DEV015", "考察意见像是一次补写的", severity=Severity.WARNING)
def written_at_once(subject: Subject) -> Iterator[Found]:
    """查什么：同一考察主体是否有两次以上考察写在同一天，或接连两次的考察意见一字不差。

    为什么：考察应当按期进行、如实记录；同日多次或逐字相同，多半是事后补的。

    依据：《细则》（2014）第11条；材料应当真实。

    错例：
        - {step: inspect, date: 2025-04-10, by: branch, opinion: 表现良好，同意继续培养。}
        - {step: inspect, date: 2025-10-09, by: branch, opinion: 表现良好，同意继续培养。}

    对例：
        - {step: inspect, date: 2025-04-10, by: branch, opinion: 按时参加学习，能帮助同学，需加强理论学习。}
        - {step: inspect, date: 2025-10-09, by: branch, opinion: 理论学习有进步，承担了志愿服务组织工作。}
    """
    entries = [entry for entry, _ in subject.at("DEV015", "inspect")]
    same_day: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    series: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        who = (entry.get("by"), str(entry.get("person")), entry.get("stream"))
        same_day[*who, entry.date].append(entry)
        series[who].append(entry)
    for first, *others in same_day.values():
        if others:
            yield Found(
                others[-1].place("date"),
                f"同一天（{first.date}）记了 {len(others) + 1} 次考察",
                "每次考察按实际日期记；确为一次的只留一条。",
                first.step,
                (Related(first.place("date"), "同日的另一次"),),
            )
    for earlier, later in (pair for written in series.values() for pair in pairwise(written)):
        if _text(earlier) and _text(earlier) == _text(later) and earlier.date != later.date:
            yield Found(
                later.place("opinion"),
                f"与上一次（{earlier.date}）的考察意见一字不差",
                "考察意见应写这半年的实际表现。",
                later.step,
                (Related(earlier.place("opinion"), "上一次的意见"),),
            )


def _text(entry: Entry) -> str:
    return "".join(str(entry.get("opinion") or "").split())
