"""`jishi seal`: values come from a prompt, a pipe or a file, are checked, and are readable for the recipients alone."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from generator.privacy import blocks
from generator.privacy.armor import look_at
from generator.privacy.blocks import DamagedBlockError, WrongKeyError
from generator.privacy.recipients import read_recipients
from tests.privacy.invented import ADDRESS, MOBILE, NUMBER, OTHER_MOBILE, identity_number
from tests.privacy.sealing import LINES, SEALED, SOMEBODY, Key, allow, files_with, opened, run, seal

ALL = {"identity_number": NUMBER, "mobile": MOBILE, "address": ADDRESS}


def test_values_from_a_pipe_are_sealed_and_nowhere_plain(repository: Path, key: Key) -> None:
    result = seal(repository)
    assert result.exit_code == 0, result.output
    assert "身份证号、手机、住址" in result.output
    assert opened(repository, key).values == ALL
    assert look_at((repository / SEALED).read_bytes()).recipients == 1
    assert files_with(repository, *ALL.values()) == []
    assert run(repository, "check").exit_code == 0


def test_each_of_several_recipients_can_open_it_and_nobody_else(
    repository: Path, key: Key, other_key: Key, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from tests.privacy.sealing import make_key

    allow(repository, key, other_key)
    assert seal(repository).exit_code == 0
    assert opened(repository, key).values == opened(repository, other_key).values == ALL
    stranger = make_key(tmp_path_factory.mktemp("stranger"))
    with pytest.raises(WrongKeyError) as caught:
        opened(repository, stranger)
    assert MOBILE not in str(caught.value)


def test_values_may_come_from_a_file_outside_the_repository(repository: Path, key: Key, tmp_path: Path) -> None:
    file = tmp_path / "values.txt"
    file.write_text(f"﻿# 张某\n手机：{MOBILE}\n\naddress = {ADDRESS}\n", encoding="utf-8")
    result = run(repository, "seal", SOMEBODY, "--from", file)
    assert result.exit_code == 0, result.output
    assert "请删除明文文件" in result.stderr
    assert opened(repository, key).values == {"mobile": MOBILE, "address": ADDRESS}


def test_a_plain_file_inside_the_repository_is_not_read(repository: Path) -> None:
    (repository / "values.txt").write_text(LINES, encoding="utf-8")
    result = run(repository, "seal", SOMEBODY, "--from", repository / "values.txt")
    assert result.exit_code == 2
    assert "明文不能放在仓库里" in result.stderr
    assert not (repository / SEALED).exists()


@pytest.mark.parametrize("word", [f"手机={MOBILE}", f"mobile:{MOBILE}", f"身份证号＝{NUMBER}"])
def test_values_on_the_command_line_are_refused_and_not_repeated(repository: Path, word: str) -> None:
    result = run(repository, "seal", SOMEBODY, word)
    assert result.exit_code == 2
    assert "命令行" in result.stderr
    assert not (repository / SEALED).exists()


def test_only_the_fields_named_are_taken(repository: Path, key: Key) -> None:
    assert run(repository, "seal", SOMEBODY, "手机", input=f"手机={MOBILE}\n").exit_code == 0
    assert opened(repository, key).values == {"mobile": MOBILE}
    assert run(repository, "seal", SOMEBODY, "手机", "--replace", input=f"住址={ADDRESS}\n").exit_code == 2
    assert run(repository, "seal", SOMEBODY, "电话", input="").exit_code == 2


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (f"身份证号={NUMBER[:-1]}\n", "18 位"),
        (f"身份证号={NUMBER[:-1]}{'1' if NUMBER[-1] != '1' else '2'}\n", "校验位"),
        (f"身份证号={identity_number(region='370000')}\n", "省级代码"),
        ("手机=1600000000\n", "11 位手机号"),
        (f"身份证号={identity_number('2001-03-13')}\n", "DEV115"),
        (f"身份证号={identity_number(sex='男')}\n", "DEV115"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_and_not_repeated(repository: Path, lines: str, word: str) -> None:
    result = seal(repository, lines)
    assert result.exit_code == 1
    assert word in result.stderr
    assert lines.strip().partition("=")[2] not in result.output
    assert not (repository / SEALED).exists()


def test_one_wrong_value_keeps_all_out(repository: Path) -> None:
    assert seal(repository, f"手机={MOBILE}\n身份证号=1\n").exit_code == 1
    assert not (repository / SEALED).exists()


def test_a_verified_difference_can_be_sealed(repository: Path, key: Key) -> None:
    number = identity_number("2001-03-13", "男")
    assert seal(repository, f"身份证号={number}\n", "--differs").exit_code == 0
    assert opened(repository, key).values == {"identity_number": number}


def test_what_could_not_be_compared_is_said(tmp_path: Path, key: Key) -> None:
    from tests.commands.college import college

    root = college(tmp_path / "bare", person="name: 林知远\nlog: []\n", as_of="2024-01-10")
    allow(root, key)
    result = seal(root)
    assert result.exit_code == 0, result.output
    assert "出生日期（born）、性别（sex）" in result.stderr


@pytest.mark.parametrize("lines", ["手机\n", "电话=1\n", f"手机={MOBILE}\n手机={MOBILE}\n", "手" * 100_001])
def test_lines_that_cannot_be_read(repository: Path, lines: str) -> None:
    result = seal(repository, lines)
    assert result.exit_code == 2
    assert not (repository / SEALED).exists()


def test_nothing_given_changes_nothing(repository: Path) -> None:
    for lines in ("", "\n# 空\n", "手机=\n"):
        assert "未改动" in seal(repository, lines).output
    assert not (repository / SEALED).exists()


def test_one_value_can_be_changed_with_the_key(repository: Path, key: Key) -> None:
    seal(repository)
    result = seal(repository, f"手机={OTHER_MOBILE}\n", "--identity", key.file)
    assert result.exit_code == 0, result.output
    assert opened(repository, key).values == {**ALL, "mobile": OTHER_MOBILE}
    assert seal(repository, "手机=-\n", "--identity", key.file).exit_code == 0
    assert opened(repository, key).values == {"identity_number": NUMBER, "address": ADDRESS}


def test_the_same_values_leave_the_file_as_it_is(repository: Path, key: Key) -> None:
    seal(repository)
    before = (repository / SEALED).read_bytes()
    assert "没有变化" in seal(repository, LINES, "--identity", key.file).output
    assert (repository / SEALED).read_bytes() == before


def test_the_last_value_removed_removes_the_file(repository: Path, key: Key) -> None:
    seal(repository, f"手机={MOBILE}\n")
    assert seal(repository, "手机=-\n", "--identity", key.file).exit_code == 0
    assert not (repository / SEALED).exists()


def test_without_the_right_key_nothing_is_changed_but_it_can_be_replaced(
    repository: Path, key: Key, other_key: Key
) -> None:
    seal(repository)
    before = (repository / SEALED).read_bytes()
    no_key = seal(repository, f"手机={OTHER_MOBILE}\n")
    wrong_key = seal(repository, f"手机={OTHER_MOBILE}\n", "--identity", other_key.file)
    assert (no_key.exit_code, wrong_key.exit_code) == (2, 2)
    assert "没有密钥" in no_key.stderr
    assert "打不开" in wrong_key.stderr
    assert (repository / SEALED).read_bytes() == before
    assert seal(repository, f"手机={OTHER_MOBILE}\n", "--replace").exit_code == 0
    assert opened(repository, key).values == {"mobile": OTHER_MOBILE}


def test_a_block_of_somebody_else_is_refused(repository: Path, key: Key) -> None:
    """A block copied into another's place would print one person's number in the other's dossier."""
    recipients = read_recipients(repository)
    (repository / SEALED).write_bytes(blocks.seal("2099999999", {"mobile": MOBILE}, recipients))
    with pytest.raises(DamagedBlockError, match="另一个人"):
        opened(repository, key)


def test_a_block_changed_by_one_character_is_refused(repository: Path, key: Key) -> None:
    seal(repository)
    raw = (repository / SEALED).read_bytes()
    lines = raw.splitlines(keepends=True)
    for at in range(1, len(lines) - 1):
        swapped = lines[at][:9] + (b"A" if lines[at][9:10] != b"A" else b"B") + lines[at][10:]
        (repository / SEALED).write_bytes(b"".join([*lines[:at], swapped, *lines[at + 1 :]]))
        with pytest.raises((DamagedBlockError, WrongKeyError)) as caught:
            opened(repository, key)
        assert MOBILE not in str(caught.value)
    assert len(lines) > 6


def test_whatever_was_sealed_looks_sealed(repository: Path) -> None:
    """The stanzas thrown in at random must never look like damage."""
    recipients = read_recipients(repository)
    seen = {look_at(blocks.seal(SOMEBODY, {"mobile": MOBILE}, recipients)) for _ in range(300)}
    assert [(one.state, one.recipients) for one in seen] == [("sealed", 1)]


@pytest.mark.parametrize("text", ["", "# 无\n", "age1qqq\n"])
def test_without_recipients_nothing_is_sealed(repository: Path, text: str) -> None:
    (repository / "data/recipients.txt").write_text(text, encoding="utf-8")
    result = seal(repository)
    assert result.exit_code == 2
    assert "recipients.txt" in result.stderr


def test_nobody_of_this_id(repository: Path) -> None:
    result = seal(repository, person=SOMEBODY[:-1] + "9")
    assert result.exit_code == 2
    assert SOMEBODY in result.stderr


def test_a_full_disk_leaves_what_was_there(repository: Path, key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    seal(repository)
    before = (repository / SEALED).read_bytes()

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = seal(repository, f"手机={OTHER_MOBILE}\n", "--identity", key.file)
    assert result.exit_code == 2
    assert "磁盘已满" in result.stderr
    assert (repository / SEALED).read_bytes() == before
    assert [path for path in (repository / SEALED).parent.iterdir() if path.name.startswith(".")] == []


def test_an_id_that_changed_still_opens(repository: Path, key: Key) -> None:
    from generator.privacy.identities import read_identities

    seal(repository)
    content = blocks.unseal(
        (repository / SEALED).read_bytes(), SEALED, ("2030000001", SOMEBODY), read_identities(key.file)
    )
    assert content.values == ALL
