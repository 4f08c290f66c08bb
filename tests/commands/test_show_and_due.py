"""`jishi show` and `jishi due`: what an organiser reads in the terminal."""

from __future__ import annotations

import json
from pathlib import Path

from rich.cells import cell_len

from tests.audit.case_files import PERSON
from tests.commands.college import LATE_TALK, SOMEBODY, college, jishi


def test_show_tells_stage_steps_next_papers_and_findings(tmp_path: Path) -> None:
    result = jishi("show", SOMEBODY, "--as-of", "2020-11-20", root=college(tmp_path, **LATE_TALK))
    assert result.exit_code == 0
    text = result.stdout
    assert text.startswith(
        "林知远（2020000001） 计算机学院党委 本科生第一党支部\n入党申请人，自 2020-10-12；截至 2020-11-20"
    )
    assert "党组织派人谈话" in text
    assert "2020-11-14" in text
    assert "推荐入党积极分子" in text[text.index("下一步") :]
    assert "错误 DEV004" in text


def test_show_tells_the_probation_period(tmp_path: Path) -> None:
    text = jishi("show", SOMEBODY, "--as-of", "2023-01-31", root=college(tmp_path, as_of="2023-01-31")).stdout
    assert "预备党员，自 2022-10-28" in text
    assert "预备期 2022-10-28 至 2023-10-27" in text
    assert "没有发现问题" in text
    assert "未计入" in text


def test_show_lists_missing_papers_and_waivers(tmp_path: Path) -> None:
    waiver = {"code": "DEV004", "step": "talk", "date": "2020-11-14", "reason": "邮寄延误"}
    change = {"talk": {"date": "2020-11-14", "materials": "~"}}
    root = college(tmp_path, until="talk", change=change, head={"waivers": [waiver]})
    text = jishi("show", SOMEBODY, "--as-of", "2020-11-20", root=root).stdout
    assert "M02" in text[text.index("缺的材料") : text.index("问题")]
    assert "免责说明：DEV004" in text


def test_show_of_an_unknown_id_names_the_nearest(tmp_path: Path) -> None:
    root = college(tmp_path)
    for typed in ("2020000002", "林知远"):
        result = jishi("show", typed, root=root)
        assert result.exit_code == 2
        assert SOMEBODY in result.stderr


def test_nothing_is_said_about_whom_could_not_be_read(tmp_path: Path) -> None:
    root = college(tmp_path, until="apply")
    path = root / PERSON
    path.write_text("name: [", encoding="utf-8")
    shown = jishi("show", SOMEBODY, root=root)
    assert shown.exit_code == 2
    assert shown.stdout == ""
    assert f"{PERSON} 无法读取" in shown.stderr
    due = jishi("due", root=root)
    assert SOMEBODY not in due.stdout
    assert f"有 1 个记录文件没有（全部）读出，结果可能不完整：{PERSON}" in due.stderr
    own = jishi("check", SOMEBODY, "--format", "json", root=root)
    assert {finding["code"] for finding in json.loads(own.stdout)["findings"]} == {"YML010"}


def test_unreadable_events_are_told_and_at_most_five_are_named(tmp_path: Path) -> None:
    root = college(tmp_path, until="apply")
    assert "读出" not in jishi("due", root=root).stderr
    events = [f"data/cs/ug-1/events/202{n}-03-01-inspect.yaml" for n in range(6)]
    for path in events:
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text("people: [", encoding="utf-8")
    for words in (("due",), ("show", SOMEBODY)):
        result = jishi(*words, root=root)
        assert result.exit_code == 0
        assert f"有 6 个记录文件没有（全部）读出，结果可能不完整：{'、'.join(events[:5])} 等" in result.stderr
        assert events[5] not in result.stderr


def test_due_lists_what_is_overdue_and_what_falls_due(tmp_path: Path) -> None:
    root = college(tmp_path, until="apply")
    late = jishi("due", "--as-of", "2020-11-20", root=root)
    assert late.exit_code == 0
    assert "本科生第一党支部（ug-1）" in late.stdout
    assert _row(late.stdout)[:4] == ["逾期", "2020-11-13", "林知远", SOMEBODY]
    assert "逾期 1 项" in late.stdout
    assert _row(jishi("due", "--as-of", "2020-10-20", root=root).stdout)[0] == "待办"
    assert "也没有到期的事项" in jishi("due", "--as-of", "2020-10-20", "--days", "3", root=root).stdout


def _row(text: str) -> list[str]:
    return next(line.split() for line in text.splitlines() if "林知远" in line)


def test_days_out_of_range_are_refused_in_chinese(tmp_path: Path) -> None:
    result = jishi("due", "--days", "9999", root=college(tmp_path))
    assert result.exit_code == 2
    assert "9999 不在范围内，应为 0 至 3660" in result.stderr


def test_due_of_no_branch_is_refused(tmp_path: Path) -> None:
    result = jishi("due", "--branch", "", root=college(tmp_path))
    assert result.exit_code == 2
    assert "没有支部“”" in result.stderr


def test_due_of_one_branch(tmp_path: Path) -> None:
    root = college(tmp_path, until="apply")
    assert "林知远" not in jishi("due", "--branch", "st-1", "--as-of", "2020-11-20", root=root).stdout
    wrong = jishi("due", "--branch", "ug-2", root=root)
    assert wrong.exit_code == 2
    assert "ug-1" in wrong.stderr


def test_columns_are_aligned_for_double_width_text(tmp_path: Path) -> None:
    lines = jishi("due", "--as-of", "2020-11-20", root=college(tmp_path, until="apply")).stdout.splitlines()
    header, row = lines[1], lines[2]
    for title, value in (("最迟", "2020-11-13"), ("姓名", "林知远"), ("学号/工号", SOMEBODY)):
        assert cell_len(header[: header.index(title)]) == cell_len(row[: row.index(value)])


def test_the_last_of_a_series_is_called_so_and_sets_no_earliest_day(tmp_path: Path) -> None:
    text = jishi("show", SOMEBODY, "--as-of", "2021-10-01", root=college(tmp_path, as_of="2021-10-01")).stdout
    header = next(line for line in text.splitlines() if "最早" in line)
    row = next(line for line in text.splitlines() if "培养教育考察" in line)
    assert "进行中" in row
    assert "上次 2021-09-15" in row
    before = cell_len(header[: header.index("最早")])
    after = cell_len(header[: header.index("最迟")])
    cells = [char for char in row for _ in range(cell_len(char))]
    assert "".join(cells[before:after]).strip() == ""
    assert row.split()[-1] == "2022-03-15"
    assert "上次" not in next(line for line in text.splitlines() if "递交入党申请书" in line)
