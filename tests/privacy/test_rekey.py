"""`jishi rekey`: everything is sealed for the new recipients, or nothing is, whenever it is stopped."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.privacy import rewriting
from generator.privacy.blocks import WrongKeyError
from tests.audit.case_files import PERSON
from tests.privacy.invented import MOBILE
from tests.privacy.sealing import SEALED, SOMEBODY, Key, allow, opened, run, seal

OTHERS = ("2020000002", "2020000003")
EVERYBODY = (SOMEBODY, *OTHERS)


def sealed(person: str) -> str:
    return SEALED.replace(SOMEBODY, person)


@pytest.fixture
def full(repository: Path) -> Path:
    """Three people, for each something is sealed."""
    for person in OTHERS:
        (repository / PERSON.replace(SOMEBODY, person)).write_text("name: 甲\nlog: []\n", encoding="utf-8")
    for person in EVERYBODY:
        assert seal(repository, f"手机={MOBILE}\n", person=person).exit_code == 0
    return repository


def state(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / SEALED).parent.glob("*") if path.suffix == ".age"}


def opens(root: Path, key: Key) -> list[bool]:
    found = []
    for person in EVERYBODY:
        try:
            found.append(opened(root, key, sealed(person), person).values == {"mobile": MOBILE})
        except WrongKeyError:
            found.append(False)
    return found


def leftovers(root: Path) -> list[str]:
    return [p.name for p in (root / "data").rglob(".*")]


def test_a_new_recipient_can_open_everything(full: Path, key: Key, other_key: Key) -> None:
    assert opens(full, other_key) == [False] * 3
    allow(full, key, other_key)
    result = run(full, "rekey", "--identity", key.file)
    assert result.exit_code == 0, result.output
    assert "2 个收件人重新加密 3 个" in result.output
    assert opens(full, key) == opens(full, other_key) == [True] * 3
    assert leftovers(full) == []
    assert run(full, "check").exit_code == 0


def test_who_is_taken_off_the_list_can_open_nothing_new(full: Path, key: Key, other_key: Key) -> None:
    allow(full, key, other_key)
    run(full, "rekey", "--identity", key.file)
    allow(full, other_key)
    result = run(full, "rekey", "--identity", other_key.file)
    assert result.exit_code == 0, result.output
    assert "版本历史" in result.stderr
    assert opens(full, key) == [False] * 3
    assert opens(full, other_key) == [True] * 3


def test_unchanged_recipients_change_no_byte(full: Path, key: Key) -> None:
    before = state(full)
    assert "未改动" in run(full, "rekey", "--identity", key.file).output
    assert state(full) == before
    assert run(full, "rekey", "--force", "--identity", key.file).exit_code == 0
    assert set(state(full).values()).isdisjoint(before.values())


def test_nobody_locks_themselves_out(full: Path, key: Key, other_key: Key) -> None:
    before = state(full)
    allow(full, other_key)
    result = run(full, "rekey", "--identity", key.file)
    assert result.exit_code == 2
    assert state(full) == before
    assert run(full, "rekey", "--force", "--identity", key.file).exit_code == 0
    assert opens(full, other_key) == [True] * 3


@pytest.mark.parametrize("trouble", ["wrong key", "damaged", "no person", "swapped", "no key"])
def test_one_that_cannot_be_opened_keeps_all_as_they_are(full: Path, key: Key, other_key: Key, trouble: str) -> None:
    allow(full, key, other_key)
    target = full / sealed(OTHERS[1])
    words: list[str | Path] = ["--identity", key.file]
    if trouble == "wrong key":
        words = ["--identity", other_key.file]
    elif trouble == "no key":
        words = []
    elif trouble == "damaged":
        target.write_bytes(target.read_bytes()[:-60])
    elif trouble == "swapped":
        target.write_bytes((full / SEALED).read_bytes())
    else:
        (full / PERSON.replace(SOMEBODY, OTHERS[1])).unlink()
    before = state(full)
    result = run(full, "rekey", *words)
    assert result.exit_code == 2, result.output
    assert state(full) == before
    assert leftovers(full) == []


@pytest.mark.parametrize("place", range(4))
def test_a_full_disk_changes_nothing(
    full: Path, key: Key, other_key: Key, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    allow(full, key, other_key)
    before = state(full)
    calls = iter(range(100))
    real = os.fsync

    def fill(handle: int) -> None:
        if next(calls) == place:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr("os.fsync", fill)
    result = run(full, "rekey", "--identity", key.file)
    assert result.exit_code == 2
    assert "磁盘已满" in result.stderr
    assert state(full) == before
    assert leftovers(full) == []


def _in_child(do: Callable[[], object]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            do()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _die_at(moment: int, move: int) -> None:
    if move == moment:
        os.kill(os.getpid(), signal.SIGKILL)


def test_killed_anywhere_it_is_all_or_nothing_after_the_next_run(full: Path, key: Key, other_key: Key) -> None:
    """Three drafts, the journal, its place, three in theirs: killed before each of these eight moves, and behind the last."""
    outcomes = []
    for moment in range(9):
        allow(full, key)
        assert run(full, "rekey", "--force", "--identity", key.file).exit_code == 0
        allow(full, key, other_key)
        before = state(full)

        def killed(moment: int = moment) -> None:
            moves = iter(range(100))
            sync, put = os.fsync, Path.replace

            def fsync(handle: int) -> None:
                _die_at(moment, next(moves))
                sync(handle)

            def replace(self: Path, target: Path) -> Path:
                _die_at(moment, next(moves))
                return put(self, target)

            os.fsync = fsync  # type: ignore[assignment]
            Path.replace = replace  # type: ignore[method-assign,assignment]
            run(full, "rekey", "--identity", key.file)

        code = _in_child(killed)
        assert code == (0 if moment == 8 else -signal.SIGKILL)
        assert opens(full, key) == [True] * 3, "each file is whole, the old one or the new one"
        with rewriting.sole_writer(full / "data"):
            pass
        assert leftovers(full) == []
        assert opens(full, key) == [True] * 3
        outcome = opens(full, other_key)
        assert outcome in ([True] * 3, [False] * 3)
        assert (state(full) == before) == (outcome == [False] * 3)
        outcomes.append(all(outcome))
    # The journal is in its place with the fifth move.
    assert outcomes == [False] * 5 + [True] * 4


def test_two_at_once_do_not_get_in_each_others_way(full: Path, key: Key, other_key: Key) -> None:
    allow(full, key, other_key)
    with rewriting.sole_writer(full / "data"):
        result = run(full, "rekey", "--identity", key.file)
        assert result.exit_code == 2
        assert "正在进行" in result.stderr
        assert seal(full, f"手机={MOBILE}\n", "--replace").exit_code == 2
    assert run(full, "rekey", "--identity", key.file).exit_code == 0


def test_a_foreign_journal_moves_nothing_else(full: Path) -> None:
    victim = full / "data" / "cs" / "committee.yaml"
    before = victim.read_bytes()
    victim.with_name(".resealing-committee.yaml").write_text("x", encoding="utf-8")
    (full / "data" / rewriting.JOURNAL).write_text(
        '["cs/committee.yaml", "cs/ug-1/people/../../committee.yaml"]', encoding="utf-8"
    )
    with rewriting.sole_writer(full / "data"):
        pass
    assert victim.read_bytes() == before
