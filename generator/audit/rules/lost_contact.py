from collections.abc import Iterator
from datetime import date

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.procedure.calendar import add_days, add_months

LOST_MONTHS = 6
"""Natural months without contact that must have passed before membership is suspended."""


@checks("DEV074", "列为失联或停止党籍而没有查找记录", severity=Severity.WARNING, absence=True)
def lost_contact(subject: Subject) -> Iterator[Found]:
    """查什么：列为失去联系、停止党籍之前，从最后一次联系上以来有没有联系查找的记录，最近一次是不是没有联系上；
    停止党籍时，失去联系是否已超过六个月。

    为什么：未经查找就停止党籍不合规定。

    依据：《中国共产党党员教育管理工作条例》（待核实）。

    错例：
        - {step: lost_contact, date: 2025-10-20, measure: stopped, last_contact: 2025-03-02}

    对例：
        - {step: follow_up, date: 2025-05-12, by: ["2008017"], method: phone, result: unreached}
        - {step: follow_up, date: 2025-09-08, by: ["2008017"], method: relatives, result: unreached}
        - {step: lost_contact, date: 2025-10-20, measure: stopped, last_contact: 2025-03-02}
    """
    searches = [entry for entry, _ in subject.at("DEV074", "follow_up")]
    for entry, step in subject.at("DEV074", "lost_contact"):
        if entry.get("measure") == "found":
            continue
        last = entry.get("last_contact")
        since = last if isinstance(last, date) else date.min
        made = [search for search in searches if since < search.date <= entry.date]
        if not made:
            after = f"从最后一次联系上（{last}）到 {entry.date} " if isinstance(last, date) else f"{entry.date} 之前"
            text = f"{step.title}没有依据：{after}没有联系查找的记录"
            yield Found(entry.place("date"), text, "查找过的逐次补记 follow_up；没有查找的先查找。", entry.step)
        elif made[-1].get("result") == "reached":
            text = f"最近一次查找（{made[-1].date}）已联系上，{entry.date} 又按失去联系处置"
            related = (Related(made[-1].place("result"), "联系上的记录"),)
            yield Found(entry.place("date"), text, "核对结果和日期，写明最后一次联系上的日期。", entry.step, related)
        if entry.get("measure") == "stopped" and isinstance(last, date):
            earliest = add_days(add_months(last, LOST_MONTHS), 1)
            if entry.date < earliest:
                text = f"停止党籍时失去联系未超过六个月（最后一次联系上 {last}），最早 {earliest}"
                yield Found(entry.place("last_contact"), text, "继续查找；超过六个月仍无下落的再研究处置。", entry.step)
