"""`jishi unseal` shows values on a terminal and nowhere else; interactive `jishi seal` asks for them there."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.privacy.invented import ADDRESS, MOBILE, NUMBER
from tests.privacy.sealing import SEALED, SOMEBODY, Key, opened, seal


def on_terminal(root: Path, *words: str | Path, typed: str = "") -> tuple[int, str]:
    """Runs the command in a terminal of its own: exit code and what stood on the screen."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "generator", *map(str, words), "--root", str(root)]
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, close_fds=True)
    os.close(slave)
    os.write(master, typed.encode())
    shown = b""
    # A terminal that goes quiet for so long waits for more to be typed: nothing will come.
    while select.select([master], [], [], 20)[0]:
        try:
            more = os.read(master, 4096)
        except OSError:  # the other end is closed
            break
        if not more:
            break
        shown += more
    os.close(master)
    process.terminate()
    return process.wait(), shown.decode("utf-8", errors="replace")


def test_values_are_shown_on_the_terminal(repository: Path, key: Key) -> None:
    seal(repository)
    code, shown = on_terminal(repository, "unseal", SOMEBODY, "--identity", key.file)
    assert code == 0, shown
    assert f"身份证号：{NUMBER}" in shown
    assert f"手机：{MOBILE}" in shown
    assert f"住址：{ADDRESS}" in shown
    code, shown = on_terminal(repository, "unseal", SOMEBODY, "手机", "--identity", key.file)
    assert MOBILE in shown
    assert NUMBER not in shown


@pytest.mark.parametrize("where", ["file", "pipe"])
def test_values_go_into_no_file_and_no_pipe(repository: Path, key: Key, where: str) -> None:
    seal(repository)
    command = [sys.executable, "-m", "generator", "unseal", SOMEBODY]
    command += ["--identity", str(key.file), "--root", str(repository)]
    target = repository / "out.txt"
    with target.open("wb") as file:
        done = subprocess.run(
            command, stdout=file if where == "file" else subprocess.PIPE, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert "终端" in done.stderr.decode()
    assert done.stdout in (None, b"")
    assert target.read_bytes() == b""


def test_the_wrong_key_or_none_shows_nothing(repository: Path, other_key: Key) -> None:
    seal(repository)
    code, shown = on_terminal(repository, "unseal", SOMEBODY, "--identity", other_key.file)
    assert code == 2
    assert "打不开" in shown
    code, without = on_terminal(repository, "unseal", SOMEBODY)
    assert code == 2
    assert "没有密钥文件" in without
    assert MOBILE not in shown + without


def test_nothing_sealed(repository: Path, key: Key) -> None:
    code, shown = on_terminal(repository, "unseal", SOMEBODY, "--identity", key.file)
    assert code == 1
    assert "没有密封内容" in shown


def test_values_are_asked_for_one_by_one(repository: Path, key: Key) -> None:
    typed = f"\n123\n{MOBILE}\n{ADDRESS}\n"
    code, shown = on_terminal(repository, "seal", SOMEBODY, typed=typed)
    assert code == 0, shown
    assert re.search("身份证号（.*手机（.*手机：应为 11 位.*手机（.*住址（", shown, re.DOTALL)
    assert opened(repository, key).values == {"mobile": MOBILE, "address": ADDRESS}
    code, shown = on_terminal(repository, "seal", SOMEBODY, "--identity", key.file, typed="\n-\n\n")
    assert code == 0, shown
    assert opened(repository, key).values == {"address": ADDRESS}


def test_giving_up_at_the_prompt_changes_nothing(repository: Path) -> None:
    code, shown = on_terminal(repository, "seal", SOMEBODY, typed="\n\x04")
    assert code == 130, shown
    assert not (repository / SEALED).exists()
