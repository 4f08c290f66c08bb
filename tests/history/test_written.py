"""When git first saw an entry: in real repositories, with commits on given days."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator.diagnostics import JishiError
from generator.history.cache import cache_path
from generator.history.entries import Noted, noted_in
from generator.history.git import Repository
from generator.history.written import FirstWritten, Written, read_written
from tests.history.git_tree import GitTree

ZHANG = "data/cs/ug-1/people/2021001.yaml"
EVENT = "data/cs/ug-1/events/2022-03-01-oath.yaml"
APPLY = "- {step: apply, date: 2022-01-05}\n"
TALK = "- {step: talk, date: 2022-01-20}\n"
REPORT = "- {step: report, date: 2022-04-01}\n"


def log(*entries: str) -> str:
    return "name: 某人\nlog:\n" + "".join(entries)


def oath(*people: str) -> str:
    return "step: oath\ndate: 2022-03-01\npeople:\n" + "".join(f'  "{one}": {{note: 宣誓}}\n' for one in people)


def first(written: Written, step: str, day: str, *ids: str, n: int = 1) -> FirstWritten:
    found = written.of(ids or ("2021001",), step, date.fromisoformat(day), n)
    assert found is not None, f"{step} {day} is in no commit"
    return found


def day(written: Written, step: str, day: str, *ids: str, n: int = 1) -> str:
    return first(written, step, day, *ids, n=n).commit.day.isoformat()


@pytest.fixture
def tree(tmp_path: Path) -> GitTree:
    return GitTree(tmp_path / "records")


def test_an_entry_keeps_the_day_of_its_first_commit_whatever_is_rewritten_around_it(tree: GitTree) -> None:
    tree.commit("2022-01-06", {ZHANG: log(APPLY)})
    tree.commit("2022-01-21", {ZHANG: log(APPLY, TALK)})
    block = "- step: talk   # 谈话\n  date: '2022-01-20'\n  by: ['2008017']\n"
    tree.commit("2023-01-01", {ZHANG: "# 重新整理\n" + log(REPORT, block, APPLY).replace("\n", "\r\n")})
    written = read_written(tree.root)
    assert day(written, "apply", "2022-01-05") == "2022-01-06"
    assert day(written, "talk", "2022-01-20") == "2022-01-21"
    assert day(written, "report", "2022-04-01") == "2023-01-01"


def test_two_entries_of_one_step_and_day_are_told_apart_by_their_number(tree: GitTree) -> None:
    tree.commit("2022-04-02", {ZHANG: log(REPORT)})
    tree.commit("2022-05-02", {ZHANG: log(REPORT, REPORT)})
    written = read_written(tree.root)
    assert day(written, "report", "2022-04-01", n=1) == "2022-04-02"
    assert day(written, "report", "2022-04-01", n=2) == "2022-05-02"


def test_a_corrected_date_is_written_when_it_is_corrected(tree: GitTree) -> None:
    tree.commit("2022-01-21", {ZHANG: log(APPLY, TALK)})
    tree.commit("2022-09-01", {ZHANG: log(APPLY, TALK.replace("20}", "25}"))})
    found = first(read_written(tree.root), "talk", "2022-01-25")
    assert (found.commit.day, found.instead_of) == (date(2022, 9, 1), "2022-01-20")


def test_a_change_of_branch_keeps_every_day(tree: GitTree) -> None:
    tree.commit("2022-01-06", {ZHANG: log(APPLY)})
    tree.commit(
        "2022-09-01", {ZHANG: None, "data/cs/ug-2/people/2021001.yaml": "# 全新的文件\n\n\n" + log(TALK, APPLY)}
    )
    assert day(read_written(tree.root), "apply", "2022-01-05") == "2022-01-06"


def test_a_file_under_another_id_is_followed_when_git_sees_the_move(tree: GitTree) -> None:
    tree.commit("2022-01-06", {ZHANG: log(APPLY, TALK, REPORT)})
    tree.git("mv", ZHANG, "data/cs/ug-1/people/2025009.yaml")
    tree.commit("2025-09-01", {})
    tree.git("mv", "data/cs/ug-1/people/2025009.yaml", "data/cs/ug-1/people/2025008.yaml")
    tree.commit("2025-10-01", {})
    written = read_written(tree.root)
    assert written.ids_before("2025008") == {"2025009", "2021001"}
    assert day(written, "apply", "2022-01-05", "2025008", *written.ids_before("2025008")) == "2022-01-06"


def test_another_persons_file_in_place_of_a_deleted_one_is_no_move(tree: GitTree) -> None:
    other = log(APPLY, TALK, REPORT.replace("04-01", "06-30")).replace("某人", "另一人")
    tree.commit("2022-01-06", {ZHANG: log(APPLY, TALK, REPORT)})
    tree.commit("2025-09-01", {ZHANG: None, "data/cs/ug-1/people/2025008.yaml": other})
    assert not read_written(tree.root).ids_before("2025008")


def test_deleted_and_added_again_is_not_written_again(tree: GitTree) -> None:
    tree.commit("2022-01-06", {ZHANG: log(APPLY)})
    tree.commit("2022-06-01", {ZHANG: None})
    tree.commit("2023-01-01", {ZHANG: log(APPLY)})
    assert day(read_written(tree.root), "apply", "2022-01-05") == "2022-01-06"


def test_people_of_an_event_each_have_their_own_day(tree: GitTree) -> None:
    tree.commit("2022-03-02", {EVENT: oath("2021001")})
    tree.commit("2022-08-01", {EVENT: oath("2021002", "2021001")})
    written = read_written(tree.root)
    assert day(written, "oath", "2022-03-01", "2021001") == "2022-03-02"
    assert day(written, "oath", "2022-03-01", "2021002") == "2022-08-01"


def test_an_entry_taken_out_of_the_log_into_an_event_keeps_its_day(tree: GitTree) -> None:
    tree.commit("2022-03-02", {ZHANG: log("- {step: oath, date: 2022-03-01}\n")})
    tree.commit("2022-08-01", {ZHANG: log("- {step: oath, date: 2022-07-01}\n"), EVENT: oath("2021001")})
    written = read_written(tree.root)
    assert day(written, "oath", "2022-03-01") == "2022-03-02"
    assert first(written, "oath", "2022-07-01").instead_of is None


def test_an_entry_written_on_a_side_branch_keeps_that_day_through_the_merge(tree: GitTree) -> None:
    tree.commit("2022-01-06", {ZHANG: log(APPLY)})
    tree.git("switch", "-q", "-c", "side")
    tree.commit("2022-01-21", {ZHANG: log(APPLY, TALK)})
    tree.git("switch", "-q", "main")
    tree.commit("2022-03-02", {EVENT: oath("2021001")})
    tree.git("merge", "-q", "side", "-m", "-", day="2022-06-01")
    written = read_written(tree.root)
    assert day(written, "talk", "2022-01-20") == "2022-01-21"
    assert day(written, "oath", "2022-03-01") == "2022-03-02"


def test_an_entry_put_in_while_merging_has_the_day_of_the_merge(tree: GitTree) -> None:
    tree.commit("2022-01-06", {ZHANG: log(APPLY)})
    tree.git("switch", "-q", "-c", "side")
    tree.commit("2022-01-21", {ZHANG: log(APPLY, TALK)})
    tree.git("switch", "-q", "main")
    tree.commit("2022-03-02", {ZHANG: "# 主线\n" + log(APPLY)})
    tree.git("merge", "-q", "--no-commit", "-s", "ours", "side")
    tree.commit("2022-06-01", {ZHANG: "# 合并\n" + log(APPLY, TALK, REPORT)})
    written = read_written(tree.root)
    assert day(written, "report", "2022-04-01") == "2022-06-01"
    assert day(written, "talk", "2022-01-20") == "2022-01-21"


def test_the_authors_day_counts_and_survives_a_rebase(tree: GitTree) -> None:
    tree.commit("2022-01-06", {ZHANG: log(APPLY)}, committed="2024-05-05")
    assert day(read_written(tree.root), "apply", "2022-01-05") == "2022-01-06"


def test_old_encodings_and_names_git_would_quote(tree: GitTree) -> None:
    folder = 'data/计算机 "学院"/events'
    tree.commit("2022-01-06", {ZHANG: log(APPLY).encode("gb18030")})
    tree.commit("2022-03-02", {f"{folder}/宣誓\t1.yaml": oath("2021001").encode("utf-16")})
    tree.commit("2023-01-01", {ZHANG: b"\xef\xbb\xbf" + log(APPLY).encode()})
    written = read_written(tree.root)
    assert day(written, "apply", "2022-01-05") == "2022-01-06"
    assert day(written, "oath", "2022-03-01") == "2022-03-02"


def test_records_below_the_top_of_the_repository(tree: GitTree) -> None:
    tree.commit("2022-01-06", {f"party/{ZHANG}": log(APPLY), "data/cs/ug-1/people/1.yaml": log(TALK)})
    written = read_written(tree.root / "party")
    assert day(written, "apply", "2022-01-05") == "2022-01-06"
    assert {key.step for key in written.first} == {"apply"}


def test_a_shallow_clone_knows_where_it_was_cut(tree: GitTree, tmp_path: Path) -> None:
    tree.commit("2022-01-06", {ZHANG: log(APPLY)})
    tree.commit("2022-01-21", {ZHANG: log(APPLY, TALK)})
    tree.commit("2022-04-02", {ZHANG: log(APPLY, TALK, REPORT)})
    tree.git("clone", "-q", "--depth", "2", f"file://{tree.root}", str(tmp_path / "clone"))
    for _ in range(2):  # what was read of the boundary is not remembered as its own
        cut = read_written(tmp_path / "clone")
        assert cut.shallow
        assert first(cut, "talk", "2022-01-20").commit.boundary
        assert first(cut, "apply", "2022-01-05").commit.boundary
        assert not first(cut, "report", "2022-04-01").commit.boundary
    GitTree(tmp_path / "clone").git("fetch", "-q", "--unshallow")
    whole = read_written(tmp_path / "clone")
    assert not whole.shallow
    assert whole.read == 2  # the one that came to light, and the former boundary
    assert day(whole, "apply", "2022-01-05") == "2022-01-06"
    assert day(whole, "talk", "2022-01-20") == "2022-01-21"


def test_what_was_read_once_is_not_read_again(tree: GitTree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree.commit("2022-01-06", {ZHANG: log(APPLY)})
    tree.commit("2022-01-21", {ZHANG: log(APPLY, TALK)})
    before = read_written(tree.root)
    assert before.read == 2
    contents: list[bytes] = []

    def noted(kind: str, raw: bytes) -> tuple[Noted, ...]:
        contents.append(raw)
        return noted_in(kind, raw)

    monkeypatch.setattr("generator.history.facts.noted_in", noted)
    again = read_written(tree.root)
    assert (again.read, again.first, contents) == (0, before.first, [])
    tree.commit("2022-03-02", {EVENT: oath("2021001")})
    assert read_written(tree.root).read == 1
    assert contents == [oath("2021001").encode()]


def test_after_a_rebase_only_the_new_commits_are_read(tree: GitTree) -> None:
    base = tree.commit("2022-01-06", {ZHANG: log(APPLY)})
    tree.commit("2022-01-21", {ZHANG: log(APPLY, TALK)})
    assert read_written(tree.root).read == 2
    tree.git("reset", "-q", "--hard", base)
    tree.commit("2022-04-02", {ZHANG: log(APPLY, REPORT)})
    written = read_written(tree.root)
    assert written.read == 1
    assert {key.step for key in written.first} == {"apply", "report"}


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b"0" * 64 + b"\n{}", None])
def test_a_damaged_cache_is_ignored_and_replaced(tree: GitTree, damage: bytes | None) -> None:
    tree.commit("2022-01-06", {ZHANG: log(APPLY)})
    sound = read_written(tree.root)
    path = cache_path(Repository.open(tree.root))
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"2022-01-05", b"2022-01-06") if damage is None else damage)
    assert read_written(tree.root) == sound
    assert path.read_bytes() == whole
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert tree.git("status", "--porcelain") == ""


def test_a_cache_that_cannot_be_written_stops_nobody(tree: GitTree) -> None:
    tree.commit("2022-01-06", {ZHANG: log(APPLY)})
    (tree.root / ".git" / "jishi").write_text("in the way")
    assert day(read_written(tree.root), "apply", "2022-01-05") == "2022-01-06"


def test_settings_of_the_user_and_of_a_hook_change_nothing(tree: GitTree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree.commit("2022-01-06", {ZHANG: log(APPLY)})
    for key, value in (
        ("log.showRoot", "false"),
        ("color.ui", "always"),
        ("log.date", "relative"),
        ("diff.renames", "false"),
    ):
        tree.git("config", key, value)
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert day(read_written(tree.root), "apply", "2022-01-05") == "2022-01-06"


def test_without_a_repository_or_a_commit_the_reason_is_given(tree: GitTree, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    with pytest.raises(JishiError, match="不在 git 仓库里"):
        read_written(tmp_path / "plain")
    with pytest.raises(JishiError, match="还没有提交"):
        read_written(tree.root)


def test_without_git_the_reason_is_given(tree: GitTree, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*args: object, **options: object) -> None:
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", absent)
    with pytest.raises(JishiError, match="没有找到 git"):
        read_written(tree.root)
