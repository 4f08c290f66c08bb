"""A step has one name in a branch: what its lists, the terminal and the calendars call it stands in its manual."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.audit.audit import run_audit
from generator.views.branch_titles import BranchTitles
from tests.audit.case_files import COLLEGE
from tests.commands.college import SOMEBODY, college, jishi
from tests.site.pages import DAY, internal_markdown
from tests.site.repository import AS_OF

BRANCH = "data/cs/ug-1/branch.yaml"
WITH = (COLLEGE / BRANCH).read_text(encoding="utf-8")
WITHOUT = WITH.replace("has_committee: true", "has_committee: false")
AUDITED = {"step": "platform_audit", "date": "2021-04-02", "platform": "dengta", "n": 1, "of": "decide_activist"}
GENERAL, OWN = ("支部委员会", "支委会"), "支部党员大会"
DONE, NEXT, LATER = f"{OWN}确定入党积极分子", f"{OWN}研究发展对象人选", f"{OWN}审查"


def records(root: Path, branch: str) -> Path:
    """Somebody whose branch should have decided long ago on the next step."""
    files = {BRANCH: branch}
    return college(
        root, until="collect_opinions", add=[AUDITED], files=files, platform="dengta", profile="activist-3-years"
    )


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert WITHOUT != WITH
    return records(tmp_path_factory.mktemp("records"), WITHOUT)


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, str]:
    return {path: html.unescape(text) for path, text in internal_markdown(root).items()}


def test_the_list_of_a_branch_calls_its_steps_as_the_manual_does(pages: dict[str, str]) -> None:
    sheet, manual = pages["checklists/ug-1.md"], pages["manuals/ug-1.md"]
    titles = set(re.findall(rf"{OWN}(?:确定|研究|讨论|审查)[^\s：；<（、\"]*", sheet))
    assert {DONE, NEXT, LATER} <= titles
    headings = "\n".join(line for line in manual.splitlines() if line.startswith("### "))
    assert [title for title in titles if title not in headings] == []
    assert f"所审步骤：{DONE}" in sheet
    drawn = "".join(re.findall(r"<svg.*?</svg>", sheet, re.DOTALL))
    assert DONE in drawn
    assert NEXT in drawn


def test_only_findings_of_the_check_use_the_names_of_the_procedure(pages: dict[str, str]) -> None:
    sheet = pages["checklists/ug-1.md"]
    found = {finding for finding in sheet.splitlines() if any(name in finding for name in GENERAL)}
    assert [line for line in found if "DEV" not in line] == []


def test_the_desk_calls_what_is_overdue_as_the_list_does(pages: dict[str, str]) -> None:
    desk = pages["desk/index.md"]
    assert NEXT in desk
    assert not [name for name in GENERAL if name in desk]


def test_the_terminal_does_too(root: Path) -> None:
    shown = jishi("show", SOMEBODY, "--as-of", AS_OF, root=root).stdout
    steps = shown[: shown.index("问题")]
    for title in (DONE, NEXT, LATER):
        assert title in steps
    assert NEXT in steps[steps.index("下一步") :]
    assert not [name for name in GENERAL if name in steps]


def test_lists_and_calendars_of_what_is_due_do_too(root: Path) -> None:
    due = ("due", "--branch", "ug-1", "--as-of", AS_OF)
    duties = json.loads(jishi(*due, "--format", "json", root=root).stdout)["duties"]
    mine = [(duty["title"], duty["actor"]) for duty in duties if duty["step"] == "propose_target"]
    assert mine == [(NEXT, OWN)]
    assert NEXT in jishi(*due, root=root).stdout
    calendar = jishi(*due, "--format", "ics", root=root).stdout.replace("\r\n ", "")
    assert NEXT in calendar
    assert jishi("due", "--as-of", AS_OF, "--format", "json", root=root).stdout.count(f'"{NEXT}"') == 1


def test_where_there_is_a_committee_the_names_are_those_of_the_procedure(tmp_path: Path) -> None:
    shown = jishi("show", SOMEBODY, "--as-of", AS_OF, root=records(tmp_path, WITH)).stdout
    assert "党支部委员会会议研究发展对象人选" in shown
    assert NEXT not in shown


def test_branches_of_one_kind_share_what_is_worked_out_for_them(root: Path) -> None:
    audit = run_audit(root, DAY)
    titles, branch = BranchTitles(audit), audit.corpus.branches["ug-1"]
    assert titles.of(branch) == titles.of(replace(branch, id=branch.id))
    others = [each for each in audit.corpus.branches.values() if each.fields.get("has_committee")]
    assert others
    assert [each.id for each in others if titles.of(each) == titles.of(branch)] == []


def test_what_was_refused_and_what_is_missing_are_called_so_too(tmp_path: Path) -> None:
    change = {"decide_activist": {"materials": "~"}, "propose_target": {"result": "failed"}}
    refused = college(tmp_path, until="propose_target", change=change, files={BRANCH: WITHOUT})
    desk = html.unescape(internal_markdown(refused)["desk/index.md"])
    stuck = desk[desk.index(": #stuck") :]
    row = next(row for row in re.findall(r"<tr[^>]*>.*?</tr>", stuck, re.DOTALL) if "林知远" in row)
    assert NEXT in row
    assert OWN in row.replace(NEXT, "")
    assert not [name for name in GENERAL if name in row]
    shown = jishi("show", SOMEBODY, "--as-of", AS_OF, root=refused).stdout
    lacking = shown[shown.index("缺的材料") : shown.index("问题")]
    assert DONE in next(line for line in lacking.splitlines() if "M12" in line)
