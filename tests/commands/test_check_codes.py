"""`jishi check --select` and `--ignore`: what is printed, and that the exit code follows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.college import LATE_TALK, college, jishi

BOTH = {**LATE_TALK, "head": {"nickname": "小林"}}
"""DEV004, an error of the procedure, and SCH001, an unknown key."""


def codes(root: Path, *options: str) -> tuple[list[str], int]:
    result = jishi("check", "--as-of", "2020-11-20", "--format", "json", *options, root=root)
    return sorted({found["code"] for found in json.loads(result.stdout)["findings"]}), result.exit_code


@pytest.mark.parametrize(
    ("options", "left", "exit_code"),
    [
        ([], ["DEV004", "SCH001"], 1),
        (["--select", "DEV004"], ["DEV004"], 1),
        (["--select", "sch"], ["SCH001"], 1),
        (["--select", "SCH,DEV0"], ["DEV004", "SCH001"], 1),
        (["--select", "SCH，DEV0"], ["DEV004", "SCH001"], 1),
        (["--select", "SCH", "--select", "DEV0"], ["DEV004", "SCH001"], 1),
        (["--ignore", "DEV"], ["SCH001"], 1),
        (["--ignore", "DEV004, SCH001"], [], 0),
        (["--select", "DEV", "--ignore", "DEV00"], [], 0),
        (["--select", "REF"], [], 0),
    ],
)
def test_codes_are_chosen_before_the_exit_code(
    tmp_path: Path, options: list[str], left: list[str], exit_code: int
) -> None:
    assert codes(college(tmp_path, **BOTH), *options) == (left, exit_code)


def test_what_is_left_out_is_said_and_not_counted(tmp_path: Path) -> None:
    result = jishi("check", "--as-of", "2020-11-20", "--ignore", "DEV004", root=college(tmp_path, **BOTH))
    assert "略去 1 项问题" in result.stderr
    assert result.stdout.endswith("错误 1 项，警告 0 项，提示 0 项。\n")
    assert "DEV004" not in result.stdout


def test_nothing_is_said_when_nothing_is_left_out(tmp_path: Path) -> None:
    result = jishi("check", "--as-of", "2020-11-20", "--ignore", "REF", root=college(tmp_path, **BOTH))
    assert result.stderr == ""


def test_ignored_warnings_do_not_count_with_strict(tmp_path: Path) -> None:
    root = college(tmp_path, until="decide_activist", change={"recommend": {"method": "members"}})
    strict = ("check", "--as-of", "2021-03-21", "--strict")
    assert jishi(*strict, root=root).exit_code == 1
    assert jishi(*strict, "--ignore", "DEV", root=root).exit_code == 0


@pytest.mark.parametrize(
    ("option", "typed", "said"),
    [
        ("--select", "E20", "是不是 DEV020"),
        ("--ignore", "DVE", "是不是 DEV"),
        ("--select", "DEV999", "没有以“DEV999”开头的代码"),
        ("--select", "SCH,XX9", "没有以“XX9”开头的代码"),
        ("--ignore", "DEV001,,SCH", "有一项是空的"),
        ("--select", "", "有一项是空的"),
    ],
)
def test_an_unknown_code_is_wrong_usage_and_names_the_nearest(
    tmp_path: Path, option: str, typed: str, said: str
) -> None:
    result = jishi("check", option, typed, root=college(tmp_path))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
