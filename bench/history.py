"""Asking git when entries were written (`check --history`), against a plain `git log --raw` over the same history.

First with nothing known, then once more, then after one more commit. The contents of the changed files are read in the first run only.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator.history.written import Written, read_written

BENCHMARK = True
TARGET_AGAIN = 2.0
"""A second run may take this many times a plain `git log --raw`."""
_BEGAN = date(2020, 1, 1)
_ENTRIES = 12


def stream(commits: int, people: int) -> Iterator[bytes]:
    """Input of `git fast-import`: one person more or one entry more in each commit, one commit a day."""
    logs: dict[int, list[str]] = {}
    for number in range(commits):
        person = (number * 7919) % people
        day = _BEGAN + timedelta(days=number % 20000)
        log = logs.setdefault(person, [])
        log.append(f"- {{step: report, date: {day.isoformat()}, title: 学习体会第 {number} 篇, materials: [M16]}}\n")
        text = f"name: 虚构人物{person}\nsex: 男\ncategory: undergraduate\nlog:\n{''.join(log[-_ENTRIES:])}".encode()
        moment = int(time.mktime(day.timetuple()))
        path = f"data/cs/ug-{person % 20}/people/{2021000000 + person}.yaml"
        yield f"commit refs/heads/main\ncommitter nobody <> {moment} +0800\ndata 1\n-\nM 100644 inline {path}\ndata {len(text)}\n".encode()
        yield text + b"\n"


def build(root: Path, commits: int, people: int) -> None:
    _git(root, "init", "-q", "-b", "main")
    _git(root, "fast-import", "--quiet", stdin=b"".join(stream(commits, people)))
    _git(root, "commit-graph", "write")


def one_more(root: Path) -> None:
    _git(root, "reset", "-q", "--hard")
    path = next((root / "data").rglob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "- {step: talk, date: 2024-01-01}\n", encoding="utf-8")
    _git(root, "-c", "user.name=nobody", "-c", "user.email=", "commit", "-q", "-a", "-m", "-")


def _git(root: Path, *args: str, stdin: bytes = b"") -> None:
    subprocess.run(["git", *args], cwd=root, input=stdin, stdout=subprocess.DEVNULL, check=True)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _plain(root: Path) -> None:
    _git(root, "log", "--reverse", "--raw", "-M", "--no-abbrev", "-z")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench history", description=__doc__)
    parser.add_argument("--commits", type=int, default=5000)
    parser.add_argument("--people", type=int, default=1500)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        build(root, options.commits, options.people)
        _plain(root)  # so that both find the repository in memory
        plain, _ = _timed(lambda: _plain(root))
        rows: list[tuple[str, float, Written]] = []
        for label in ("first run", "second run", "one commit more"):
            if label == "one commit more":
                one_more(root)
            rows.append((label, *_timed(lambda: read_written(root))))
    print(f"{options.commits} commits, {options.people} people")
    print(f"git log --raw    {plain:.2f} s")
    for label, seconds, written in rows:
        print(f"{label:<16} {seconds:.2f} s, {written.read} commits read, {seconds / plain:.2f} times git log --raw")
    found = [written.read for _, _, written in rows] == [options.commits, 0, 1]
    again = rows[1][1] / plain
    print(f"second run       ratio {again:.2f} (target ≤ {TARGET_AGAIN})")
    return 0 if found and again <= TARGET_AGAIN else 1


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
