"""A check of a whole college, against a bare `yaml.CSafeLoader` loop in one process over the same files.

Cold: nothing is kept from earlier runs. Warm: nothing has changed. Edited: one person's file has, the mean for several people. Each is a
process of its own, started anew; so is the bare loop. The college is clean: with --strict, a single finding ends the benchmark.
The cost of a person is compared with that in the college of --small people; that of --college is as large as one college of a university,
where nothing changed should be known at once.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

BENCHMARK = True
COLD, EDITED, FLAT, MEMORY, WARM = 2.0, 0.10, 1.2, 1536, 0.5
"""Targets: cold ÷ bare, edited ÷ cold, cost a person ÷ that in the small college, MiB, seconds when nothing changed in one college."""
EDITS = 5
_DAY = "2026-11-20"
_BARE = """\
import sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    yaml.load(path.read_bytes(), yaml.CSafeLoader)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds; `memory` in MiB, of all processes of the cold check together, shared pages counted once."""

    files: int
    bare: float
    cold: float
    warm: float
    edited: float
    memory: float


def _memory(process: int) -> int:
    """KiB of a process and its children; 0 where the system does not tell."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text(encoding="ascii").split()]
    except OSError:
        return 0
    own = next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return own + sum(_memory(int(child)) for child in children)


def _run(command: list[str], environment: dict[str, str], watched: bool = False) -> tuple[float, float]:
    """Seconds and, if watched, the greatest memory in MiB."""
    start, peak = time.perf_counter(), 0
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    while watched and process.poll() is None:
        asked = time.perf_counter()
        peak = max(peak, _memory(process.pid))
        # Being asked holds a process up, the more so the larger it is.
        time.sleep(max(0.2, 50 * (time.perf_counter() - asked)))
    if process.wait() != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - start, peak / 1024


def measure(people: int, folder: Path) -> Measured:
    """Makes a clean college of that size in `folder` unless it is there, and times every kind of run once."""
    root, cache = folder / str(people), tempfile.TemporaryDirectory(prefix="jishi-bench-")
    data = root / "data"
    if not data.is_dir():
        size = ["--people", str(people), "--branches", str(max(1, people // 50)), "--as-of", _DAY, "--clean"]
        subprocess.run([sys.executable, "-m", "bench", "college", *size, data], check=True, stdout=subprocess.DEVNULL)
    files = sorted(data.rglob("*.yaml"))
    environment = {**os.environ, "XDG_CACHE_HOME": cache.name}
    for name in ("JISHI_CACHE", "JISHI_PROCESSES", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    check = [sys.executable, "-m", "generator", "check", "--strict", "--root", str(root), "--as-of", _DAY]
    with cache:
        # The program is compiled once, as it is by whoever installs it.
        _run([sys.executable, "-m", "generator", "check", "--help"], environment)
        _run(
            [sys.executable, "-c", "import generator.commands.check, generator.audit.register as r; r.all_rules()"],
            environment,
        )
        time.sleep(2)  # files just written are read once more: their times cannot be relied on yet
        first, _ = _run([sys.executable, "-c", _BARE, str(data)], environment)
        cold, memory = _run(check, environment, watched=True)
        second, _ = _run([sys.executable, "-c", _BARE, str(data)], environment)
        warm, _ = _run(check, environment)
        persons = [path for path in files if path.parent.name == "people"]
        edited = [_edited(path, check, environment) for path in persons[len(persons) // 10 :: len(persons) // EDITS]]
    return Measured(len(files), (first + second) / 2, cold, warm, sum(edited) / len(edited), memory)


def _edited(path: Path, check: list[str], environment: dict[str, str]) -> float:
    """Seconds of a check after one person's file has changed; the change before it has been taken back meanwhile."""
    before = path.read_bytes()
    try:
        path.write_bytes(before + b"# edited\n")
        return _run(check, environment)[0]
    finally:
        path.write_bytes(before)
        _run(check, environment)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench check", description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--small", type=int, default=1000, help="also measure this many people and compare; 0: do not")
    parser.add_argument("--college", type=int, default=1500, help="also measure this many people, unchanged; 0: do not")
    parser.add_argument("--folder", type=Path, help="where the colleges are made, and kept for the next time")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="jishi-bench-") as temporary:
        folder = options.folder or Path(temporary)
        small = measure(options.small, folder) if options.small else None
        college = measure(options.college, folder) if options.college else None
        found = measure(options.people, folder)
    print(f"{options.people} people, {found.files} files, {os.cpu_count()} processors")
    print(f"bare yaml.CSafeLoader loop {found.bare:8.2f} s")
    print(f"cold                       {found.cold:8.2f} s")
    print(f"warm, nothing changed      {found.warm:8.2f} s")
    print(f"one file edited            {found.edited:8.2f} s")
    ratios = [("cold ÷ bare", found.cold / found.bare, COLD), ("edited ÷ cold", found.edited / found.cold, EDITED)]
    ratios.append(("peak memory, MiB", found.memory, MEMORY))
    if small is not None:
        ratios.append(("a person ÷ small", found.cold / options.people / (small.cold / options.small), FLAT))
    if college is not None:
        ratios.append((f"warm, {options.college} people, s", college.warm, WARM))
    for name, value, target in ratios:
        print(f"{name:<26} {value:8.2f}   target ≤ {target:g}{'' if value <= target else '   MISSED'}")
    return 0 if all(value <= target for _, value, target in ratios) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
