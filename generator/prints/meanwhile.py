"""Work that another process does while this one does something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from generator.prints.executors import one_aside
from generator.prints.work import LostWorkerError

Result = TypeVar("Result")


@contextmanager
def done_meanwhile(task: Callable[[], Result], workers: int) -> Iterator[Callable[[], Result]]:
    """What is yielded waits for the result and raises what the task has raised. With one worker the task is done before.

    When its process is gone it is done again in this one, so it must stand being begun twice.
    """
    executor = one_aside(workers)()
    done = executor.submit(task)

    def result() -> Result:
        try:
            return done.result()
        except LostWorkerError:
            return task()

    try:
        yield result
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown(wait=True)
