"""`jishi stats`: exact numbers of a small college, as text and for programs."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.cells import cell_len

from generator.commands.numbers.as_text import _blocks
from tests.commands.college import SOMEBODY, college, jishi

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "stats.json").read_text(encoding="utf-8"))
OTHER, THIRD = "2020000777", "2020000201"
FILES = {
    "data/cs/ug-2/branch.yaml": "name: 本科生第二党支部\nkind: undergraduate\nhas_committee: false\nhas_groups: false\n",
    f"data/cs/ug-2/people/{THIRD}.yaml": "name: 向晚晴\nborn: 2001-05-04\nenrolled: 2020-09-01\n",
    "data/cs/events/2020-12-10-inspection.yaml": f"""step: inspection
date: 2020-12-10
by: "1995003"
people:
  "{SOMEBODY}": {{result: failed, problems: [{{code: DEV002, due: 2020-12-31, corrected: 2020-12-20}}]}}
  "{THIRD}": {{result: failed, problems: [{{code: DEV005, due: 2020-12-31}}]}}
""",
    "data/cs/ug-1/events/2021-03-10-inspection.yaml": f"""step: inspection
date: 2021-03-10
by: "1995003"
people:
  "{OTHER}": {{result: failed, problems: [{{code: DEV002, due: 2021-03-20, corrected: 2021-03-15}}]}}
""",
}
STORY: dict[str, Any] = {
    "until": "talk",
    "change": {"apply": {"materials": [{"code": "M01", "signed": "false"}]}, "talk": {"date": "2020-11-14"}},
}
AS_OF = "2021-06-01"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return college(tmp_path, files=dict(FILES), **STORY)


def stats(root: Path, *words: str, as_of: str = AS_OF) -> str:
    result = jishi("stats", "--as-of", as_of, *words, root=root)
    assert result.exit_code == 0, result.output
    return result.stdout


def report(root: Path, *words: str, as_of: str = AS_OF) -> Any:
    read = json.loads(stats(root, "--format", "json", *words, as_of=as_of))
    jsonschema.validate(read, SCHEMA)
    return read


OVERVIEW = """截至 2021-06-01：3 个支部 7 人，没有错误的档案 6 份（85 %）。
问题 4 项：错误 2 项，警告 2 项，提示 0 项。

各支部
  代号  支部              人数  无错误     占  错误  警告  提示
  ug-1  本科生第一党支部     5       4   80 %     2     1     ·
  ug-2  本科生第二党支部     1       1  100 %     ·     1     ·
  st-1  后勤党支部           1       1  100 %     ·     ·     ·

各阶段人数
  代号  入党申请人  入党积极分子  发展对象  预备党员  正式党员  尚未申请  已暂停或结束  合计
  ug-1           1             ·         ·         ·         3         1             ·     5
  ug-2           ·             ·         ·         ·         ·         1             ·     1
  st-1           ·             ·         ·         ·         1         ·             ·     1
  合计           1             0         0         0         4         2             0     7

最多的问题
  代码    件数  错误  警告  提示  支部数  内容
  DEV002     1     1     ·     ·       1  入党申请书不是本人签名、注明日期的原件
  DEV004     1     1     ·     ·       1  收到申请后一个月内没有谈话
  DEV123     1     ·     1     ·       1  检查发现的问题过了期限还没有整改
  DEV124     1     ·     1     ·       1  记为已整改的问题现在仍然查得出来

检查与整改
  代号  检查审核  发现问题  已整改  逾期未改  再次发现  称已改仍查出
  ug-1         2         2       2         0         1             1
  ug-2         1         1       0         1         0             0

再次发现
  ug-1  DEV002 入党申请书不是本人签名、注明日期的原件：2 次检查发现（2020-12-10、2021-03-10）；再次发现 1 次，其中整改以后 1 次

逾期未整改
  ug-2  向晚晴（2020000201）  DEV005 没有谈话记录，或谈话早于申请：2020-12-10 发现，应于 2020-12-31 前整改

称已整改、现在仍查得出
  ug-1  林知远（2020000001）  DEV002 入党申请书不是本人签名、注明日期的原件：2020-12-10 发现，应于 2020-12-31 前整改，记为 2020-12-20 已整改

提请党委研究
  ug-1  本科生第一党支部：纠正不力 2 次（提示线 2 次）
  学院规定，问题较多或者多次纠正不力的，通报批评；造成不良影响或者重大责任事故的，追究当事人责任。
  这里只列数字，提示线由本校设置；是否通报，由党委研究决定。
"""
BY_BRANCH = """截至 2021-06-01：3 个支部 7 人，没有错误的档案 6 份（85 %）。
问题 4 项：错误 2 项，警告 2 项，提示 0 项。

各支部的问题
  代号  DEV002  DEV004  DEV123  DEV124  合计
  ug-1       1       1       ·       1     3
  ug-2       ·       ·       1       ·     1
  合计       1       1       1       1     4

  ug-1  本科生第一党支部
  ug-2  本科生第二党支部

  DEV002  入党申请书不是本人签名、注明日期的原件
  DEV004  收到申请后一个月内没有谈话
  DEV123  检查发现的问题过了期限还没有整改
  DEV124  记为已整改的问题现在仍然查得出来
"""
BY_STEP = """截至 2021-06-01：3 个支部 7 人，没有错误的档案 6 份（85 %）。
问题 4 项：错误 2 项，警告 2 项，提示 0 项。

各步骤的问题
  步骤            错误  警告  提示  合计
  递交入党申请书     1     ·     ·     1
  党组织派人谈话     1     ·     ·     1
  党委检查           ·     2     ·     2
  合计               2     2     0     4
"""


def test_the_overview_word_for_word(root: Path) -> None:
    assert stats(root) == OVERVIEW


def test_one_table_by_branch(root: Path) -> None:
    assert stats(root, "--by", "branch") == BY_BRANCH


def test_one_table_by_step(root: Path) -> None:
    assert stats(root, "--by", "step") == BY_STEP


def test_the_table_by_code_is_that_by_branch_turned(root: Path) -> None:
    lines = stats(root, "--by", "code").splitlines()
    start = lines.index("各代码的问题") + 1
    rows = [line.split() for line in lines[start : lines.index("", start)]]
    assert rows[0] == ["代码", "ug-1", "ug-2", "合计"]
    assert ["DEV123", "·", "1", "1"] in rows
    assert rows[-1] == ["合计", "3", "1", "4"]


def test_every_row_of_a_table_ends_in_the_same_column(root: Path) -> None:
    lines = stats(root).splitlines()
    start = lines.index("各阶段人数") + 1
    table = lines[start : start + 5]
    assert table[-1].split()[0] == "合计"
    assert len({cell_len(line) for line in table}) == 1


def test_many_columns_are_set_in_blocks_that_fit() -> None:
    blocks = list(_blocks([8] * 30, 90))
    assert blocks == [(0, 11), (11, 22), (22, 30)]
    assert list(_blocks([50, 50], 20)) == [(0, 1), (1, 2)]


def test_json_has_the_shape_and_the_numbers(root: Path) -> None:
    read = report(root)
    assert read["summary"] == {
        "branches": 3,
        "people": 7,
        "without_error": 6,
        "findings": {"errors": 2, "warnings": 2, "infos": 0},
    }
    first, second, third = read["branches"]
    assert (first["id"], first["people"], first["without_error"]) == ("ug-1", 5, 4)
    assert first["stages"]["applicant"] == 1
    assert second["findings"] == {"errors": 0, "warnings": 1, "infos": 0}
    assert sum(sum(branch["stages"].values()) for branch in (first, second, third)) == 7
    cells = [(cell["holder"], cell["code"], cell["step"]) for cell in read["cells"]]
    assert cells == [
        ("ug-1", "DEV002", "apply"),
        ("ug-1", "DEV004", "talk"),
        ("ug-1", "DEV124", "inspection"),
        ("ug-2", "DEV123", "inspection"),
    ]
    ours, theirs = read["reviews"]
    assert (ours["branch"], ours["reviews"], ours["problems"], ours["corrected"]) == ("ug-1", 2, 2, 2)
    assert [row["person"] for row in ours["still_found"]] == [SOMEBODY]
    assert [(row["code"], row["times"], row["after_correction"], row["days"]) for row in ours["repeated"]] == [
        ("DEV002", 1, 1, ["2020-12-10", "2021-03-10"])
    ]
    assert [(row["person"], row["due"], row["corrected"]) for row in theirs["overdue"]] == [(THIRD, "2020-12-31", None)]
    assert theirs["repeated"] == []


def test_counts_agree_with_check(root: Path) -> None:
    found = json.loads(jishi("check", "--as-of", AS_OF, "--format", "json", root=root).stdout)["summary"]
    counted = report(root)["summary"]["findings"]
    assert counted == {key: found[key] for key in ("errors", "warnings", "infos")}
    assert counted["errors"] > 0


def test_a_day_in_the_past_knows_nothing_of_later_inspections(root: Path) -> None:
    before = report(root, as_of="2020-12-31")
    assert [(row["branch"], row["problems"], len(row["overdue"])) for row in before["reviews"]] == [
        ("ug-1", 1, 0),
        ("ug-2", 1, 0),
    ]
    assert all(row["repeated"] == [] for row in before["reviews"])


def test_codes_limit_findings_and_problems_but_not_the_share_without_error(root: Path) -> None:
    read = report(root, "--select", "DEV005")
    assert read["cells"] == []
    assert [row["problems"] for row in read["reviews"]] == [0, 1]
    assert read["summary"]["without_error"] == 6
    assert [row["problems"] for row in report(root, "--ignore", "DEV00")["reviews"]] == [0, 0]


def test_csv_opens_in_a_spreadsheet_and_holds_no_formula(root: Path) -> None:
    branch = root / "data/cs/ug-2/branch.yaml"
    branch.write_text(branch.read_text(encoding="utf-8").replace("本科生第二党支部", "=1+1"), encoding="utf-8")
    text = stats(root, "--format", "csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [(row["代号"], row["代码"], row["错误"], row["警告"]) for row in rows] == [
        ("ug-1", "DEV002", "1", "0"),
        ("ug-1", "DEV004", "1", "0"),
        ("ug-1", "DEV124", "0", "1"),
        ("ug-2", "DEV123", "0", "1"),
    ]
    assert rows[-1]["支部"] == "'=1+1"


def test_by_is_for_text_only(root: Path) -> None:
    result = jishi("stats", "--by", "code", "--format", "json", root=root)
    assert result.exit_code == 2
    assert "--by 只用于 text" in result.stderr


def with_profile(tmp_path: Path, settings: str) -> Path:
    profile = f"id: ours\ntitle: 本校检查制度\nsettings: {settings}\n"
    organisation = "name: 海岳大学党委\nprofile: ours\n"
    files = {**FILES, "schema/profiles/ours.yaml": profile, "data/organisation.yaml": organisation}
    return college(tmp_path, files=files, **STORY)


@pytest.mark.parametrize(
    ("settings", "reached"),
    [
        ("{}", {"ug-1": (False, True), "ug-2": (False, False)}),
        ("{criticism_failures: 3}", {"ug-1": (False, False), "ug-2": (False, False)}),
        ("{criticism_failures: 0}", {"ug-1": (False, False), "ug-2": (False, False)}),
        ("{criticism_failures: 1}", {"ug-1": (False, True), "ug-2": (False, True)}),
        ("{criticism_problems: 2}", {"ug-1": (True, True), "ug-2": (False, False)}),
        # Since 2021-03-01 ug-1 has one problem; what came back that month counts, and what is still open counts always.
        ("{criticism_problems: 2, criticism_months: 3}", {"ug-1": (False, True), "ug-2": (False, False)}),
        ("{criticism_problems: 1, criticism_months: 3}", {"ug-1": (True, True), "ug-2": (False, False)}),
        # In the last month nothing was inspected: only the one problem still found is left.
        ("{criticism_months: 1}", {"ug-1": (False, False), "ug-2": (False, False)}),
    ],
)
def test_the_profile_says_from_where_the_committee_is_told(
    tmp_path: Path, settings: str, reached: dict[str, tuple[bool, bool]]
) -> None:
    read = report(with_profile(tmp_path, settings))
    found = {row["branch"]: (row["threshold"]["many"], row["threshold"]["repeated"]) for row in read["reviews"]}
    assert found == reached


def test_nothing_is_decided_for_the_committee(root: Path, tmp_path: Path) -> None:
    text = stats(root)
    assert "提请党委研究" in text
    assert "是否通报，由党委研究决定" in text
    quiet = stats(with_profile(tmp_path / "quiet", "{criticism_failures: 0}"))
    assert "提请党委研究" not in quiet
    assert "通报" not in quiet


def test_the_same_fault_after_a_correction_came_back(tmp_path: Path) -> None:
    """The check finds it again, on a paper later than the correction: not the old fault, but the same one once more."""
    added = [
        {"step": "inspection", "date": "2021-07-05", "by": "1995003", "problems": [{"code": "DEV019", "corrected": "2021-07-10"}]},
        {"step": "report", "date": "2021-09-01", "materials": [{"code": "M16", "signed": "false"}]},
    ]  # fmt: skip
    read = report(college(tmp_path, until="report.1", add=added), as_of="2021-09-02")
    (row,) = read["reviews"]
    assert [(one["code"], one["anew"], one["times"], one["after_correction"]) for one in row["repeated"]] == [
        ("DEV019", 1, 1, 1)
    ]
    assert row["still_found"] == []


def test_a_problem_of_somebody_who_moved_stays_with_the_former_branch(tmp_path: Path) -> None:
    moved = {"step": "move", "date": "2021-02-01", "from_branch": "ug-2", "to_branch": "ug-1"}
    seen = {"step": "inspection", "date": "2020-12-10", "by": "1995003", "problems": [{"code": "DEV009"}]}
    files = {"data/cs/ug-2/branch.yaml": FILES["data/cs/ug-2/branch.yaml"]}
    read = report(college(tmp_path, until="talk", add=[seen, moved], files=files))
    assert [(row["branch"], row["problems"]) for row in read["reviews"]] == [("ug-2", 1)]


SHARED = "data/cs/events/2020-12-10-inspection.yaml"


@pytest.mark.parametrize(
    ("named", "person", "problems"),
    [
        (f'person: "{THIRD}", ', THIRD, {"ug-1": 0, "ug-2": 1}),
        ("", None, {"ug-1": 1, "ug-2": 1}),
    ],
)
def test_a_problem_in_the_shared_part_of_an_inspection(
    tmp_path: Path, named: str, person: str | None, problems: dict[str, int]
) -> None:
    """About one of those listed it is that person's; about nobody it concerns every branch listed, and is said once."""
    text = f"""step: inspection
date: 2020-12-10
problems: [{{{named}code: DEV005, due: 2020-12-31}}]
people: {{"{SOMEBODY}": {{result: failed}}, "{THIRD}": {{result: failed}}}}
"""
    root = college(tmp_path, until="talk", files={**FILES, SHARED: text})
    found = json.loads(jishi("check", "--as-of", AS_OF, "--format", "json", root=root).stdout)["findings"]
    assert [(one["code"], one["person"]) for one in found] == [("DEV123", person)]
    counted = {row["branch"]: row["problems"] for row in report(root)["reviews"]}
    ours = 1  # of the other inspection, in ug-1
    assert counted == {**problems, "ug-1": problems["ug-1"] + ours}


def test_problems_without_a_code_of_ours_are_named_by_what_is_written(tmp_path: Path) -> None:
    """A paper's code is as good as any for coming back; problems without a code are not taken for the same one."""
    found = [
        ("2020-12-10", "code: M16"),
        ("2021-01-10", "code: m16"),
        ("2021-02-10", "due: 2021-02-20"),
        ("2021-03-10", "due: 2021-03-20"),
    ]
    files = {
        f"data/cs/ug-1/events/{day}-inspection.yaml": f'''step: inspection
date: {day}
people: {{"{SOMEBODY}": {{result: failed, problems: [{{{said}}}]}}}}
'''
        for day, said in found
    }
    text = stats(college(tmp_path, until="talk", files=files))
    assert "M16：2 次检查发现（2020-12-10、2021-01-10）；再次发现 1 次" in text
    assert text.count("次检查发现") == 1
    assert "问题：2021-02-10 发现，应于 2021-02-20 前整改" in text


def test_due_lists_problems_to_be_corrected_and_the_next_inspection(tmp_path: Path) -> None:
    root = with_profile(tmp_path, "{committee_inspection_months: 6}")
    late = jishi("due", "--as-of", "2021-09-11", root=root).stdout
    row = next(line for line in late.splitlines() if "党委检查（每 6 个月至少一次）" in line)
    assert row.split()[:2] == ["逾期", "2021-09-10"]
    assert "计算机学院党委（cs）" in late
    row = next(line for line in late.splitlines() if "整改 DEV005" in line)
    assert row.split()[:4] == ["逾期", "2020-12-31", "向晚晴", THIRD]
    in_time = jishi("due", "--as-of", "2021-09-10", root=root).stdout
    assert next(line for line in in_time.splitlines() if "党委检查（每" in line).split()[0] == "待办"
    early = jishi("due", "--as-of", "2021-08-10", "--days", "30", root=root).stdout
    assert "党委检查（每" not in early
    assert "整改 DEV002" not in late
    own = jishi("due", "--as-of", "2021-09-11", "--branch", "ug-2", root=root).stdout
    assert "党委检查（每" not in own
    assert "整改 DEV005" in own


def test_nobody_at_all_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "organisation.yaml").write_text("name: 海岳大学党委\n", encoding="utf-8")
    result = jishi("stats", root=tmp_path)
    assert result.exit_code == 2
    assert result.stdout == ""
