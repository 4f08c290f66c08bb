"""A list of duties that tries to be more than text."""

from __future__ import annotations

from datetime import date

from generator.views.duties import DutyList, DutyRow
from generator.views.sources import Source

AS_OF = date(2026, 11, 21)


def duty(uid: str, latest: date | None, **other: object) -> DutyRow:
    values: dict[str, object] = {
        "person": "0026010101", "name": "卓书言", "branch": "wx-ug", "committee": "wx", "unit": "本科生党支部", "step": "talk",
        "title": "党组织派人谈话", "state": "due", "label": "待办", "provisional": False, "actor": "党支部",
        "source": Source("data/wx/wx-ug/people/0026010101.yaml", 7),
    }  # fmt: skip
    return DutyRow(uid=uid, latest=latest, **{**values, **other})  # type: ignore[arg-type]


DUTIES = DutyList(
    "本科生党支部到期事项",
    AS_OF,
    90,
    (
        duty("a@jishi", date(2026, 10, 8), state="overdue", label="逾期"),
        duty("b@jishi", date(2026, 12, 9), title="培养教育考察，" * 12 + "逗号, 分号; 反斜杠\\ 换行\n止"),
        duty("c@jishi", date(2026, 11, 22), name='=HYPERLINK("http://x")'),
        duty("d@jishi", None),
    ),
)
