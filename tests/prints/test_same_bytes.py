"""Same records and same day, same bytes; what does not concern a person changes nothing of the person's print."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.prints.college import MEETING, OTHER, WHOLE, dossier, person_file, printed


@pytest.fixture
def copy(college: Path, tmp_path: Path) -> Path:
    root = tmp_path / "copy"
    shutil.copytree(college, root)
    return root


def replace(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def test_another_process_gives_the_same_bytes(copy: Path) -> None:
    before = printed(copy, WHOLE).read_bytes()
    shutil.rmtree(copy / "build")
    assert dossier(copy, WHOLE, "--jobs", "2").exit_code == 0
    assert printed(copy, WHOLE).read_bytes() == before


def test_second_run_touches_nothing(copy: Path) -> None:
    before = printed(copy, WHOLE).stat()
    result = dossier(copy, WHOLE)
    after = printed(copy, WHOLE).stat()
    assert "未变 1 份" in result.output
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (MEETING, "for: 13, against: 3", "for: 12, against: 4"),
        (MEETING, "note: 会上另谈了家庭情况", "note: 会上另谈了家庭情况和实习"),
        (MEETING, "people:\n", "people:\n\n\n"),
        (person_file(OTHER), "native_place: 山东诸城", "native_place: 山东莒县"),
        (person_file(WHOLE), "\n", "\r\n"),
    ],
)
def test_unrelated_change_changes_no_byte(copy: Path, path: str, old: str, new: str) -> None:
    before = printed(copy, WHOLE).read_bytes()
    replace(copy, path, old, new)
    result = dossier(copy, WHOLE)
    assert "未变 1 份" in result.output
    assert printed(copy, WHOLE).read_bytes() == before


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (MEETING, "for: 16, against: 1", "for: 15, against: 2"),
        (person_file(WHOLE), "native_place: 山东诸城", "native_place: 山东莒县"),
    ],
)
def test_own_change_prints_anew(copy: Path, path: str, old: str, new: str) -> None:
    before = printed(copy, WHOLE).read_bytes()
    replace(copy, path, old, new)
    assert "生成 1 份" in dossier(copy, WHOLE).output
    assert printed(copy, WHOLE).read_bytes() != before


def test_damaged_print_is_made_again(copy: Path) -> None:
    before = printed(copy, WHOLE).read_bytes()
    printed(copy, WHOLE).write_bytes(before[: len(before) // 2])
    assert "生成 1 份" in dossier(copy, WHOLE).output
    assert printed(copy, WHOLE).read_bytes() == before
