"""A branch's manual holds what concerns the branch, and nothing that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.site.open_library import open_structure
from tests.site.pages import DAY, public_markdown
from tests.site.repository import BRANCH, COMMITTEE, ORGANISATION, PROJECT, write_records

GENERAL_BRANCH = "name: 体育系党总支\ntype: general_branch\nmay_approve: false\napproves_through: {name: 机关党委}\n"
SMALL = "name: 体育教师党支部\nkind: teacher\nhas_committee: false\nhas_groups: false\n"


@pytest.fixture(scope="module")
def manuals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = write_records(
        tmp_path_factory.mktemp("records"),
        {
            "organisation.yaml": ORGANISATION,
            "wx/committee.yaml": COMMITTEE,
            "wx/wx-ug/branch.yaml": BRANCH
            + 'officers: [{function: secretary, person: "2008099"}, {function: organisation, person: "2009099", to: 2020-01-01}]\n',
            "ty/committee.yaml": GENERAL_BRANCH,
            "ty/ty-t/branch.yaml": SMALL,
        },
    )
    pages = public_markdown(root)
    return {name: pages[f"manuals/{name}.md"] for name in ("wx-ug", "ty-t")}


def test_the_calendar_holds_the_dates_of_the_branch_and_of_the_committee_above_it(tmp_path: Path) -> None:
    own = "dates:\n- {date: 2026-12-10, title: 班级或部门意见汇总, step: committee_review}\n- {date: 2031-01-01, title: 以后的事}\n"
    above = "dates:\n- {date: 2026-12-30, to: 2027-01-03, title: 党总支会议, text: 带齐材料}\n"
    root = write_records(
        tmp_path,
        {
            "organisation.yaml": ORGANISATION,
            "wx/committee.yaml": COMMITTEE,
            "wx/wx-ug/branch.yaml": BRANCH,
            "ty/committee.yaml": GENERAL_BRANCH + above,
            "ty/ty-t/branch.yaml": SMALL + own,
        },
    )
    pages = public_markdown(root)
    lines = [line for line in pages["manuals/ty-t.md"].splitlines() if "2026" not in line and ("班级" in line or "党总支会议" in line)]
    # A step is called as in the manual; what the branch wrote stays as it is.
    assert '<td>10 日（周四）</td><td>班级或部门意见汇总：<a href="#committee_review">支部党员大会审查</a>' in lines[0]
    assert '<span class="tag tag--amber">本支部</span>' in lines[0]
    assert "<td>30 日至 1 月 3 日</td><td>党总支会议" in lines[1]
    assert '<span class="tag tag--amber">体育系党总支</span></td><td>带齐材料</td>' in lines[1]
    assert "以后的事" not in pages["manuals/ty-t.md"]
    assert "党总支会议" not in pages["manuals/wx-ug.md"]


def test_group_opinions_only_where_there_are_groups(manuals: dict[str, str]) -> None:
    assert "划分党小组" in manuals["wx-ug"]
    assert "党小组意见" not in manuals["ty-t"]


def test_without_a_committee_the_general_meeting_decides(manuals: dict[str, str]) -> None:
    assert "### <span class=\"no\">12</span> 支部党员大会审查" in manuals["ty-t"]
    assert "不设支委会" in manuals["ty-t"]
    assert "不设支委会" not in manuals["wx-ug"]


def test_whether_there_is_a_committee_is_not_asserted_where_nothing_says_it(tmp_path: Path) -> None:
    """Its manual is that of a branch with a committee, and says why."""
    silent = BRANCH.replace("has_committee: true\n", "")
    assert silent != BRANCH
    files = {"organisation.yaml": ORGANISATION, "wx/committee.yaml": COMMITTEE}
    root = write_records(tmp_path, {**files, "wx/wx-ug/branch.yaml": BRANCH, "wx/wx-b/branch.yaml": silent})
    manuals = open_structure(root, DAY).manuals
    assert manuals["wx-ug"].setup == "设支委会，划分党小组"
    assert manuals["wx-b"].setup == "支委会没有写明（按设支委会），划分党小组"
    assert [step.title for step in manuals["wx-b"].steps] == [step.title for step in manuals["wx-ug"].steps]


def test_the_review_of_the_general_branch_only_below_one(manuals: dict[str, str]) -> None:
    assert "#general_branch_review" in manuals["ty-t"]
    assert "#general_branch_review" not in manuals["wx-ug"]
    assert "机关党委审批" in manuals["ty-t"]
    assert "文学院党委审批" in manuals["wx-ug"]


def test_whom_to_ask_names_the_body_that_approves(manuals: dict[str, str]) -> None:
    assert "- 机关党委：审批预备党员的接收和转正。办公地点：没有登记；办公联系方式：没有登记。" in manuals["ty-t"]
    assert "审批预备党员的接收和转正。" not in manuals["wx-ug"]


def test_whom_to_ask_names_the_offices_of_the_demo() -> None:
    found = {branch: open_structure(PROJECT, DAY).manuals[branch].contacts for branch in ("fa-t1", "cs-ug1", "cs-ug2")}
    offices = {branch: [(one.body, one.room, one.contact) for one in contacts] for branch, contacts in found.items()}
    assert offices["fa-t1"] == [
        ("艺术设计系教师党支部", "艺术楼 302", "内线 6302"),
        ("艺术设计系党总支", "艺术楼 101", "内线 6301"),
        ("海岱理工学院党委", "行政楼 301", "内线 6001"),
    ]
    assert [contact for _, _, contact in offices["cs-ug1"]] == ["内线 6204", "内线 6201"]
    assert [contact for _, _, contact in offices["cs-ug2"]] == ["", "内线 6201"]


def test_only_the_platform_in_use(manuals: dict[str, str]) -> None:
    assert '=== "灯塔' in manuals["wx-ug"]
    assert "E先锋" not in manuals["wx-ug"]


def test_the_other_platform(tmp_path: Path) -> None:
    records = {
        "organisation.yaml": ORGANISATION.replace("dengta", "exianfeng"),
        "wx/committee.yaml": COMMITTEE,
        "wx/wx-ug/branch.yaml": BRANCH,
    }
    manual = public_markdown(write_records(tmp_path, records))["manuals/wx-ug.md"]
    assert '=== "党员E先锋' in manual
    assert "灯塔" not in manual


def test_officers_are_functions_with_the_office_contact(manuals: dict[str, str]) -> None:
    line = next(line for line in manuals["wx-ug"].splitlines() if "内线 6201" in line)
    assert line == "- 本科生党支部：书记。办公地点：文学楼 201；办公联系方式：内线 6201。", "the term of the other officer is over"
    assert "2008099" not in manuals["wx-ug"]
