"""No process of a run that was given a key may leave its memory on the disk."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.commands.identity import vault_with
from generator.prints.executors import _FORKS
from generator.prints.fonts import FOLDERS_VARIABLE, fandol_folder
from tests.audit.case_files import PERSON
from tests.privacy.invented import MOBILE
from tests.privacy.sealing import SOMEBODY, Key, seal

OTHERS = tuple(str(int(SOMEBODY) + more) for more in (1, 2, 3))
PROC = Path("/proc")


def unlimited() -> None:
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


def descendants(top: int) -> set[int]:
    parents: dict[int, int] = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {top}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {top}


def soft_limit(pid: int) -> str | None:
    """Of core files, for a process that prints or starts those that do; None for any other, or when it is gone."""
    try:
        if b"multiprocessing.forkserver" not in (PROC / str(pid) / "cmdline").read_bytes():
            return None
        lines = (PROC / str(pid) / "limits").read_text().splitlines()
    except OSError:
        return None
    return next((line.split()[4] for line in lines if line.startswith("Max core file size")), None)


@pytest.mark.skipif(not PROC.is_dir() or not _FORKS, reason="needs /proc and a fork server")
@pytest.mark.skipif(resource.getrlimit(resource.RLIMIT_CORE)[1] == 0, reason="core files are forbidden here")
def test_no_worker_of_a_run_with_a_key_may_write_a_core_file(repository: Path, key: Key, tmp_path: Path) -> None:
    text = (repository / PERSON).read_text(encoding="utf-8")
    for id in OTHERS:
        (repository / PERSON).with_stem(id).write_text(text, encoding="utf-8")
    for id in (SOMEBODY, OTHERS[0]):
        assert seal(repository, f"手机={MOBILE}\n", person=id).exit_code == 0
    jishi = "from generator.cli import main; main()"
    words = ["dossier", SOMEBODY, *OTHERS, "--jobs", "2", "--as-of", "2024-01-10", "--identity", str(key.file)]
    clean = {**os.environ, FOLDERS_VARIABLE: str(fandol_folder()), "XDG_CACHE_HOME": str(tmp_path / "kept")}
    process = subprocess.Popen(
        [sys.executable, "-c", jishi, *words, "--root", str(repository)],
        env=clean,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=unlimited,
    )
    limits: dict[int, str] = {}
    while process.poll() is None:
        for pid in descendants(process.pid):
            if (limit := soft_limit(pid)) is not None:
                limits[pid] = limit
        time.sleep(0.2)
    assert process.returncode == 0, process.stderr.read().decode() if process.stderr else ""
    assert len(list((repository / "build" / "sealed").rglob("*.pdf"))) == 2
    assert len(limits) > 2
    assert set(limits.values()) == {"0"}


def test_only_a_key_forbids_core_files(repository: Path, key: Key) -> None:
    before = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
        vault_with(repository, None)
        assert resource.getrlimit(resource.RLIMIT_CORE)[0] == before[1]
        vault_with(repository, key.file)
        assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)
