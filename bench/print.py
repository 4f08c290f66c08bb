"""Dossiers of a branch, against a loop of `HTML(…).write_pdf()` in one process over the same pages.

The loop is what anybody would write first: the page and the stylesheet as text, default options, so neither PDF/A nor tags nor an
attachment. It is run in two halves, before and after ours. Cold: nothing is kept, all dossiers. Then: nothing changed; one record
edited; a bundle from what is printed. Each is a process of its own; of those that take a second or two the middle of three
is told. Dossiers are those of the people of a made-up college of whom most is recorded, and forty inspections more.
"""

from __future__ import annotations

import argparse
import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.prints.sheaf import Sheaf

BENCHMARK = True
COLD, UNCHANGED, BUNDLE = 2.0, 0.02, 0.05
"""Targets: loop ÷ cold, at least; unchanged ÷ cold and bundle ÷ cold, at most."""
MEMORY, PAGE, PAGES = 600, 30.0, 16
"""Targets: MiB a worker and KB (1000 bytes) a page, at most; pages of a dossier, at least."""
_DAY = "2026-11-20"
_REGISTER = re.compile(r"(?:, |\n *)materials: \[(?:M15|\{code: M15[^]]*)\]")
"""The register of inspections is printed only while its original is not on record."""
_TIMES = 3
_FIRST, _MORE = 200, 40
"""Days after the first entry, and how many entries more."""
_LOOP = """\
import pickle, sys
from weasyprint import CSS, HTML
for name, html, css in pickle.load(open(sys.argv[1], "rb"))[int(sys.argv[3])::2]:
    HTML(string=html).write_pdf(f"{sys.argv[2]}/{name}.pdf", stylesheets=[CSS(string=css)], **eval(sys.argv[4]))
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, seconds of processor, MiB of the greatest process."""

    clock: float
    processor: float
    memory: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.clock + other.clock, self.processor + other.processor, max(self.memory, other.memory))


def _look(process: int, seen: dict[int, tuple[float, int]]) -> None:
    """Notes of the process and of all below it the seconds of processor and the most KiB held, while they are there."""
    place = Path(f"/proc/{process}")
    try:
        status = (place / "status").read_text(encoding="ascii", errors="replace")
        ticks = (place / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        children = [child for task in (place / "task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return
    held = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)
    seen[process] = ((int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK"), held)
    for child in children:
        _look(int(child), seen)


def _run(command: list[str], environment: dict[str, str]) -> Spent:
    seen: dict[int, tuple[float, int]] = {}
    ended = Event()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=subprocess.STDOUT)
        looking = Thread(target=_look_on, args=(process.pid, seen, ended))
        looking.start()
        try:
            process.wait()
            clock = time.perf_counter() - start
        finally:
            ended.set()
            looking.join()
        if process.returncode != 0:
            said.seek(0)
            raise SystemExit(f"{' '.join(command[:6])} … ended with {process.returncode}\n{said.read()[-2000:]}")
    return Spent(clock, sum(used for used, _ in seen.values()), max(held for _, held in seen.values()) / 1024)


def _look_on(process: int, seen: dict[int, tuple[float, int]], ended: Event) -> None:
    _look(process, seen)
    while not ended.wait(0.1):
        _look(process, seen)


def make_college(data: Path, people: int) -> list[str]:
    """A clean college three times as large; the ids of those `people` of whom most is recorded."""
    size = ["--people", str(max(3 * people, 20)), "--branches", str(max(1, people // 20)), "--as-of", _DAY, "--clean"]
    subprocess.run([sys.executable, "-m", "bench", "college", *size, data], check=True, stdout=subprocess.DEVNULL)
    ids = {path.stem for path in data.glob("*/*/people/*.yaml")}
    told: Counter[str] = Counter()
    for path in data.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.parent.name == "people":
            told[path.stem] += text.count("step:")
        elif path.parent.name == "events":
            told.update(id for id in ids if f'"{id}":' in text)
        path.write_text(_REGISTER.sub("", text), encoding="utf-8")
    chosen = sorted(sorted(ids), key=lambda id: -told[id])[:people]
    for id in chosen:
        _lengthen(next(data.glob(f"*/*/people/{id}.yaml")))
    return chosen


def _lengthen(path: Path) -> None:
    """Forty inspections more, with an opinion of some lines each: a dossier of 16 and more pages."""
    text = path.read_text(encoding="utf-8")
    head, mark, log = text.partition("\nlog:\n")
    began = date.fromisoformat(min(re.findall(r"date: (\d{4}-\d\d-\d\d)", log), default=_DAY))
    days = [began + timedelta(days=_FIRST + 7 * number) for number in range(_MORE)]
    opinion = "学习认真，能按时参加党课和志愿服务，与同学相处融洽，对存在的不足有认识，" * 2
    more = [
        f"- {{step: inspect, date: {day}, by: contacts, opinion: {opinion}第{n}次}}\n" for n, day in enumerate(days)
    ]
    path.write_text(head + mark + "".join(more) + log, encoding="utf-8")


def write_pages(root: Path, ids: list[str], target: Path) -> None:
    """The pages of all dossiers, as the loop is given them: name, HTML, stylesheet."""
    from generator.audit.audit import run_audit
    from generator.commands.dossier_jobs import DossierJobs

    audit = run_audit(root, date.fromisoformat(_DAY))
    people = [audit.corpus.people[id] for id in ids]
    sheaves = [(job.name, job.sheaf()) for job in DossierJobs(audit, root).both(people)]
    target.write_bytes(pickle.dumps([(name, *_with_pictures(sheaf)) for name, sheaf in sheaves]))


def _with_pictures(sheaf: Sheaf) -> tuple[str, str]:
    """HTML and stylesheet with the pictures, which come beside a page, written into them."""
    html, css = sheaf.html, sheaf.css
    for url, content in sheaf.pictures:
        inside = f"data:image/png;base64,{b64encode(content).decode()}"
        html, css = html.replace(url, inside), css.replace(url, inside)
    return html, css


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench print", description=__doc__)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=None, help="worker processes; as many as processors by default")
    parser.add_argument("--alike", action="store_true", help="the loop writes tagged PDF/A-3a, too")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="jishi-bench-") as temporary:
        return _measure(Path(temporary), options)


def _environment(cache: Path) -> dict[str, str]:
    from generator.prints.fonts import FOLDERS_VARIABLE, activate_fonts, fandol_folder

    # The fonts stay where they are while everything else that is kept is new.
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), FOLDERS_VARIABLE: str(fandol_folder())}
    for name in ("JISHI_CACHE", "JISHI_PROCESSES"):
        environment.pop(name, None)
    os.environ.update(environment)
    environment["FONTCONFIG_FILE"] = str(activate_fonts().config)
    return environment


def _measure(folder: Path, options: argparse.Namespace) -> int:
    root, pages, out = folder / "college", folder / "pages", folder / "loop"
    ids = make_college(root / "data", options.people)
    environment = _environment(folder / "cache")
    write_pages(root, ids, pages)
    out.mkdir()
    jobs = [] if options.jobs is None else ["--jobs", str(options.jobs)]
    same = ["--as-of", _DAY, "--root", str(root)]
    ours = [sys.executable, "-m", "generator", "dossier", *ids, *jobs, *same]
    kind = {"pdf_variant": "pdf/a-3a"} if options.alike else {}
    halves = [[sys.executable, "-c", _LOOP, str(pages), str(out), half, repr(kind)] for half in "01"]
    # The program is compiled and the fonts are listed once, as they are on any machine in use.
    _run([*ours[:4], ids[0], *same], environment)
    for kept in (
        root / "build",
        *(path for path in (folder / "cache" / "jishi").iterdir() if path.name != "fontconfig"),
    ):
        shutil.rmtree(kept)
    loop = _run(halves[0], environment)
    cold = _run(ours, environment)
    loop += _run(halves[1], environment)
    prints = sorted(path for path in (root / "build" / "print").rglob("*.pdf") if path.stem in ids)
    before = {path: path.stat().st_ino for path in prints}
    unchanged = _middle([_run(ours, environment) for _ in range(_TIMES)])
    record = next(root.glob(f"data/*/*/people/{ids[len(ids) // 2]}.yaml"))
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("native_place: ", "native_place: 改", 1), encoding="utf-8")
    edited = _run(ours, environment)
    anew = [path for path in prints if path.stat().st_ino != before[path]]
    record.write_text(text, encoding="utf-8")
    _run(ours, environment)
    bundle = _middle([_bundle(root, ids, same, environment) for _ in range(_TIMES)])
    return _tell(options, loop, cold, unchanged, edited, bundle, prints, [path.stem for path in anew], record.stem)


def _middle(spent: list[Spent]) -> Spent:
    return sorted(spent, key=lambda each: each.clock)[len(spent) // 2]


def _bundle(root: Path, ids: list[str], same: list[str], environment: dict[str, str]) -> Spent:
    """The first: no ledger and no labels are kept."""
    shutil.rmtree(root / "build" / "bundles", ignore_errors=True)
    return _run([sys.executable, "-m", "generator", "bundle", *ids, *same], environment)


def _tell(
    options: argparse.Namespace,
    loop: Spent,
    cold: Spent,
    unchanged: Spent,
    edited: Spent,
    bundle: Spent,
    prints: list[Path],
    anew: list[str],
    expected: str,
) -> int:
    from pikepdf import Pdf

    counts = []
    for path in prints:
        with Pdf.open(path) as pdf:
            counts.append(len(pdf.pages))
    size = sum(path.stat().st_size for path in prints) / 1000
    what = "tagged PDF/A-3a" if options.alike else "default options"
    print(f"{len(prints)} dossiers, {sum(counts)} pages ({min(counts)}–{max(counts)}), {os.cpu_count()} processors")
    for name, spent in (
        (f"loop, {what}", loop),
        ("cold", cold),
        ("unchanged", unchanged),
        ("one record edited", edited),
        ("bundle from prints", bundle),
    ):
        print(f"{name:<24} {spent.clock:8.2f} s by the clock, {spent.processor:8.2f} s of processor")
    checks = [
        ("loop ÷ cold", loop.clock / cold.clock, COLD, True),
        ("unchanged ÷ cold", unchanged.clock / cold.clock, UNCHANGED, False),
        ("bundle ÷ cold", bundle.clock / cold.clock, BUNDLE, False),
        ("MiB a process", cold.memory, MEMORY, False),
        ("KB (1000 B) a page", size / sum(counts), PAGE, False),
        ("pages of the shortest", float(min(counts)), PAGES, True),
    ]
    print(f"loop ÷ cold, processor   {loop.processor / cold.processor:8.3f}   (one process ÷ all of ours)")
    good = True
    for name, value, target, least in checks:
        met = value >= target if least else value <= target
        good &= met
        print(f"{name:<24} {value:8.3f}   target {'≥' if least else '≤'} {target:g}{'' if met else '   MISSED'}")
    alone = anew == [expected]
    print(f"printed again after edit {len(anew):8}   target = 1{'' if alone else '   MISSED'}")
    return 0 if good and alone and len(prints) == options.people else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
