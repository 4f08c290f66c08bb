"""The operations of a platform are loaded strictly: a slip is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.definitions.test_faults import edited, fault, override

NAME = "platforms/exianfeng.yaml"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- id: enter-talk\n", "- id: account\n", "操作“account”写了两次"),
        ("menu: applicants", "menu: applicant", "没有菜单“applicant”"),
        ("after: [account]", "after: [acount]", "前面没有操作“acount”"),
        ("after: [account]", "after: [enter-talk]", "前面没有操作“enter-talk”"),
        ("{id: activists, title", "{id: applicants, title", "菜单“applicants”写了两次"),
        ("  often: 每人一次", "  oftn: 每人一次", "不认识的键“oftn”"),
        ("step: apply", "step: aply", "没有步骤“aply”"),
    ],
)
def test_a_slip_is_told_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    text, _ = edited(NAME, old, new)
    override(tmp_path, NAME, text)
    told = fault(tmp_path)
    assert message in told
    assert f"schema/{NAME} 第 " in told


def test_an_operation_without_its_actions_is_refused(tmp_path: Path) -> None:
    head = "id: ours\ntitle: 自建\nmenus: [{id: a, title: 甲, path: [乙]}]\n"
    override(tmp_path, NAME, head + "operations:\n- {id: x, title: 丙, text: 丁, menu: a}\n")
    assert "缺少“how”" in fault(tmp_path)


def test_the_parts_of_a_step_are_known_words(tmp_path: Path) -> None:
    text, line = edited("procedures/development-2014.yaml", "  prepare:\n", "  prepares:\n")
    override(tmp_path, "procedures/development-2014.yaml", text)
    assert f"第 {line} 行：不认识的键“prepares”" in fault(tmp_path)
