"""A print run: makes what has changed, leaves what has not, and lets no failure of one person stop the others."""

from __future__ import annotations

import errno
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.diagnostics import JishiError
from generator.os_errors import reason, remedy
from generator.prints.endings import ended_in_order
from generator.prints.made_of import key_of
from generator.prints.sheaf import Sheaf, print_sheaf
from generator.prints.store import PrintStore
from generator.prints.work import LostWorkerError, MakeExecutor, PrintExecutor

_IN_FLIGHT = 8
"""Sheaves handed out at a time: enough to keep workers busy, few enough to hold in memory."""
_NAMED = 8
"""So many prints are named one by one in a message."""
_HOPELESS = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO))


@dataclass(frozen=True, slots=True)
class Job:
    """One print to be. `sheaf` is made when its turn comes; it may raise, which fails this job alone.

    `early`: a key known beforehand; a print made under the same one is current and no sheaf is made.
    """

    group: str
    name: str
    sheaf: Callable[[], Sheaf]
    early: str = ""


@dataclass(slots=True)
class Report:
    """What came of a run, in order of completion."""

    made: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    """(name, message, hint)"""
    again: list[str] = field(default_factory=list)
    """Whose print was broken off with its worker, and then made."""


@dataclass(frozen=True, slots=True)
class _Work:
    job: Job
    sheaf: Sheaf
    key: str


class _Run:
    def __init__(self, store: PrintStore, make: MakeExecutor, step: Callable[[str], Any]) -> None:
        self.store = store
        self.make = make
        self.step = step
        self.report = Report()
        self.lost: deque[_Work] = deque()
        self.executor: PrintExecutor | None = None

    def run(self, jobs: Iterable[Job], press: Callable[[Sheaf], bytes]) -> Report:
        try:
            waiting: dict[Future[bytes], _Work] = {}
            for work in self._changed(jobs):
                waiting[self._executor().submit(press, work.sheaf)] = work
                self._collect(waiting, patient=len(waiting) >= _IN_FLIGHT)
            while waiting:
                self._collect(waiting)
            self._dismiss()
            while self.lost:
                self._retry(self.lost.popleft(), press)
        except BaseException as error:
            if self.executor is not None:
                self.executor.shutdown(wait=False, cancel_futures=True)
            if isinstance(error, UnwritableError):
                error.finished(self.report)
            raise
        return self.report

    def _executor(self) -> PrintExecutor:
        if self.executor is None:
            self.executor = self.make()
        return self.executor

    def _dismiss(self) -> None:
        """Lets the workers go, and with them the memory that they have."""
        if self.executor is not None:
            self.executor.shutdown(wait=True)
            self.executor = None

    def _changed(self, jobs: Iterable[Job]) -> Iterator[_Work]:
        for job in jobs:
            if self.store.is_untouched(job.group, job.name, job.early):
                self._leave(job)
                continue
            try:
                sheaf = job.sheaf()
            except Exception as error:
                self._fail(job, error)
                continue
            key = key_of(sheaf)
            if self.store.is_current(job.group, job.name, key):
                with suppress(OSError):
                    self.store.renew(job.group, job.name, job.early)
                self._leave(job)
            else:
                yield _Work(job, sheaf, key)

    def _leave(self, job: Job) -> None:
        self.report.unchanged.append(self.store.path(job.group, job.name))
        self.step(job.name)

    def _collect(self, waiting: dict[Future[bytes], _Work], patient: bool = True) -> None:
        """Keeps what is finished; with `patient`, waits for something to finish."""
        done, _ = wait(waiting, timeout=None if patient else 0, return_when=FIRST_COMPLETED)
        for future in done:
            work = waiting.pop(future)
            try:
                pdf = future.result()
                repeated = self._executor().was_repeated(future)
            except LostWorkerError as error:
                if self._executor().repeats:
                    self._fail(work.job, error)
                else:
                    self.lost.append(work)
            except Exception as error:
                self._fail(work.job, error)
            else:
                self._keep(work, pdf, repeated)

    def _retry(self, work: _Work, press: Callable[[Sheaf], bytes]) -> None:
        """What was broken off is printed alone, after all the rest: most often the memory was too little for several."""
        try:
            pdf = self._executor().submit(press, work.sheaf).result()
        except Exception as error:
            self._fail(work.job, error)
        else:
            self._keep(work, pdf, repeated=True)
        self._dismiss()

    def _keep(self, work: _Work, pdf: bytes, repeated: bool) -> None:
        try:
            path = self.store.put(work.job.group, work.job.name, work.key, pdf, work.job.early)
        except OSError as error:
            where = self.store.path(work.job.group, work.job.name)
            if error.errno in _HOPELESS:
                raise UnwritableError(where, error) from error
            self._fail(work.job, JishiError(f"无法写入 {where}：{reason(error)}", remedy(error)))
            return
        self.report.made.append(path)
        if repeated:
            self.report.again.append(work.job.name)
        self.step(work.job.name)

    def _fail(self, job: Job, error: Exception) -> None:
        if isinstance(error, HopelessError):
            raise error
        if isinstance(error, JishiError):
            self.report.failed.append((job.name, error.message, error.hint))
        else:
            text = " ".join(str(error).split())
            self.report.failed.append(
                (job.name, f"内部错误：{type(error).__name__}：{text}", "请把这一行报告给维护者。")
            )
        self.step(job.name)


class HopelessError(JishiError):
    """What stops one print would stop every other: the run ends."""


class UnwritableError(HopelessError):
    """Nothing more can be written. `path`: the print that it was about."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"无法写入 {path}：{reason(error)}，已停止", remedy(error))

    def finished(self, report: Report) -> None:
        """Adds what had been made before."""
        names = [path.stem for path in report.made]
        said = "、".join(names[:_NAMED]) + (f" 等 {len(names)} 份" if len(names) > _NAMED else "")
        self.message += f"；此前已生成：{said}" if names else "；此前没有生成任何文件"


def print_jobs(
    jobs: Iterable[Job],
    store: PrintStore,
    make: MakeExecutor,
    step: Callable[[str], Any] = lambda name: None,
    press: Callable[[Sheaf], bytes] = print_sheaf,
) -> Report:
    """Prints what has changed. `step` is called with the name of each job when it is dealt with.

    Raises `UnwritableError` when the disk is full or read-only. On any exception what is finished stays, and no part of a file is left.
    """
    with ended_in_order():
        return _Run(store, make, step).run(jobs, press)
