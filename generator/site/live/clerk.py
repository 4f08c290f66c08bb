"""Talks with the processes that build: one keeps everything warm and draws single pages, the other builds the whole behind it.

Each is the leader of its own group, so that Ctrl-C at the terminal reaches only the server, which then ends them.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from generator.site.live.desk import Answer
from generator.site.live.findings import Trouble
from generator.site.settings import Audience

_BROKEN_OFF = Trouble("", "生成页面的进程意外结束，已重新开始。", "再保存一次文件即重试。")


class Clerk:
    """The warm process. It is started when it is first needed, and again when it has died."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[str] | None = None

    def ask(self, audience: Audience, url: str, changed: Collection[str]) -> Answer:
        """Blocks until the page is made."""
        try:
            process = self._alive()
            assert process.stdin is not None
            assert process.stdout is not None
            request = {"audience": audience, "url": url, "changed": sorted(changed)}
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            plain = json.loads(process.stdout.readline())
        except (OSError, ValueError):
            self.end()
            return Answer(None, (_BROKEN_OFF,))
        return Answer(plain["html"], _troubles(plain["fault"]), _troubles(plain["findings"]))

    def end(self) -> None:
        if self._process is not None:
            end_group(self._process)

    def _alive(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._process = _start([*self._command, "pages"], subprocess.PIPE)
        return self._process


class WholeBuild:
    """One build of a whole site in a process of its own, which can be broken off at any time."""

    def __init__(self, command: Sequence[str], audience: Audience) -> None:
        self.audience = audience
        self._process = _start([*command, audience], subprocess.DEVNULL)

    def running(self, seconds: float) -> bool:
        """Waits up to so long."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return True
        return False

    def fault(self) -> tuple[Trouble, ...]:
        """After its end: empty when the site is there."""
        assert self._process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            return _troubles(json.loads(self._process.stdout.readline())["fault"])
        return (_BROKEN_OFF,)

    def end(self) -> None:
        end_group(self._process)


def worker_command(module: str, root: Path, as_of: date | None) -> list[str]:
    """How a process that builds is started; the last word, what it is to do, is added for each."""
    return [sys.executable, "-m", module, str(root), as_of.isoformat() if as_of else ""]


def end_group(process: subprocess.Popen[str]) -> None:
    """At once, with everything it started."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _start(command: list[str], stdin: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env=environment,
        start_new_session=True,
    )


def _troubles(plain: list[dict[str, Any]]) -> tuple[Trouble, ...]:
    return tuple(Trouble.read(each) for each in plain)
