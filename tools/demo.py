"""Runs the real commands on the demonstration records, one after another, and lists what they made.

Stops at the first command that fails, with its exit code.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AS_OF = ["--as-of", "2026-11-20"]
BRANCH = "cs-ug1"


@dataclass(frozen=True, slots=True)
class Act:
    """One command of the demonstration; `product` is the folder it fills, relative to the repository."""

    title: str
    arguments: tuple[str, ...]
    product: str = ""


ACTS = (
    Act("核对记录", ("check", *AS_OF)),
    Act("公开网站：操作手册", ("site", *AS_OF), "site"),
    Act("内部网站：手册、清单、进度", ("site", "--internal", *AS_OF), "build/internal/site"),
    Act(f"支部 {BRANCH} 的发展党员档案", ("dossier", "--branch", BRANCH, *AS_OF), f"build/print/{BRANCH}"),
)


def run(act: Act) -> float:
    """Seconds taken; leaves the programme with the command's own exit code when it fails."""
    print(f"\n── {act.title}：jishi {' '.join(act.arguments)}", flush=True)
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "generator", *act.arguments], cwd=ROOT, check=False)
    if done.returncode:
        print(f"\n演示在“{act.title}”处停止，退出码 {done.returncode}。", file=sys.stderr)
        sys.exit(done.returncode)
    return time.perf_counter() - started


def files(folder: Path) -> list[Path]:
    """Everything that lies in `folder`, but for the file that keeps git out of it."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".gitignore"]


def pages(pdf: Path) -> int:
    """Pages of a PDF whose objects lie in compressed object streams, as in those that we write."""
    streams = re.findall(rb"/ObjStm\b.*?stream\r?\n(.*?)endstream", pdf.read_bytes(), re.DOTALL)
    return sum(len(re.findall(rb"/Type\s*/Page\b", zlib.decompress(stream))) for stream in streams)


def size(found: list[Path]) -> str:
    return f"{sum(path.stat().st_size for path in found) / 1e6:.1f} MB"


def describe(act: Act, seconds: float) -> Iterator[str]:
    yield f"{act.title}（{seconds:.1f} 秒）"
    if not act.product:
        return
    found = files(ROOT / act.product)
    pdfs = [path for path in found if path.suffix == ".pdf"]
    if pdfs:
        yield f"    {act.product}/  {len(pdfs)} 份 PDF，共 {sum(map(pages, pdfs))} 页，{size(pdfs)}"
        yield f"    例：{pdfs[0].relative_to(ROOT)}"
    else:
        html = sum(path.suffix == ".html" for path in found)
        yield f"    {act.product}/index.html  {html} 个网页，{len(found)} 个文件，{size(found)}"


def main() -> None:
    taken = [(act, run(act)) for act in ACTS]
    print("\n══ 已生成")
    for act, seconds in taken:
        for line in describe(act, seconds):
            print(line)
    print(f"共用 {sum(seconds for _, seconds in taken):.1f} 秒。")


if __name__ == "__main__":
    main()
