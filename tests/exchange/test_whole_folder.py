"""A folder is replaced as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.exchange.whole_folder import whole_folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out" / "b"
    with whole_folder(folder) as draft:
        (draft / "inner").mkdir()
        (draft / "inner" / "a").write_text("old", encoding="utf-8")
    return folder


def test_made_private(target: Path) -> None:
    assert target.stat().st_mode & 0o777 == 0o700
    assert (target / "inner").stat().st_mode & 0o777 == 0o700
    assert (target / "inner" / "a").stat().st_mode & 0o777 == 0o600


def test_replaced_as_a_whole(target: Path) -> None:
    with whole_folder(target) as draft:
        (draft / "b").write_text("new", encoding="utf-8")
        assert (target / "inner" / "a").read_text(encoding="utf-8") == "old"
    assert [path.name for path in target.iterdir()] == ["b"]
    assert [path.name for path in target.parent.iterdir()] == ["b"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, SystemExit])
def test_failure_leaves_the_old_one_and_nothing_else(target: Path, error: type[BaseException]) -> None:
    def interrupted() -> None:
        with whole_folder(target) as draft:
            (draft / "b").write_text("half", encoding="utf-8")
            raise error

    with pytest.raises(error):
        interrupted()
    assert (target / "inner" / "a").read_text(encoding="utf-8") == "old"
    assert [path.name for path in target.parent.iterdir()] == ["b"]


def test_old_one_comes_back_when_the_new_one_cannot_be_moved(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved = Path.rename

    def refuse(self: Path, other: Path) -> Path:
        if ".new-" in self.name:
            raise PermissionError(13, "denied")
        return moved(self, other)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError), whole_folder(target) as draft:
        (draft / "b").write_text("new", encoding="utf-8")
    assert (target / "inner" / "a").read_text(encoding="utf-8") == "old"


def test_run_killed_between_the_two_moves_is_made_good(target: Path) -> None:
    target.rename(target.with_name(".b.old"))
    with pytest.raises(KeyboardInterrupt), whole_folder(target):
        raise KeyboardInterrupt
    assert (target / "inner" / "a").read_text(encoding="utf-8") == "old"


def test_what_a_killed_run_left_is_removed_and_a_running_one_is_not_disturbed(target: Path) -> None:
    left = target.with_name(".b.new-left")
    left.mkdir()
    (left / "name").write_text("x", encoding="utf-8")
    with whole_folder(target) as first:
        assert not left.exists()
        (first / "a").write_text("1", encoding="utf-8")
        with whole_folder(target) as second:
            assert first.exists()
            (second / "a").write_text("2", encoding="utf-8")
    assert (target / "a").read_text(encoding="utf-8") == "1"
