"""Reading records with positions and all strictness, against a bare `yaml.CSafeLoader` loop over the same files.

The rounds of both are interleaved and their medians compared, so that a busy machine slows both. Each file is also asked for the
position of one value, as a file with a finding is.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from generator.records.yaml_source import read_yaml

BENCHMARK = True
TARGET = 1.3
"""Reading with positions may take this many times a bare loader."""
_AT_LEAST = 500

_ENTRY = """\
- step: report
  date: 20{year:02}-03-28
  title: 学习体会第 {n} 篇
  materials: [{{code: M16, kind: original, pages: 4, shows: {{report.date: 20{year:02}-03-28}}}}]
- {{step: inspect, date: 20{year:02}-06-16, by: contacts, person: "2008017", opinion: 学习认真，团结同学, materials: [M15]}}
- step: assign_contacts
  date: 20{year:02}-09-16
  contacts: ["2008017", {{name: 顾行舟, unit: 文学院党委, full_since: 2010-06-12}}]   # 换人
"""


def synthetic(number: int) -> bytes:
    """A person's file of about 3 KB."""
    head = f"name: 虚构人物{number}\nsex: 男\nethnicity: 汉族\nborn: 2003-05-17\ncategory: undergraduate\nlog:\n"
    return (head + "".join(_ENTRY.format(year=10 + n % 15, n=n) for n in range(8 + number % 5))).encode()


def files(root: Path) -> list[bytes]:
    """Every record below `root/data`, topped up with synthetic ones."""
    found = [path.read_bytes() for path in sorted((root / "data").rglob("*.yaml"))]
    return found + [synthetic(number) for number in range(max(_AT_LEAST - len(found), _AT_LEAST // 2))]


def _bare(raws: list[bytes]) -> None:
    for raw in raws:
        yaml.load(raw, yaml.CSafeLoader)


def _strict(raws: list[bytes]) -> None:
    for raw in raws:
        document = read_yaml("data/x.yaml", raw)
        if document.data:
            document.span((next(iter(document.data)),))


def _time(work: Callable[[list[bytes]], None], raws: list[bytes]) -> float:
    gc.collect()
    start = time.perf_counter()
    work(raws)
    return time.perf_counter() - start


def measure(raws: list[bytes], rounds: int) -> tuple[float, float]:
    """Median seconds of the bare loader and of reading with positions."""
    bare, strict = [], []
    for _ in range(rounds):
        bare.append(_time(_bare, raws))
        strict.append(_time(_strict, raws))
    return statistics.median(bare), statistics.median(strict)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench reading", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[1])
    options = parser.parse_args(argv)
    raws = files(options.root)
    size = sum(map(len, raws)) / len(raws)
    bare, strict = measure(raws, options.rounds)
    print(f"{len(raws)} files, {size:.0f} bytes each, {options.rounds} rounds")
    print(f"yaml.CSafeLoader         {bare / len(raws) * 1e3:.3f} ms a file")
    print(f"read_yaml with positions {strict / len(raws) * 1e3:.3f} ms a file")
    print(f"ratio of medians         {strict / bare:.2f} (target ≤ {TARGET})")
    return 0 if strict / bare <= TARGET else 1


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
