"""`jishi dossier`: what it refuses, how it says so, and its exit codes."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from tests.prints.college import BRANCH, GAPS, NAMES, RARE, dossier, make_college, person_file, printed, write

pytestmark = pytest.mark.usefixtures("drawn_once")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_college(tmp_path / "college")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "三者选一"),
        ((RARE, "--all"), "三者选一"),
        (("--branch", "ug-1", "--all"), "三者选一"),
        (("2020000009",), "没有学号或工号为“2020000009”的人"),
        ((RARE, "nobody"), "没有学号或工号为“nobody”的人"),
        (("--branch", "ug-9"), "没有支部“ug-9”"),
        ((RARE, "--jobs", "0"), "--jobs"),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_made(root: Path, words: tuple[str, ...], said: str) -> None:
    result = dossier(root, *words)
    assert result.exit_code == 2
    assert said in result.output
    assert not (root / "build").exists()


def test_unknown_branch_names_the_known(root: Path) -> None:
    assert "ug-1" in dossier(root, "--branch", "ug-9").output


def test_name_instead_of_an_id_is_helped(root: Path) -> None:
    assert RARE in dossier(root, NAMES[RARE]).output


def test_files_are_named_and_nobody_is(root: Path) -> None:
    result = dossier(root, RARE)
    assert result.exit_code == 0
    assert f"build/print/{BRANCH}/{RARE}.pdf" in result.output
    assert NAMES[RARE] not in result.output


def test_an_unreadable_person_gets_no_dossier(root: Path) -> None:
    (root / person_file(RARE)).write_text("name: [", encoding="utf-8")
    result = dossier(root, RARE)
    assert result.exit_code == 1
    assert f"{person_file(RARE)} 无法读取，没有生成" in result.output
    assert not list((root / "build").rglob("*.pdf"))


def test_what_could_not_be_read_is_not_printed_as_missing(root: Path) -> None:
    path = root / person_file(RARE)
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(index for index, line in enumerate(lines) if line.startswith("born:"))
    lines[number] = "born: 2003-13-45"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = dossier(root, RARE)
    assert result.exit_code == 1
    assert f"记录有 1 处格式错误，没有生成；第一处在 {person_file(RARE)}:{number + 1}" in result.output
    assert not list((root / "build").rglob("*.pdf"))


UNREADABLE = "step: inspect\ndate: 2021-06-20\npeople: ["


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data/cs/ug-1/events/2021-06-20-inspect.yaml", UNREADABLE),
        ("data/cs/events/2021-06-20-inspect.yaml", UNREADABLE),
        ("data/cs/ug-1/events/2021-06-20-inspect.yaml", "step: inspekt\ndate: 2021-06-20\npeoples: {a: {}}\n"),
        (
            "data/cs/ug-1/events/2021-06-20-inspect.yaml",
            f'step: inspekt\ndate: 2021-06-20\npeople: {{"{RARE}": {{}}}}\n',
        ),
    ],
    ids=["branch", "committee", "unknown key", "unknown step"],
)
def test_an_event_that_could_not_be_read_is_not_printed_as_missing(root: Path, path: str, text: str) -> None:
    write(root, path, text)
    result = dossier(root, RARE)
    assert result.exit_code == 1
    assert f"没有读出，可能涉及此人，没有生成；第一个是 {path}" in result.output
    assert "结果可能不完整" in result.output
    assert not list((root / "build").rglob("*.pdf"))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data/cs/st-1/events/2021-06-20-inspect.yaml", UNREADABLE),
        (
            "data/cs/ug-1/events/2021-06-20-inspect.yaml",
            f'step: inspekt\ndate: 2021-06-20\npeople: {{"{GAPS}": {{}}}}\n',
        ),
    ],
    ids=["another branch", "another person"],
)
def test_an_unreadable_event_of_others_stops_nobody(root: Path, path: str, text: str) -> None:
    write(root, path, text)
    result = dossier(root, RARE)
    assert result.exit_code == 0
    assert f"结果可能不完整：{path}" in result.output
    assert printed(root, RARE).exists()


def test_character_without_a_glyph_fails_that_person_alone(root: Path) -> None:
    path = root / person_file(RARE)
    path.write_text(path.read_text(encoding="utf-8").replace(NAMES[RARE], "张\U0002b740"), encoding="utf-8")
    result = dossier(root, RARE, GAPS)
    assert result.exit_code == 1
    assert f"{RARE}：打印字体里没有这些字" in result.output
    assert "U+2B740" in result.output
    assert not printed(root, RARE).exists()
    assert printed(root, GAPS).exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_may_not_be_written(root: Path) -> None:
    (root / "build").mkdir(mode=0o500)
    result = dossier(root, RARE)
    assert result.exit_code == 2
    assert "无法建立文件夹" in result.output


def test_output_folder_that_is_a_file(root: Path) -> None:
    write(root, "build/print", "")
    result = dossier(root, RARE)
    assert result.exit_code == 2
    assert "无法建立文件夹" in result.output


def test_full_disk_is_said_and_nothing_half_is_left(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = dossier(root, RARE, "--jobs", "1")
    assert result.exit_code == 2
    assert "无法写入" in result.output
    assert "磁盘已满" in result.output
    assert "No space" not in result.output
    assert not [path for path in (root / "build").rglob("*") if path.is_file()]


def test_faulty_form_is_named_with_its_line(root: Path) -> None:
    write(root, "schema/forms/mine.yaml", "id: mine\nmaterials: [M02]\ntitle: 谈话记录\nsections:\n- kind: poem\n")
    result = dossier(root, RARE)
    assert result.exit_code == 2
    assert "schema/forms/mine.yaml 第 5 行" in result.output


def test_moved_person_leaves_no_print_behind(root: Path) -> None:
    assert dossier(root, RARE, GAPS).exit_code == 0
    (root / person_file(RARE)).unlink()
    shutil.rmtree(root / "data/cs/ug-1/events")
    for name in ("2020000001", "2020000002", "2020000004", "2020000005"):
        (root / person_file(name)).unlink()
    assert dossier(root, "--branch", BRANCH).exit_code == 0
    assert not printed(root, RARE).exists()
    assert printed(root, GAPS).exists()
