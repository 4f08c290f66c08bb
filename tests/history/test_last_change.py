"""The last commit that touched each record file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.history.commits import commits_of
from generator.history.git import Repository
from generator.history.last_change import last_changes
from tests.history.git_tree import GitTree

ONE, TWO, NEW = "data/cs/ug-1/people/1.yaml", "data/cs/ug-1/people/二.yaml", "data/cs/ug-1/people/3.yaml"


def test_each_file_has_the_day_and_author_of_its_last_change(tmp_path: Path) -> None:
    tree = GitTree(tmp_path)
    first = tree.commit("2022-01-06", {ONE: "a\n", TWO: "a\n"})
    tree.git(
        "-c", "user.name=x", "commit", "-q", "--allow-empty", "-m", "-", "--author=王 组织员 <w@x>", day="2022-02-02"
    )
    second = tree.commit("2022-03-07", {TWO: "b\n", "README.md": "x\n"}, committed="2023-01-01")
    tree.write({NEW: "a\n"})
    found = last_changes(Repository.open(tmp_path), [ONE, TWO, NEW])
    assert {path: (change.day, change.commit) for path, change in found.items()} == {
        ONE: (date(2022, 1, 6), first),
        TWO: (date(2022, 3, 7), second),
    }
    assert {change.author for change in found.values()} == {"nobody"}
    assert [commit.author for commit in commits_of(Repository.open(tmp_path))] == ["nobody", "王 组织员", "nobody"]


def test_records_below_the_top_of_the_repository_are_found(tmp_path: Path) -> None:
    tree = GitTree(tmp_path)
    tree.commit("2022-01-06", {f"records/{ONE}": "a\n", ONE: "a\n"})
    tree.commit("2022-05-05", {ONE: "b\n"})
    found = last_changes(Repository.open(tmp_path / "records"), [ONE])
    assert found[ONE].day == date(2022, 1, 6)


def test_nothing_asked_is_nothing_found(tmp_path: Path) -> None:
    GitTree(tmp_path).commit("2022-01-06", {ONE: "a\n"})
    assert last_changes(Repository.open(tmp_path), []) == {}
