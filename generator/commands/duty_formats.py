"""Duties in all forms: as text, for calendars and offices, and as JSON, whose shape is fixed by a JSON Schema in the tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

from generator.commands.width import table
from generator.exchange.duties_ics import duties_ics
from generator.exchange.duties_xlsx import duties_xlsx
from generator.views.duties import DutyList, DutyRow

EXPORTS: Mapping[str, Callable[[DutyList], bytes]] = {"ics": duties_ics, "xlsx": duties_xlsx}
"""Files that lie beside the list of a branch."""
HEADER = ("状态", "最迟", "姓名", "学号/工号", "事项", "由谁办")


def in_format(duties: DutyList, format_: str, people: int) -> bytes:
    """`people`: how many were looked at."""
    if format_ in EXPORTS:
        return EXPORTS[format_](duties)
    return (as_json(duties) if format_ == "json" else as_text(duties, people)).encode()


def as_text(duties: DutyList, people: int) -> str:
    """By committee and branch; `people`: how many were looked at."""
    blocks = []
    for (unit, id), rows in groupby(duties.rows, key=lambda row: (row.unit, row.holder)):
        blocks.append("\n".join([f"{unit}（{id}）", *_rows(rows), ""]))
    return "\n".join([*blocks, _summary(duties, people)]) + "\n"


def as_json(duties: DutyList) -> str:
    summary = {"duties": len(duties.rows), "overdue": duties.overdue, "people": duties.people}
    report = {
        "as_of": duties.as_of.isoformat(),
        "days": duties.days,
        "summary": summary,
        "duties": [_duty(row) for row in duties.rows],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _duty(row: DutyRow) -> dict[str, Any]:
    return {
        "uid": row.uid,
        "person": row.person or None,
        "name": row.name or None,
        "branch": row.branch or None,
        "committee": row.committee,
        "step": row.step,
        "title": row.title,
        "state": row.state,
        "latest": row.latest.isoformat() if row.latest else None,
        "provisional": row.provisional,
        "actor": row.actor,
        "path": row.source.path,
        "line": row.source.line or None,
    }


def _rows(rows: Iterable[DutyRow]) -> list[str]:
    told = [(row.label, row.when, row.name, row.person, row.title, row.actor) for row in rows]
    return table(told, HEADER, indent="  ")


def _summary(duties: DutyList, people: int) -> str:
    if not duties.rows:
        return f"截至 {duties.as_of}，没有逾期的事项，{duties.days} 天内也没有到期的事项（共 {people} 人）。"
    coming = len(duties.rows) - duties.overdue
    return (
        f"截至 {duties.as_of}：逾期 {duties.overdue} 项，{duties.days} 天内到期 {coming} 项，涉及 {duties.people} 人。"
    )
