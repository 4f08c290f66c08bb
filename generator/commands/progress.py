"""A bar on a terminal for what takes long; elsewhere nothing, so that logs stay clean."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Show(Protocol):
    """Called with how much is done, of how much, what is being done, and a word on the present piece: an id, never a name."""

    def __call__(self, done: int, total: int | None = None, what: str | None = None, note: str = "") -> None: ...


@contextmanager
def progress_bar(what: str, total: int | None = None) -> Iterator[Show]:
    """A bar with the time left; `total` None: not known yet."""
    if not sys.stderr.isatty():
        yield lambda done, total=None, what=None, note="": None
        return
    # Imported here: without a terminal nobody waits for rich to load.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total, note="")

        def show(done: int, total: int | None = None, what: str | None = None, note: str = "") -> None:
            bar.update(task, completed=done, total=total, description=what, note=note)

        yield show
