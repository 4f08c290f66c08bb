"""Makes up a college: the records of committees, branches and people at any size, from a seed.

`python -m bench.college OUT --people 300 --branches 10 --seed 7 --clean` writes a records tree (the content of `data/`) into an
empty or new folder. `--demo` writes the small college that this repository shows.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bench.college.demo import DEMO_DAY, demo
from bench.college.population import any_size
from bench.college.readme import readme
from bench.college.scans import write_scans
from bench.college.sealed import write_sealed
from bench.college.write import write_college

__all__ = ["any_size", "demo", "main", "write_college"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.college", description="生成一所虚构学院的记录")
    parser.add_argument("out", type=Path, metavar="OUT", help="空文件夹或新文件夹")
    parser.add_argument("--people", type=int, default=300, help="人数（默认 300）")
    parser.add_argument("--branches", type=int, default=0, help="支部数（默认每 40 人一个）")
    parser.add_argument("--seed", type=int, default=1, help="随机种子（默认 1）")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, default=DEMO_DAY, metavar="DATE", help="截至日期（默认 2026-11-20）"
    )
    parser.add_argument("--clean", action="store_true", help="不放入任何差错")
    parser.add_argument("--demo", action="store_true", help="仓库自带的示例学院（不看人数、支部数和种子）")
    options = parser.parse_args(arguments)
    branches = options.branches or max(1, round(options.people / 40))
    if options.people < branches * 10:
        parser.error("每个支部至少要 10 人")
    college = demo() if options.demo else any_size(options.people, branches, options.seed, options.as_of, options.clean)
    try:
        files = write_college(college, options.out)
    except (FileExistsError, NotADirectoryError) as problem:
        print(f"无法写入：{problem}", file=sys.stderr)
        return 2
    if options.demo:
        files += write_scans(college, options.out) + write_sealed(college, options.out)
        (options.out / "README.md").write_text(readme(college), encoding="utf-8", newline="\n")
    print(f"{len(college.people)} 人，{len(college.branches)} 个支部，{files} 个文件 → {options.out}")
    return 0
