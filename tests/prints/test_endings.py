"""However a command that prints is ended, and whichever of its processes: few words, no half file, no process left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.prints.college import AS_OF, BRANCH, make_college

MOMENTS = (0.2, 1.0, None)
"""Seconds after the command has begun to do something; None: when somebody is in the midst of a print."""

BUSY = 30
"""Ticks of 10 ms: less than the first print takes, more than a worker takes to be there."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_college(tmp_path / "college")


def begin(root: Path, verb: str = "dossier") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "generator", verb, "--branch", BRANCH, "--jobs", "2"]
    return subprocess.Popen(
        [*command, "--as-of", AS_OF, "--root", str(root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def group_of(leader: int) -> Iterator[int]:
    """The processes of a group that are no zombies."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            except OSError:
                continue
            if int(group) == leader and state != "Z":
                yield int(entry.name)


def until(true: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def parent_and_time(pid: int) -> tuple[int, int]:
    """The parent, and the time of a processor that was used, in ticks of 10 ms."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0
    return int(fields[1]), int(fields[11]) + int(fields[12])


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def busy_worker(process: subprocess.Popen[str]) -> int | None:
    """A process that prints: made by the server of processes, and at work for some time."""
    group = list(group_of(process.pid))
    servers = [pid for pid in group if b"forkserver" in command_of(pid)]
    server = next((pid for pid in servers if parent_and_time(pid)[0] == process.pid), None)
    workers = [pid for pid in servers if parent_and_time(pid)[0] == server]
    return next((pid for pid in workers if parent_and_time(pid)[1] >= BUSY), None)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
@pytest.mark.parametrize(
    ("verb", "number", "whole_group"),
    [
        ("dossier", signal.SIGINT, True),
        ("dossier", signal.SIGINT, False),
        ("dossier", signal.SIGTERM, True),
        ("bundle", signal.SIGINT, True),
    ],
)
def test_ended_in_order_at_any_moment(root: Path, verb: str, number: signal.Signals, whole_group: bool) -> None:
    ended = 0
    for moment in MOMENTS:
        process = begin(root, verb)
        # The first other process is there: the command has begun to print.
        assert until(lambda: len(list(group_of(process.pid))) > 1 or process.poll() is not None)  # noqa: B023
        if moment is None:
            assert until(lambda: busy_worker(process) is not None or process.poll() is not None)  # noqa: B023
        else:
            time.sleep(moment)
        if whole_group:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        _, said = process.communicate(timeout=120)
        if process.returncode != 0:
            ended += 1
            # Before the command has begun to print, a request to end stops it on the spot, without a word. Interrupted while it defines
            # a dataclass (`exec` of a text), Python ends by the signal itself, which a shell tells as 130 too.
            words = {130: "已中断", -signal.SIGINT: "已中断", 128 + signal.SIGTERM: "已停止", -signal.SIGTERM: ""}
            assert process.returncode in words, said
            assert said.strip() == words[process.returncode], said
        assert until(lambda: not list(group_of(process.pid)))  # noqa: B023
        for path in (path for path in (root / "build").rglob("*") if path.is_file()):
            assert path.suffix in (".pdf", ".json"), path
            assert path.suffix == ".json" or path.read_bytes().rstrip().endswith(b"%%EOF"), path
        for path in root.glob("build/print/*/*.pdf"):
            path.unlink()
    assert ended


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
def test_a_killed_worker_is_told_with_whom_it_printed(root: Path) -> None:
    process = begin(root)
    assert until(lambda: busy_worker(process) is not None)
    victim = busy_worker(process)
    assert victim is not None
    os.kill(victim, signal.SIGKILL)
    said, complaint = process.communicate(timeout=300)
    assert process.returncode == 0
    told = [line for line in complaint.splitlines() if "中途被终止" in line]
    (line,) = told
    assert line.endswith("已重新打印")
    assert (root / "build" / "print" / BRANCH / f"{line.partition('：')[0]}.pdf").is_file()
    assert "失败" not in said
