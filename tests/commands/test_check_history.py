"""`jishi check --history`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.audit.case_files import COLLEGE, PERSON
from tests.commands.college import SOMEBODY, college, jishi
from tests.history.git_tree import GitTree

LATE: dict[str, Any] = {"until": "talk", "commits": {"2020-10-13": "apply", "2020-12-26": "all"}}
OATH = "data/cs/ug-1/events/2022-10-28-oath.yaml"


def report(root: Path, *args: str, as_of: str = "2020-12-31") -> list[dict[str, Any]]:
    result = jishi("check", "--history", "--format", "json", "--as-of", as_of, *args, root=root)
    assert result.exit_code in (0, 1), result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    return found


def codes(findings: list[dict[str, Any]]) -> list[str]:
    return [finding["code"] for finding in findings]


def test_a_late_entry_is_shown_at_its_line_and_is_no_error(tmp_path: Path) -> None:
    result = jishi("check", "--history", "--as-of", "2020-12-31", root=college(tmp_path, **LATE))
    assert result.exit_code == 0
    assert result.stdout.startswith(
        f"{PERSON}:8:22: 提示 DEV119 补录：党组织派人谈话（2020-11-05）在 51 天后才写进记录（2020-12-26"
    )


def test_it_is_among_what_is_said_about_the_person(tmp_path: Path) -> None:
    assert codes(report(college(tmp_path, **LATE), SOMEBODY)) == ["DEV119"]


def test_without_the_option_git_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = college(tmp_path, **LATE)
    monkeypatch.setenv("PATH", "")
    result = jishi("check", "--as-of", "2020-12-31", root=root)
    assert result.exit_code == 0
    assert "DEV119" not in result.stdout
    assert not (root / ".git" / "jishi").exists()
    result = jishi("check", "--history", "--as-of", "2020-12-31", root=root)
    assert result.exit_code == 2
    assert "没有找到 git" in result.output


def test_outside_a_repository_it_says_so(tmp_path: Path) -> None:
    result = jishi("check", "--history", root=college(tmp_path))
    assert result.exit_code == 2
    assert "不在 git 仓库里" in result.output


def test_records_that_git_does_not_hold_are_not_judged(tmp_path: Path) -> None:
    git = GitTree(college(tmp_path, until="talk"))
    git.write({".gitignore": "data/\n"})
    git.commit("2020-12-26", {})
    result = jishi("check", "--history", root=git.root)
    assert result.exit_code == 2
    assert "没有任何记录" in result.output


def test_records_without_entries_have_nothing_to_judge(tmp_path: Path) -> None:
    git = GitTree(
        college(tmp_path, person="name: 新人\nborn: 2001-01-01\ncategory: undergraduate\n", as_of="2020-12-26")
    )
    git.commit("2020-12-26", {})
    assert not {"DEV119", "DEV120", "DEV121"} & set(codes(report(git.root)))


def test_a_waiver_of_it_is_not_called_unused_where_nobody_looked(tmp_path: Path) -> None:
    waiver = {"code": "DEV119", "step": "talk", "date": "2020-11-05", "reason": "系统停机", "by": "1995003"}
    root = college(tmp_path, **LATE, head={"waivers": [waiver]})
    assert report(root) == []
    result = jishi("check", "--as-of", "2020-12-31", root=root)
    assert "DEV108" not in result.stdout


def test_what_is_not_committed_counts_as_written_on_the_day_of_the_check(tmp_path: Path) -> None:
    root = college(tmp_path, until="talk", commits={"2020-10-13": "apply"})
    fresh, stale = report(root, as_of="2020-11-20"), report(root, as_of="2020-12-20")
    assert codes(fresh) == ["DEV121"]
    assert "还没有提交" in fresh[0]["message"]
    assert codes(stale) == ["DEV119", "DEV121"]
    assert "已过 45 天，还没有提交" in stale[0]["message"]


def test_a_shallow_clone_says_once_what_it_cannot_see(tmp_path: Path) -> None:
    root = college(tmp_path / "whole", until="report.1", commits={"2021-10-01": "talk", "2021-11-20": "all"})
    GitTree(root).git("clone", "-q", "--depth", "1", f"file://{root}", str(tmp_path / "clone"))
    assert {"DEV119", "DEV121"} <= set(codes(report(root, as_of="2021-12-01")))
    cut = report(tmp_path / "clone", as_of="2021-12-01")
    assert [(f["code"], f["path"]) for f in cut if f["code"] >= "DEV119"] == [("DEV121", "data/organisation.yaml")]
    assert "写入时间不明" in next(f["message"] for f in cut if f["code"] == "DEV121")
    asked = [f for f in report(tmp_path / "clone", SOMEBODY, as_of="2021-12-01") if f["code"] >= "DEV119"]
    assert [(f["code"], f["path"], f["person"]) for f in asked] == [("DEV121", PERSON, SOMEBODY)]


def test_an_event_entered_late_is_said_once_and_a_person_added_later_at_that_person(tmp_path: Path) -> None:
    other = PERSON.replace(SOMEBODY, "2020000777")
    assert (COLLEGE / other).is_file()
    root = college(tmp_path, drop=["oath"])
    git = GitTree(root)
    git.commit("2020-01-01", {})
    event = "step: oath\ndate: 2022-10-28\nplace: 礼堂\npeople:\n"
    one, two, three = (f'  "{id}": {{}}\n' for id in (SOMEBODY, "2020000777", "2008017"))
    git.commit("2023-01-01", {OATH: event + one + two})
    git.commit("2023-03-01", {OATH: event + one + three + two})
    late = [f for f in report(root, as_of="2023-04-01") if f["code"] == "DEV119" and f["path"] == OATH]
    assert [(f["line"], f["person"]) for f in late] == [(2, None), (6, "2008017")]
    assert {r["line"] for r in late[0]["related"]} == {5, 7}


def test_one_commit_for_a_whole_series_is_one_finding_that_lists_the_others(tmp_path: Path) -> None:
    root = college(
        tmp_path, until="report.3", commits={"2020-10-13": "apply", "2021-04-01": "file_activist", "2021-12-18": "all"}
    )
    found = [f for f in report(root, as_of="2021-12-31") if f["code"] == "DEV120"]
    assert len(found) == 1
    assert found[0]["severity"] == "info"
    assert len(found[0]["related"]) == 2
    assert "2021-06-18 至 2021-12-17 的思想汇报 3 条" in found[0]["message"]


def test_the_profile_weighs_it(tmp_path: Path) -> None:
    files = {
        "data/organisation.yaml": "name: 海岳大学党委\nprofile: strict\n",
        "schema/profiles/strict.yaml": "id: strict\ntitle: 从严\nseverity: {DEV119: warning}\n",
    }
    root = college(tmp_path, **LATE, files=files)
    assert [(f["code"], f["severity"]) for f in report(root)] == [("DEV119", "warning")]


def test_what_happened_before_somebody_came_counts_from_the_arrival(tmp_path: Path) -> None:
    path = "data/cs/ug-1/people/2022000001.yaml"
    text = (
        "name: 来人\nborn: 1990-01-01\ncategory: teacher\n"
        "baseline: {arrived: 2022-09-01, status: activist, applied: 2021-01-04, activist_since: 2021-09-01}\n"
        "log:\n- {step: report, date: 2022-01-10}\n- {step: report, date: 2022-09-20}\n"
    )
    git = GitTree(college(tmp_path, until="talk"))
    git.commit("2020-11-06", {})
    git.commit("2022-09-25", {path: text})
    assert "DEV119" not in codes(report(git.root, "2022000001", as_of="2022-10-01"))
    git.commit("2023-01-25", {path: text + "- {step: report, date: 2022-03-10}\n"})
    late = [f for f in report(git.root, "2022000001", as_of="2023-02-01") if f["code"] == "DEV119"]
    assert [f["line"] for f in late] == [8]
    assert "在 146 天后" in late[0]["message"]


def test_former_ids_lead_back_to_the_old_file(tmp_path: Path) -> None:
    git = GitTree(college(tmp_path, until="talk"))
    git.commit("2020-11-06", {})
    old = (git.root / PERSON).read_text(encoding="utf-8")
    new = PERSON.replace(SOMEBODY, "2024000001")
    rewritten = "former_ids: ['2020000001']\n" + "\n".join(f"{line}   # 升学" for line in old.splitlines()) + "\n"
    git.commit("2024-09-10", {PERSON: None, new: rewritten})
    assert not {"DEV119", "DEV120"} & set(codes(report(git.root, as_of="2024-10-01")))


def test_checking_changes_no_record_and_nothing_git_would_show(tmp_path: Path) -> None:
    root = college(tmp_path, **LATE)
    before = {p: p.read_bytes() for p in root.rglob("*.yaml")}
    report(root)
    assert before == {p: p.read_bytes() for p in root.rglob("*.yaml")}
    assert GitTree(root).git("status", "--porcelain") == ""
    shutil.rmtree(root / ".git" / "jishi")
    assert codes(report(root)) == ["DEV119"]
