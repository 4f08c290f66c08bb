"""What is printed to go with a bundle: the handover ledger and the labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Event

import yaml

from generator.diagnostics import JishiError
from generator.prints.executors import processes
from generator.prints.page import PrintTemplates
from generator.prints.run import Job, Report, print_jobs
from generator.prints.sheaf import Sheaf
from generator.prints.store import PrintStore
from generator.prints.work import LostWorkerError, PrintExecutor
from generator.views.labels import Labels
from generator.views.ledger import Ledger

LEDGER, LABELS = "ledger", "labels"


@contextmanager
def printed_meanwhile(jobs: Sequence[Job], store: PrintStore, workers: int) -> Iterator[Callable[[], tuple[Path, ...]]]:
    """Prints the sheets in other processes while the caller does something else; one worker prints before.

    What is yielded waits for the files and says where they are; it raises `JishiError` when one could not be printed.
    """
    printing: list[PrintExecutor] = []
    stopped = Event()

    def make() -> PrintExecutor:
        if stopped.is_set():
            raise LostWorkerError
        printing.append(processes(min(workers, len(jobs)))())
        return printing[-1]

    def run() -> Report:
        return print_jobs(jobs, store, make)

    def files(report: Report) -> tuple[Path, ...]:
        for _, message, hint in report.failed:
            raise JishiError(f"台账或标签没有印出：{message}", hint)
        return tuple(store.path(job.group, job.name) for job in jobs)

    if workers <= 1:
        done = files(run())
        yield lambda: done
        return
    with ThreadPoolExecutor(1) as aside:
        future: Future[Report] = aside.submit(run)
        try:
            yield lambda: files(future.result())
        except BaseException:
            stopped.set()
            for executor in printing:
                executor.shutdown(wait=False, cancel_futures=True)
            raise


class BundleSheets:
    """`fonts`: fingerprint of the fonts in use. What a sheet was filled from is attached to it as YAML."""

    def __init__(self, templates: PrintTemplates, fonts: str) -> None:
        self._templates = templates
        self._fonts = fonts

    def jobs(self, bundle: str, ledger: Ledger, labels: Labels) -> tuple[Job, Job]:
        """Ledger and labels of the bundle of this name."""
        return Job(bundle, LEDGER, lambda: self._ledger(ledger)), Job(bundle, LABELS, lambda: self._labels(labels))

    def _ledger(self, ledger: Ledger) -> Sheaf:
        rows = [dict(zip((c.label for c in ledger.columns), row.cells, strict=True)) for row in ledger.rows]
        content = {"as_of": ledger.as_of.isoformat(), "commit": ledger.commit, "rows": rows}
        return self._sheaf(LEDGER, ledger, content, "台账各栏内容")

    def _labels(self, labels: Labels) -> Sheaf:
        content = {
            "spines": [asdict(spine.label) for sheet in labels.spines for spine in sheet],
            "boxes": [asdict(box.label) for sheet in labels.boxes for box in sheet],
        }
        return self._sheaf(LABELS, labels, content, "标签内容")

    def _sheaf(self, name: str, sheet: Ledger | Labels, content: object, description: str) -> Sheaf:
        """`name` is that of the template, of its style, of what the template is given, and of the attachment."""
        return Sheaf(
            html=self._templates.html(f"{name}.html", **{name: sheet}),
            css=self._templates.css(f"{name}.css"),
            slice_name=f"{name}.yaml",
            slice_text=yaml_of(content),
            description=description,
            day=sheet.as_of,
            fonts=self._fonts,
        )


def yaml_of(content: object) -> str:
    """What is attached to a sheet: plain values as YAML."""
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
