"""Manuals of branches of every make: each holds the steps and notes that apply to it, and none that does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from itertools import product
from typing import Any

import pytest

from generator.site.library import Library
from generator.site.open_library import open_structure
from generator.views.manual import Manual
from generator.views.platforms import OperationView
from tests.site.pages import DAY
from tests.site.repository import ORGANISATION, write_records

KINDS = ("undergraduate", "postgraduate", "teacher", "staff", "retired", "mixed")
STUDENTS, EMPLOYEES = frozenset(KINDS[:2]), frozenset(KINDS[2:5])
PLATFORMS = ("dengta", "exianfeng")
PROFILES = ("national", "campus", "graduation-cutoff", "reports-quarterly")
TERMS = (
    "terms: [{name: 秋季学期, from: 2026-08-31, to: 2027-01-16}, {name: 春季学期, from: 2027-02-22, to: 2027-07-09}]\n"
)


@dataclass(frozen=True)
class Make:
    """The attributes of a branch. `approval`: its superior is a 党委, not a 党总支."""

    kind: str
    committee: bool
    groups: bool
    approval: bool
    platform: str
    profile: str

    @property
    def id(self) -> str:
        flags = "".join("y" if flag else "n" for flag in (self.committee, self.groups, self.approval))
        return f"{self.kind}-{flags}-{self.platform}"


def _makes() -> Iterator[Make]:
    """Every combination of the attributes; the profiles in turn, so that each meets each value of every other attribute."""
    combinations = product(KINDS, (True, False), (True, False), (True, False), PLATFORMS)
    for number, (kind, committee, groups, approval, platform) in enumerate(combinations):
        turn = number + number // len(PROFILES) + number // 16
        yield Make(kind, committee, groups, approval, platform, PROFILES[turn % len(PROFILES)])


MAKES = tuple(_makes())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    files = {
        "organisation.yaml": ORGANISATION + TERMS,
        "dw/committee.yaml": "name: 理学院党委\ntype: party_committee\nmay_approve: true\n",
        "zz/committee.yaml": "name: 体育系党总支\ntype: general_branch\nmay_approve: false\napproves_through: {name: 机关党委}\n",
    }
    for make in MAKES:
        folder = "dw" if make.approval else "zz"
        files[f"{folder}/{make.id}/branch.yaml"] = (
            f"name: 某支部\nkind: {make.kind}\nhas_committee: {str(make.committee).lower()}\n"
            f"has_groups: {str(make.groups).lower()}\nplatform: {make.platform}\nprofile: {make.profile}\n"
        )
    return open_structure(write_records(tmp_path_factory.mktemp("matrix"), files), DAY)


@pytest.fixture(scope="module")
def manuals(library: Library) -> dict[Make, Manual]:
    found = {make: library.manuals[make.id] for make in MAKES}
    assert len(found) == len(KINDS) * 8 * len(PLATFORMS)
    assert {(make.profile, make.kind) for make in MAKES} == set(product(PROFILES, KINDS))
    assert {(make.profile, make.platform) for make in MAKES} == set(product(PROFILES, PLATFORMS))
    return found


def _texts(value: Any, on_platform: bool = False) -> Iterator[str]:
    """What the manual says of a view: no addresses, no YAML, no name quoted from the older rules; on a platform not the names
    of its buttons."""
    if isinstance(value, str):
        yield re.sub("“[^”]*”", "", value) if on_platform else value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, on_platform)
    elif is_dataclass(value):
        silent = {"example", "fields", "path", "href", "id", "anchor", "page", "blanks", "source", "verbatim"}
        for field in fields(value):
            if field.name not in silent:
                yield from _texts(getattr(value, field.name), on_platform or isinstance(value, OperationView))


def _body(manual: Manual) -> str:
    """All texts but the head, which says what the branch has not."""
    return "\n".join([*_texts(manual.phases), *_texts(manual.calendar), *_texts(manual.local)])


def test_every_branch_has_the_whole_procedure_that_applies(manuals: dict[Make, Manual]) -> None:
    everywhere = set.intersection(*({step.id for step in manual.steps} for manual in manuals.values()))
    assert len(everywhere) > 40
    for make, manual in manuals.items():
        steps = {step.id for step in manual.steps}
        more = {"general_branch_review": not make.approval, "committee_review_conversion": make.committee}
        assert steps - everywhere == {step for step, wanted in more.items() if wanted}, make


def test_no_mention_of_a_committee_where_there_is_none(manuals: dict[Make, Manual]) -> None:
    seen = set()
    for make, manual in manuals.items():
        body = _body(manual)
        seen.add(make.committee)
        if make.committee:
            assert "支委会" in body, make
            assert "不设支委会" not in body, make
        else:
            assert not re.findall(".*(?:支委会|支部委员会).*", body), make
            assert any("不设支委会" in text for text in manual.reminders), make
    assert seen == {True, False}


def test_no_mention_of_groups_where_there_are_none(manuals: dict[Make, Manual]) -> None:
    for make, manual in manuals.items():
        body = _body(manual)
        if make.groups:
            assert "党小组" in body, make
            assert not re.findall(".*(?:不设党小组|设党小组的).*", body), make
        else:
            assert not re.findall(".*党小组.*", body), make


def test_the_general_branch_only_below_one(manuals: dict[Make, Manual]) -> None:
    for make, manual in manuals.items():
        body = _body(manual)
        if make.approval:
            assert not re.findall(".*党总支.*", body), make
        else:
            assert "党总支审议" in body, make
            assert any("没有审批预备党员的权限" in text for text in manual.reminders), make


def test_only_the_platform_in_use(manuals: dict[Make, Manual]) -> None:
    for make, manual in manuals.items():
        titles = {platform.title for step in manual.steps for platform in step.platforms}
        assert len(titles) == 1, make
        other = {"dengta": "E先锋", "exianfeng": "灯塔"}[make.platform]
        assert other not in _body(manual), make


def test_what_is_for_students_stands_in_their_manuals_only(manuals: dict[Make, Manual]) -> None:
    for make, manual in manuals.items():
        body = _body(manual)
        students = make.kind in STUDENTS or make.kind == "mixed"
        employed = make.kind in ("teacher", "staff", "mixed")
        assert ("同宿舍" in body) is students, make
        assert ("教职工查阅人事档案" in body) is employed, make
        if make.kind in EMPLOYEES:
            assert not re.findall(".*(?:毕业|离校|班级|学籍).*", body), make
        if make.kind in STUDENTS:
            assert not re.findall(".*(?:教职工|人事档案|离职|部门或班级).*", body), make
        if make.kind == "retired":
            assert not re.findall(".*(?:二十八周岁|团支部|推优会).*", body), make


def test_what_is_decided_is_not_said_as_a_condition(manuals: dict[Make, Manual]) -> None:
    notes = [(make, note) for make, manual in manuals.items() for step in manual.steps for note in step.notes]
    assert notes
    for make, note in notes:
        assert not note.when, (make, note.when)
        assert note.text, make


def test_local_rules_are_marked_as_such(manuals: dict[Make, Manual]) -> None:
    for make, manual in manuals.items():
        limits = [limit for step in manual.steps for limit in (*step.earliest, *step.latest, *step.limits)]
        local = {limit.text for limit in limits if limit.layer == "学校规定"}
        needs = {step.id for step in manual.steps if step.need.startswith("学校规定")}
        if make.profile == "national":
            assert (local, needs, manual.local) == (set(), set(), None), make
            continue
        none = make.profile == "graduation-cutoff" and make.kind in EMPLOYEES
        assert (manual.local is None) is none, make
        if make.profile == "campus" and manual.local:
            assert "“递交入党申请书”之日起满 3 个月后方可进行" in local, make
            assert {text for _, text in manual.local.limits} == local, make
            assert "report" in needs, make
        if make.profile == "graduation-cutoff":
            assert bool(local) is (make.kind not in EMPLOYEES), make


def test_last_days_before_leaving_only_where_people_leave_together(manuals: dict[Make, Manual]) -> None:
    for make, manual in manuals.items():
        leaving = [item for item in manual.calendar.items if item.kind == "deadline"]
        together = make.kind not in EMPLOYEES
        dated = make.platform == "dengta"
        assert bool(leaving) is (together and dated), make
        undated = [note for note in manual.calendar.notes if "没有写毕业生离校日期" in note and "自行推算" in note]
        assert bool(undated) is (together and not dated), make
        cutoff = [item for item in leaving if item.title == "本校截止"]
        assert len(cutoff) == (2 if make.profile == "graduation-cutoff" and together and dated else 0), make


def test_nothing_is_left_of_a_replacement(manuals: dict[Make, Manual]) -> None:
    for make, manual in manuals.items():
        for text in _texts(manual.phases):
            assert not re.search("，，|。。|；；|、、|^[，。；、]|（）|，。|、。", text.replace("“”", "")), (make, text)
