"""Conditions of definitions, as far as they are already decided, and the rest in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.definitions.conditions import canonical, matches
from generator.definitions.model import Condition

Facts = Mapping[str, Any]
"""Attribute → value, for what is known of the reader's branch: `branch.has_groups`, `committee.type`, `organisation.platform` …"""

_WORDS: Mapping[tuple[str, str], str] = {
    ("branch.has_committee", "true"): "设支委会的支部",
    ("branch.has_committee", "false"): "不设支委会的支部",
    ("branch.has_groups", "true"): "划分党小组的支部",
    ("branch.has_groups", "false"): "未划分党小组的支部",
    ("branch.temporary", "true"): "临时党支部",
    ("branch.temporary", "false"): "非临时的支部",
    ("branch.kind", "undergraduate"): "本科生支部",
    ("branch.kind", "postgraduate"): "研究生支部",
    ("branch.kind", "teacher"): "教师支部",
    ("branch.kind", "staff"): "机关职工支部",
    ("branch.kind", "retired"): "离退休支部",
    ("branch.kind", "mixed"): "混合支部",
    ("committee.may_approve", "true"): "上级有审批权的支部",
    ("committee.may_approve", "false"): "上级无审批权的支部",
    ("committee.type", "party_committee"): "二级党委所属支部",
    ("committee.type", "committee"): "二级党委所属支部",
    ("committee.type", "general_branch"): "党总支所属支部",
    ("organisation.platform", "dengta"): "使用灯塔平台",
    ("organisation.platform", "exianfeng"): "使用“党员E先锋”",
    ("person.category", "undergraduate"): "本科生",
    ("person.category", "postgraduate"): "研究生",
    ("person.category", "teacher"): "教师",
    ("person.category", "staff"): "职工",
    ("person.category", "retired"): "离退休人员",
    ("letters_waived", "false"): "没有写免函调理由的",
    ("exemption", "false"): "没有免训的",
}


def remaining(condition: Condition, facts: Facts) -> Condition | None:
    """The part of a condition that `facts` leave open; None when they contradict it."""
    open_: dict[str, tuple[Any, ...]] = {}
    for attribute, allowed in condition.items():
        if attribute not in facts:
            open_[attribute] = allowed
        elif not matches({attribute: allowed}, facts):
            return None
    return open_


def in_words(condition: Condition) -> str:
    """A condition in Chinese, such as 划分党小组的支部; empty for no condition."""
    parts = [
        "或".join(_WORDS.get((attribute, canonical(value)), f"{attribute} 为 {canonical(value)}") for value in allowed)
        for attribute, allowed in condition.items()
    ]
    return "，".join(parts)
