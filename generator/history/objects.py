"""Reading git's objects one after the other: what to read next depends on what was read."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from generator.diagnostics import JishiError
from generator.history.git import Repository, git_environment

FOLDER = "40000"
PLAIN = ("100644", "100755", "100664")


class Objects:
    """Objects of a repository by id or by an expression such as `COMMIT:path`; one process reads them all."""

    def __init__(self, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self._stdin = stdin
        self._stdout = stdout

    def read(self, name: str) -> tuple[str, bytes] | None:
        """Id and content; None for what is not there (another path, a partial clone). Raises `JishiError` when git has ended."""
        try:
            self._stdin.write(name.encode("utf-8", errors="surrogateescape") + b"\n")
            self._stdin.flush()
            head = self._stdout.readline().split()
            if len(head) == 3:
                content = self._stdout.read(int(head[2]) + 1)
                return head[0].decode("ascii"), content[:-1]
        except OSError:
            head = []
        if not head:
            raise JishiError("git 没有读完历史就结束了", "运行 git fsck 检查仓库是否损坏。")
        return None

    def folder(self, oid: str) -> Iterator[tuple[str, str, str]]:
        """Mode, name and id of what lies in a folder."""
        found = self.read(oid)
        content = found[1] if found else b""
        size, position = len(oid) // 2, 0
        while position < len(content):
            space = content.index(b" ", position)
            zero = content.index(b"\0", space)
            mode = content[position:space].decode("ascii")
            name = content[space + 1 : zero].decode("utf-8", errors="surrogateescape")
            position = zero + 1 + size
            yield mode, name, content[zero + 1 : position].hex()


@contextmanager
def open_objects(repository: Repository) -> Iterator[Objects]:
    """Raises `JishiError` when git cannot be run."""
    pipe = subprocess.PIPE
    command = ["git", "cat-file", "--batch"]
    with subprocess.Popen(
        command, cwd=repository.root, env=git_environment(), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Objects(process.stdin, process.stdout)
        finally:
            process.stdin.close()
            process.stdout.close()
