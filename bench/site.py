"""The handbook of a university, and its internal site, against a bare `mkdocs build` of the same pages with the same settings.

Cold: no page is built yet. The blank forms are there, which are printed once for all builds, and before the internal site the
findings, from a check. Bare: MkDocs alone on the pages that the cold run left, into another folder. Unchanged: the same command
once more. Each is a process of its own. Ratios are of processor seconds, children's included, since those depend least on what
else the machine does; that of the clock stands beside them. Cost and size of the page of a branch are compared with those in the
university of --small branches; what a university of two costs is taken off first, since other pages are as many in every one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

BENCHMARK = True
COLD, UNCHANGED, FLAT, SIZE, INDEX = 1.3, 0.3, 1.3, 1.1, 3 * 1024
"""Targets, at most: cold ÷ bare; unchanged ÷ cold; cost and size of a page ÷ those in the small university; KiB of search index."""
PEOPLE = 50
"""Of one branch."""
_OF_BRANCHES = ("manuals", "checklists")
LEAST = 2
"""Branches of the university that stands for what any costs."""
_DAY = "2026-11-20"
_AUDIENCES = ["public", "internal"]


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, seconds of processor, MiB of the greatest process."""

    clock: float
    processor: float
    memory: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One site of one university. `rewritten`: pages of Markdown that the unchanged run wrote; `size` (of the pages of
    branches together), `largest`, `index` in KiB."""

    pages: int
    cold: Spent
    bare: Spent
    unchanged: Spent
    rewritten: int
    branch_pages: int
    size: float
    largest: float
    index: float

    def page_cost(self, least: Measured) -> float:
        """Seconds of processor for each page of a branch beyond those of the least university."""
        return (self.cold.processor - least.cold.processor) / (self.branch_pages - least.branch_pages)

    @property
    def page_size(self) -> float:
        """Of the pages of branches alone: more branches leave the other pages as many, and those are smaller."""
        return self.size / self.branch_pages


def make_university(root: Path, branches: int) -> None:
    """Records in `root/data`, with flaws as people make them, unless they are there."""
    if not (root / "data" / "organisation.yaml").is_file():
        size = ["--people", str(branches * PEOPLE), "--branches", str(branches), "--as-of", _DAY]
        command = [sys.executable, "-m", "bench", "college", *size, str(root / "data")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def measure(root: Path, audience: str, environment: dict[str, str]) -> Measured:
    """Builds one site of the records in `root` from nothing, once more, and with MkDocs alone."""
    internal = audience == "internal"
    build, site = root / "build" / audience, root / "build" / "internal" / "site" if internal else root / "site"
    same = ["--as-of", _DAY, "--root", str(root)]
    command = [sys.executable, "-m", "generator", "site", *(["--internal"] if internal else []), *same]
    for old in (build, site):
        shutil.rmtree(old, ignore_errors=True)
    cold = _run(command, root, environment)
    written = _times(build / "docs")
    unchanged = _run(command, root, environment)
    rewritten = sum(written.get(path) != when for path, when in _times(build / "docs").items())
    with tempfile.TemporaryDirectory(prefix="jishi-bench-") as other:
        config = ["--config-file", str(build / "mkdocs.yml"), "--site-dir", other]
        bare = _run([sys.executable, "-m", "mkdocs", "build", "--strict", *config], root, environment)
    sizes = {path: path.stat().st_size / 1024 for path in site.rglob("*.html")}
    branches = [size for path, size in sizes.items() if path.relative_to(site).parts[0] in _OF_BRANCHES]
    index = (site / "search" / "search_index.json").stat().st_size / 1024
    return Measured(
        len(written), cold, bare, unchanged, rewritten, len(branches), sum(branches), max(sizes.values()), index
    )


def _times(docs: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in docs.rglob("*.md")}


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> Spent:
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}\n{said.read()[-2000:]}")
    return Spent(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def environment_in(cache: Path) -> dict[str, str]:
    """What is kept between runs lies in `cache`; the fonts stay where they are."""
    from generator.prints.fonts import FOLDERS_VARIABLE, fandol_folder

    project = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join([project, *filter(None, [os.environ.get("PYTHONPATH")])])
    own = {"XDG_CACHE_HOME": str(cache), FOLDERS_VARIABLE: str(fandol_folder()), "PYTHONPATH": path, "PYTHONUTF8": "1"}
    environment = {**os.environ, **own, "NO_MKDOCS_2_WARNING": "1"}
    for name in ("JISHI_CACHE", "JISHI_PROCESSES", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    return environment


def _university(folder: Path, branches: int, audiences: list[str]) -> dict[str, Measured]:
    root, cache = folder / str(branches), folder / f"cache-{branches}"
    make_university(root, branches)
    environment = environment_in(cache)
    first = next((root / "data").glob("*/*/branch.yaml")).parent.name
    same = ["--as-of", _DAY, "--root", str(root)]
    _run([sys.executable, "-m", "generator", "site", "--branch", first, *same], root, environment)
    found = {}
    for audience in audiences:
        if audience == "internal":
            check = [sys.executable, "-m", "generator", "check", "--format", "json", *same]
            subprocess.run(check, env=environment, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found[audience] = measure(root, audience, environment)
        _tell(f"{branches} branches, {audience}", found[audience])
    return found


def _tell(title: str, found: Measured) -> None:
    print(
        f"{title}: {found.pages} pages, {found.page_size:.0f} KiB a page of a branch, the largest {found.largest:.0f}",
        flush=True,
    )
    for name in ("cold", "unchanged", "bare"):
        spent: Spent = getattr(found, name)
        print(
            f"  {name:<12} {spent.processor:8.1f} s of processor {spent.clock:8.1f} s {spent.memory:8.0f} MiB",
            flush=True,
        )
    print(f"  cold ÷ bare by the clock {found.cold.clock / found.bare.clock:.2f}", flush=True)


def _ratios(audience: str, found: Measured, small: tuple[Measured, Measured] | None) -> list[tuple[str, float, float]]:
    ratios = [
        ("cold ÷ bare", found.cold.processor / found.bare.processor, COLD),
        ("unchanged ÷ cold", found.unchanged.processor / found.cold.processor, UNCHANGED),
        ("pages rewritten, unchanged", found.rewritten, 0),
    ]
    if small is not None:
        other, least = small
        cost = found.page_cost(least) / other.page_cost(least)
        ratios.append(("seconds a page of a branch ÷ small", cost, FLAT))
        ratios.append(("size, page of a branch ÷ small", found.page_size / other.page_size, SIZE))
    if audience == "public":
        ratios.append(("search index, KiB", found.index, INDEX))
    return [(f"{audience}: {name}", value, target) for name, value, target in ratios]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench site", description=__doc__)
    parser.add_argument("--branches", type=int, default=400)
    parser.add_argument("--small", type=int, default=50, help="also measure this many branches and compare; 0: do not")
    parser.add_argument("--only", choices=_AUDIENCES, help="one of the two sites")
    parser.add_argument("--folder", type=Path, help="where the records are made, and kept for the next time")
    options = parser.parse_args(argv)
    audiences = [options.only] if options.only else _AUDIENCES
    with tempfile.TemporaryDirectory(prefix="jishi-bench-") as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        least = _university(folder, LEAST, audiences) if options.small else {}
        small = _university(folder, options.small, audiences) if options.small else {}
        found = _university(folder, options.branches, audiences)
    missed = False
    for audience in audiences:
        for name, value, target in _ratios(
            audience, found[audience], (small[audience], least[audience]) if small else None
        ):
            missed |= value > target
            print(f"{name:<38} {value:8.2f}   target ≤ {target:g}{'' if value <= target else '   MISSED'}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
