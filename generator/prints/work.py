"""The interface to whoever does the printing: that of `concurrent.futures`, and what becomes of work whose worker is gone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from generator.diagnostics import JishiError


class LostWorkerError(JishiError):
    """The process that did this piece of work is gone."""

    def __init__(self) -> None:
        super().__init__("打印进程中途被终止", "内存不足时请用 --jobs 1 重试。")


class PrintExecutor(Executor):
    """Work whose worker is gone fails with `LostWorkerError`, and no other work does.

    `shutdown(wait=False, cancel_futures=True)` ends what is under way at once.
    """

    repeats = False
    """Whether it gives the work of a lost worker to others itself, and `LostWorkerError` is its last word."""

    def was_repeated(self, future: Future[Any]) -> bool:
        """Whether it has done so with this piece of work. Asked once, when that has succeeded."""
        return False


MakeExecutor = Callable[[], PrintExecutor]
