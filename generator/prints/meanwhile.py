"""Work that other processes do while this one does something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TypeVar

from generator.prints.executors import processes
from generator.prints.work import LostWorkerError

Result = TypeVar("Result")


@contextmanager
def done_meanwhile(tasks: Sequence[Callable[[], Result]], workers: int) -> Iterator[Callable[[], list[Result]]]:
    """What is yielded waits for the results and raises what a task has raised. With one worker the tasks are done before.

    A task whose process is gone is done again in this one, so it must stand being begun twice.
    """
    executor = processes(min(workers, max(len(tasks), 2)))()
    done = [executor.submit(task) for task in tasks]

    def result(future: Future[Result], task: Callable[[], Result]) -> Result:
        try:
            return future.result()
        except LostWorkerError:
            return task()

    try:
        yield lambda: [result(future, task) for future, task in zip(done, tasks, strict=True)]
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown(wait=True)
