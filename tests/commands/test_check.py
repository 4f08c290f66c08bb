"""`jishi check`: formats, exit codes, what is printed, and that it writes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.audit.case_files import PERSON
from tests.commands.college import LATE_TALK, SOMEBODY, college, jishi

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "check.json").read_text(encoding="utf-8"))


def test_a_clean_college_exits_with_0_and_says_what_was_looked_at(tmp_path: Path) -> None:
    result = jishi("check", "--as-of", "2023-12-31", root=college(tmp_path))
    assert result.exit_code == 0
    assert result.stdout == "核对 6 人、11 个文件（截至 2023-12-31）：错误 0 项，警告 0 项，提示 0 项。\n"


def test_text_shows_place_line_caret_basis_and_rule(tmp_path: Path) -> None:
    result = jishi("check", "--as-of", "2020-11-20", root=college(tmp_path, **LATE_TALK))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith(f"{PERSON}:8:22: 错误 DEV004 ")
    assert lines[1].startswith("    8 | - {step: talk, date: '2020-11-14'")
    assert lines[2] == "      | " + " " * 21 + "^" * 12
    assert "    依据：《中国共产党发展党员工作细则》（2014）第7条" in lines
    assert any(line.startswith(f"    参见：{PERSON}:7:") for line in lines)
    assert any(line.startswith("    规则：schema/procedures/development-2014.yaml:") for line in lines)
    assert lines[-1].endswith("错误 1 项，警告 0 项，提示 0 项。")


def test_the_caret_stands_under_the_value_behind_chinese_text(tmp_path: Path) -> None:
    person = "name: 林知远\nlog:\n- {step: apply, note: 当面递交, date: 2020-13-12}\n"
    result = jishi("check", "--as-of", "2021-01-01", root=college(tmp_path, person=person, as_of="2021-01-01"))
    lines = result.stdout.splitlines()
    place = next(i for i, line in enumerate(lines) if "SCH004" in line)
    source, caret = lines[place + 1], lines[place + 2]
    before = source[: source.index("2020-13-12")]
    columns = sum(2 if ord(c) > 0x2E80 else 1 for c in before)
    assert caret.index("^") == columns
    assert caret.count("^") == len("2020-13-12")


def test_no_colour_unless_on_a_terminal(tmp_path: Path) -> None:
    assert "\x1b" not in jishi("check", "--as-of", "2020-11-20", root=college(tmp_path, **LATE_TALK)).output


def test_json_follows_its_schema(tmp_path: Path) -> None:
    result = jishi("check", "--format", "json", "--as-of", "2020-11-20", root=college(tmp_path, **LATE_TALK))
    report = json.loads(result.stdout)
    jsonschema.validate(report, SCHEMA)
    assert report["as_of"] == "2020-11-20"
    assert report["summary"] == {"people": 6, "files": 11, "errors": 1, "warnings": 0, "infos": 0, "later": 0}
    (finding,) = report["findings"]
    assert (finding["code"], finding["path"], finding["line"], finding["column"]) == ("DEV004", PERSON, 8, 22)
    assert (finding["person"], finding["step"]) == (SOMEBODY, "talk")
    assert finding["rule"]["file"] == "schema/procedures/development-2014.yaml"
    assert "talk-month" in _yaml_line(finding["rule"])
    assert finding["related"][0]["line"] == 7


def _yaml_line(rule: dict[str, object]) -> str:
    text = (Path(__file__).parents[2] / str(rule["file"])).read_text(encoding="utf-8")
    assert isinstance(rule["line"], int)
    return text.splitlines()[rule["line"] - 1]


def test_github_annotations_are_escaped(tmp_path: Path) -> None:
    person = 'name: 林知远\nlog:\n- {step: apply, date: "100%: 2020,\\n-1"}\n'
    root = college(tmp_path, person=person, as_of="2021-01-01")
    result = jishi("check", "--format", "github", "--as-of", "2021-01-01", root=root)
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith(f"::error file={PERSON},line=3,endLine=3,col=23,endColumn=")
    assert ",title=SCH004::" in line
    assert "100%25: 2020," in line


def test_warnings_count_only_with_strict(tmp_path: Path) -> None:
    root = college(tmp_path, until="decide_activist", change={"recommend": {"method": "members"}})
    assert jishi("check", "--as-of", "2021-03-21", root=root).exit_code == 0
    assert jishi("check", "--as-of", "2021-03-21", "--strict", root=root).exit_code == 1


def test_a_later_day_in_the_records_is_left_aside_and_counted(tmp_path: Path) -> None:
    result = jishi("check", "--as-of", "2020-12-01", "--format", "json", root=college(tmp_path, as_of="2020-12-01"))
    assert json.loads(result.stdout)["summary"]["later"] > 30
    assert "未计入" in jishi("check", "--as-of", "2020-12-01", root=tmp_path).stdout


@pytest.mark.parametrize("wanted", [SOMEBODY, PERSON, "data/cs/ug-1/people", "data/cs", "."])
def test_a_path_or_id_shows_what_belongs_to_it(tmp_path: Path, wanted: str) -> None:
    result = jishi("check", wanted, "--as-of", "2020-11-20", root=college(tmp_path, **LATE_TALK))
    assert result.exit_code == 1
    assert result.stdout.count("DEV004") == 1


def test_findings_elsewhere_are_not_shown(tmp_path: Path) -> None:
    root = college(tmp_path, **LATE_TALK)
    result = jishi("check", "data/zz", "2008017", "--as-of", "2020-11-20", root=root)
    assert result.exit_code == 0
    assert "DEV004" not in result.stdout


def test_an_unknown_id_names_the_nearest(tmp_path: Path) -> None:
    result = jishi("check", "2020000011", root=college(tmp_path))
    assert result.exit_code == 2
    assert SOMEBODY in result.stderr


def test_a_folder_without_records_is_not_clean(tmp_path: Path) -> None:
    root = college(tmp_path)
    (root / "docs").mkdir()
    result = jishi("check", "docs", root=root)
    assert result.exit_code == 2
    assert "没有记录文件" in result.stderr


def test_no_people_is_not_clean(tmp_path: Path) -> None:
    root = college(tmp_path)
    for people in (root / "data").rglob("people"):
        shutil.rmtree(people)
    result = jishi("check", root=root)
    assert result.exit_code == 2
    assert "什么也没有核对" in result.stderr


def test_no_repository_is_not_clean(tmp_path: Path) -> None:
    result = jishi("check", root=tmp_path)
    assert result.exit_code == 2
    assert "organisation.yaml" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as-of", "2020-02-30"], "没有“2020-02-30”这一天"),
        (["--as-of", "yesterday"], "日期须写成 YYYY-MM-DD"),
        (["--format", "xml"], "不在可选值之中"),
        (["--stric"], "没有选项"),
    ],
)
def test_wrong_options_are_told_in_chinese(tmp_path: Path, words: list[str], said: str) -> None:
    result = jishi("check", *words, root=college(tmp_path))
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    root = college(tmp_path, **LATE_TALK)
    (root / "data/cs/ug-1/people/2001008.yaml").write_bytes(b"name: [\xff")
    result = jishi("check", "--as-of", "2020-11-20", root=root)
    assert result.exit_code == 1
    assert "YML001" in result.stdout
    assert "DEV004" in result.stdout


def test_a_pipe_among_the_records_is_a_finding_and_is_not_waited_for(tmp_path: Path) -> None:
    root = college(tmp_path)
    os.mkfifo(root / "data/cs/ug-1/people/2020000009.yaml")
    # A process of its own, so that waiting for the pipe ends the test and not the run.
    ended = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--root", str(root)], capture_output=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert "YML031" in ended.stdout.decode()


@pytest.mark.parametrize("wanted", ["a" * 5000, "loop", "\0"], ids=["long", "loop", "nul"])
def test_a_path_that_cannot_exist_is_unknown(tmp_path: Path, wanted: str) -> None:
    root = college(tmp_path)
    (root / "loop").symlink_to("loop")
    result = jishi("check", wanted, root=root)
    assert result.exit_code == 2
    assert "既不是记录仓库里的文件或文件夹" in result.stderr


def test_checking_writes_nothing(tmp_path: Path) -> None:
    root = college(tmp_path, **LATE_TALK)
    before = _state(root)
    assert before
    for format_ in ("text", "json", "github", "gitlab", "sarif"):
        jishi("check", "--format", format_, root=root)
    assert _state(root) == before


def _state(root: Path) -> dict[str, str]:
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(root.rglob("*")) if p.is_file()}
