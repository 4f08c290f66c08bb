"""`count`: how many values a field has."""

from __future__ import annotations

from generator.definitions.conditions import canonical
from generator.definitions.model import Limit
from generator.procedure.calendar import WorkCalendar
from generator.procedure.constraints.people import named_in
from generator.procedure.scope import Scope
from generator.procedure.verdict import CLEAN, Breach, Verdict, number, own_field

FIELD_TITLES = {
    "contacts": "培养联系人", "sponsors": "入党介绍人", "letters": "函调材料", "by": "人员", "opinions": "意见",
    "attendance": "参加人员", "items": "材料",
}  # fmt: skip
PEOPLE = ("contacts", "sponsors", "by", "attendance")


def count(limit: Limit, title: str, scope: Scope, calendar: WorkCalendar) -> Verdict:
    entry = scope.entry
    if entry is None:
        return CLEAN
    name = own_field(limit, "field", "")
    least, most = number(limit, "min"), number(limit, "max")
    value = entry.get(name)
    people = list(named_in(entry, name))
    doubled: str | None = None
    size = len(value) if isinstance(value, list | tuple | dict) else 0 if value is None else 1
    if canonical(limit.params.get("distinct")) == "true" and people:
        keys = [person.key for person in people]
        doubled = next((p.path for i, p in enumerate(people) if p.key in keys[:i]), None)
        size = len(set(keys))
    if (least is None or size >= least) and (most is None or size <= most):
        return CLEAN
    low, high = 0 if least is None else least, most
    need = f"{low}" if low == high else f"不少于 {low}" if high is None else f"{low} 至 {high}"
    label = FIELD_TITLES.get(name, f"“{name}”")
    unit = "名" if name in PEOPLE else "项"
    again = "（同一人重复填写不重复计算）" if doubled else ""
    place = entry.place(doubled or name)
    return Verdict((Breach(limit.code, f"{title}：{label}应为 {need} {unit}，现为 {size} {unit}{again}", place),))
