"""Running git on the repository that holds the records. Nothing is written, fetched or asked."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

from generator.diagnostics import JishiError

_OF_ANOTHER_COMMAND = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_LITERAL_PATHSPECS")
_PLAIN = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}


@dataclass(frozen=True, slots=True)
class Repository:
    """`prefix` leads from the top of the git repository to the records, with a slash at the end, or is empty."""

    root: Path
    prefix: str
    folder: Path
    """The folder of git itself that all its worktrees share; nothing in it is ever committed."""
    boundary: frozenset[str]
    """Commits of a shallow clone whose parents are not there."""

    @classmethod
    def open(cls, root: Path) -> Repository:
        """Raises JishiError without git, outside a repository, and before the first commit."""
        told = _output(root, "rev-parse", "--show-prefix", "--git-common-dir", "--git-path", "shallow")
        prefix, folder, shallow = told.decode("utf-8", errors="surrogateescape").split("\n")[:3]
        if _run(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").returncode:
            raise JishiError(
                "git 仓库里还没有提交，无从知道记录何时写入", "先提交记录（git add data，git commit）再核对。"
            )
        try:
            boundary = frozenset((root / shallow).read_text(encoding="ascii").split())
        except (OSError, ValueError):
            boundary = frozenset()
        return cls(root, prefix, (root / folder).resolve(), boundary)

    def output(self, *args: str, stdin: bytes = b"") -> bytes:
        """What git prints. Raises JishiError when it fails."""
        return _output(self.root, *args, stdin=stdin)

    def blobs(self, oids: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """Contents in the order asked for, read by one process; None for what is not in the repository (a partial clone)."""
        command = ["git", "cat-file", "--batch", "--buffer"]
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, cwd=self.root, env=git_environment(), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            wanted = list(oids)
            feeder = Thread(target=_feed, args=(process.stdin, wanted), daemon=True)
            feeder.start()
            for oid in wanted:
                yield oid, _next_blob(process.stdout)
            feeder.join()


def _feed(stdin: IO[bytes], oids: list[str]) -> None:
    try:
        with stdin:
            stdin.write("".join(f"{oid}\n" for oid in oids).encode("ascii"))
    except OSError:  # git has ended; the reader sees the end of its output
        return


def _next_blob(stdout: IO[bytes]) -> bytes | None:
    head = stdout.readline().split()
    if not head:
        raise JishiError("git 没有读完历史就结束了", "运行 git fsck 检查仓库是否损坏。")
    if len(head) != 3:  # "<oid> missing"
        return None
    content = stdout.read(int(head[2]) + 1)
    return content[:-1]


def _output(root: Path, *args: str, stdin: bytes = b"") -> bytes:
    done = _run(root, *args, stdin=stdin)
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode("utf-8", errors="replace").strip()
    if "not a git repository" in said:
        raise JishiError(
            f"{root} 不在 git 仓库里，没有历史可查", "核对历史须用 git 管理记录；不加 --history 即可照常核对。"
        )
    if "dubious ownership" in said:
        raise JishiError(
            "git 不信任这个文件夹（所有者是别人）", f"运行 git config --global --add safe.directory {root}"
        )
    raise JishiError("git 读取历史失败", (said.splitlines() or [f"退出码 {done.returncode}"])[0])


def _run(root: Path, *args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *args], cwd=root, env=git_environment(), input=stdin, capture_output=True, check=False
        )
    except FileNotFoundError as error:
        raise JishiError("没有找到 git，无法查看历史", "安装 git；不加 --history 即可照常核对。") from error
    except OSError as error:
        raise JishiError(f"无法运行 git：{error.strerror or error}", "检查 git 是否安装完好。") from error


def git_environment() -> dict[str, str]:
    """Called from a hook, git must still look at the folder it is asked about, not at what the hook was started for."""
    return {key: value for key, value in os.environ.items() if key not in _OF_ANOTHER_COMMAND} | _PLAIN
