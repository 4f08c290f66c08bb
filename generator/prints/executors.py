"""Who does the printing. All offer the interface of `concurrent.futures.Executor`, so that a cluster can take their place."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from generator.prints.work import MakeExecutor, PrintExecutor
from generator.prints.workers import Workers

_FORKS = "forkserver" in multiprocessing.get_all_start_methods()


class InPlace(PrintExecutor):
    """Prints in this process: for a single dossier, starting others takes longer than the print."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processes(workers: int) -> MakeExecutor:
    """A maker of executors with so many processes. One worker means this process."""
    if workers <= 1:
        return InPlace

    def make() -> PrintExecutor:
        prepare(workers)
        return Workers(workers, _context(), _settle_in)

    return make


def one_aside(workers: int) -> MakeExecutor:
    """A maker of executors with one process beside this one; with one worker, this process."""
    return (lambda: Workers(1, _context(), _settle_in)) if workers > 1 else InPlace


def prepare(workers: int) -> None:
    """Has what `processes(workers)` needs loaded by another process, while this one does something else."""
    if workers > 1 and _FORKS:
        from multiprocessing import forkserver, resource_tracker

        context = _context()
        # Imported once and inherited by every worker.
        context.set_forkserver_preload(["generator.prints.preloaded"])
        # Started first, since starting it lets signals through again.
        resource_tracker.ensure_running()
        # Ctrl-C is for this process alone: what is blocked here stays so in the other one and in all workers.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> Any:
    return multiprocessing.get_context("forkserver" if _FORKS else "spawn")


def _settle_in() -> None:
    """Prepares a worker process.

    Ctrl-C reaches the whole group of processes; the parent alone decides what becomes of the work. A layout makes a million
    objects that live until it is written: looking for garbage all the while takes a sixth of the time.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
