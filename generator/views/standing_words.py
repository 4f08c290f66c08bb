"""Words for how a procedure stands, shared by all pages and prints."""

from __future__ import annotations

from generator.procedure.progress import Deadline

STATUS_WORDS = {
    "suspended": "已暂停",
    "closed": "已结束",
    "left": "已出党或停止发展",
    "cancelled": "已取消预备党员资格",
    "transferred": "组织关系已转出",
    "stopped": "已停止党籍",
}


def day_text(deadline: Deadline | None) -> str:
    """A deadline as a date; one that rests on unknown holidays says so."""
    return "" if deadline is None else f"{deadline.day}{'（暂定）' if deadline.provisional else ''}"
