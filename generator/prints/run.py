"""A print run: makes what has changed, leaves what has not, and lets no failure of one person stop the others."""

from __future__ import annotations

import errno
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.diagnostics import JishiError
from generator.os_errors import reason
from generator.prints.executors import MakeExecutor, lost_worker
from generator.prints.made_of import key_of
from generator.prints.press import Sheaf, print_pdf
from generator.prints.store import PrintStore

_IN_FLIGHT = 8
"""Sheaves handed out at a time: enough to keep workers busy, few enough to hold in memory."""
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
        self.suspects: deque[_Work] = deque()
        self.executor: Executor | None = None

    def run(self, jobs: Iterable[Job], press: Callable[[Sheaf], bytes]) -> Report:
        try:
            waiting: dict[Future[bytes], _Work] = {}
            for work in self._changed(jobs):
                self._submit(waiting, work, press)
                self._collect(waiting, patient=len(waiting) >= _IN_FLIGHT)
            while waiting:
                self._collect(waiting)
            self._retry(press)
        finally:
            if self.executor is not None:
                self.executor.shutdown(wait=True, cancel_futures=True)
        return self.report

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

    def _submit(self, waiting: dict[Future[bytes], _Work], work: _Work, press: Callable[[Sheaf], bytes]) -> None:
        if self.executor is None:
            self.executor = self.make()
        try:
            waiting[self.executor.submit(press, work.sheaf)] = work
        except BrokenProcessPool:
            self.executor = None
            self._submit(waiting, work, press)

    def _collect(self, waiting: dict[Future[bytes], _Work], patient: bool = True) -> None:
        """Keeps what is finished; with `patient`, waits for something to finish."""
        done, _ = wait(waiting, timeout=None if patient else 0, return_when=FIRST_COMPLETED)
        for future in done:
            work = waiting.pop(future)
            try:
                self._keep(work, future.result())
            except BrokenProcessPool:
                self.executor = None
                self.suspects.append(work)
            except Exception as error:
                self._fail(work.job, error)

    def _retry(self, press: Callable[[Sheaf], bytes]) -> None:
        """A broken pool does not say whom it was printing: each of those that were under way gets a pool of its own."""
        while self.suspects:
            work = self.suspects.popleft()
            executor = self.make()
            try:
                self._keep(work, executor.submit(press, work.sheaf).result())
            except BrokenProcessPool:
                self._fail(work.job, _LostError())
            except Exception as error:
                self._fail(work.job, error)
            finally:
                executor.shutdown(wait=True, cancel_futures=True)

    def _keep(self, work: _Work, pdf: bytes) -> None:
        try:
            path = self.store.put(work.job.group, work.job.name, work.key, pdf, work.job.early)
        except OSError as error:
            if error.errno in _HOPELESS:
                raise UnwritableError(self.store.folder, error) from error
            raise JishiError(
                f"无法写入 {error.filename or work.job.name}：{reason(error)}", "请检查文件权限。"
            ) from error
        self.report.made.append(path)
        self.step(work.job.name)

    def _fail(self, job: Job, error: Exception) -> None:
        if isinstance(error, UnwritableError):
            raise error
        if lost_worker(error):
            error = _LostError()
        if isinstance(error, JishiError):
            self.report.failed.append((job.name, error.message, error.hint))
        else:
            text = " ".join(str(error).split())
            self.report.failed.append(
                (job.name, f"内部错误：{type(error).__name__}：{text}", "请把这一行报告给维护者。")
            )
        self.step(job.name)


class _LostError(JishiError):
    def __init__(self) -> None:
        super().__init__("打印进程中途被终止", "内存不足时请用 --jobs 1 重试。")


class UnwritableError(JishiError):
    """Nothing more can be written: the run stops."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(f"无法写入 {folder}：{reason(error)}", "请检查磁盘空间和文件夹权限。")


def print_jobs(
    jobs: Iterable[Job],
    store: PrintStore,
    make: MakeExecutor,
    step: Callable[[str], Any] = lambda name: None,
    press: Callable[[Sheaf], bytes] = print_pdf,
) -> Report:
    """Prints what has changed. `step` is called with the name of each job when it is dealt with.

    Raises `UnwritableError` when the disk is full or read-only. On any exception what is finished stays, and no part of a file is left.
    """
    return _Run(store, make, step).run(jobs, press)
