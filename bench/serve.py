"""How long after an edit the preview shows it: a person's record, a text of the definitions, a template, on the demo.

An edit is made, then the page is asked for until it shows it; asking waits for the page, so the figure is what somebody in front of the
browser sees, without the browser's own time. CPU: seconds of the process that draws the page. The whole build behind it goes on meanwhile
and is broken off by the next edit.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

BENCHMARK = True
TARGET = 2.0
_PROJECT = Path(__file__).resolve().parents[1]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench serve", description=__doc__)
    parser.add_argument("--edits", type=int, default=5, help="of each kind")
    parser.add_argument("--rest", type=float, default=3.0, help="seconds between edits")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="jishi-bench-") as folder:
        root = Path(folder) / "demo"
        for name in ("data", "schema", "templates"):
            shutil.copytree(_PROJECT / name, root / name)
        environment = {**os.environ, "XDG_CACHE_HOME": str(Path(folder) / "cache"), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "generator", "serve", "--port", "0", "--root", str(root)]
        process = subprocess.Popen(command, cwd=_PROJECT, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            public, internal = (
                process.stdout.readline().partition("：")[2].partition("（")[0].strip() for _ in range(2)
            )
            return _measure(root, public, internal, process.pid, options.edits, options.rest)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def _measure(root: Path, address: str, internal: str, server: int, edits: int, rest: float) -> int:
    person = min((root / "data").glob("*/*/people/*.yaml"))
    name = next(line for line in person.read_text(encoding="utf-8").splitlines() if line.startswith("name:"))
    checklist = f"{internal}checklists/{person.parents[1].name}/"
    glossary, template = root / "schema" / "glossary.yaml", root / "templates" / "site" / "public" / "about.md.j2"
    procedure = root / "schema" / "procedures" / "development-2014.yaml"
    kinds: list[tuple[str, str, Path, Callable[[str, str], str]]] = [
        ("person", checklist, person, lambda text, mark: text.replace(name, f"name: {mark}")),
        (
            "definition",
            f"{address}glossary/",
            glossary,
            lambda text, mark: text.replace("text: 已", f"text: {mark}已", 1),
        ),
        (
            "procedure",
            f"{address}procedure/application/",
            procedure,
            lambda text, mark: text.replace("title: 党组织派人谈话", f"title: {mark}", 1),
        ),
        ("template", f"{address}about/", template, lambda text, mark: f"{text}\n{mark}\n"),
    ]
    missed = False
    print(f"{'edit':<12} {'seconds':>8} {'worst':>8} {'CPU':>8}   of {edits}")
    for kind, page, path, edit in kinds:
        _read(page)
        before = path.read_text(encoding="utf-8")
        times, used = [], []
        for number in range(edits):
            time.sleep(rest)
            mark = f"试改{'一二三四五六七八九'[number % 9]}号{kind}"
            cpu, start = _cpu(server), time.perf_counter()
            path.write_text(edit(before, mark), encoding="utf-8")
            while mark not in _read(page):
                time.sleep(0.02)
            times.append(time.perf_counter() - start)
            used.append(_cpu(server) - cpu)
        path.write_text(before, encoding="utf-8")
        middle = statistics.median(times)
        missed |= middle > TARGET
        print(f"{kind:<12} {middle:8.2f} {max(times):8.2f} {statistics.median(used):8.2f}", flush=True)
    print(f"target: median ≤ {TARGET:g} s on a machine that does nothing else{'   MISSED' if missed else ''}")
    return int(missed)


def _read(address: str) -> str:
    with urlopen(address, timeout=120) as answer:
        return str(answer.read().decode())


def _cpu(server: int) -> float:
    """Seconds of the process that draws pages; 0 where the system does not tell."""
    try:
        children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
        children += [
            child
            for task in Path(f"/proc/{server}/task").iterdir()
            for child in (task / "children").read_text(encoding="ascii").split()
        ]
        for child in dict.fromkeys(children):
            process = Path(f"/proc/{child}")
            if process.joinpath("cmdline").read_bytes().rstrip(b"\0").endswith(b"\0pages"):
                fields = process.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        pass
    return 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
