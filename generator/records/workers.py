"""Work shared out among processes that start as copies of this one, so that what has been read need not be sent to them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from generator.diagnostics import JishiError

PROCESSES = "JISHI_PROCESSES"
"""Environment variable: how many processes may work at once; 1 means this one alone."""

Piece = TypeVar("Piece")
Result = TypeVar("Result")

_jobs: dict[int, tuple[Callable[[Any], Any], Sequence[Any]]] = {}


def process_count() -> int:
    """Processes to use: as many as processors this process may run on, unless the environment says otherwise."""
    wanted = os.environ.get(PROCESSES, "")
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= 256:
        return int(wanted)
    if sys.platform != "linux":  # elsewhere a copied process is not safe, and one started anew knows nothing
        return 1
    return len(os.sched_getaffinity(0))


def in_order(work: Callable[[Piece], Result], pieces: Sequence[Piece], processes: int) -> Iterator[Result]:
    """The result of each piece, in the order of the pieces. Whatever `work` raises is raised here.

    Raises JishiError when a process is killed.
    """
    if processes <= 1 or len(pieces) <= 1:
        yield from map(work, pieces)
        return
    job = max(_jobs, default=0) + 1
    _jobs[job] = work, pieces
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(min(processes, len(pieces)), mp_context=context, initializer=_settle_in)
    try:
        yield from pool.map(_one, [job] * len(pieces), range(len(pieces)))
    except BrokenProcessPool:
        hint = f"多半是内存不足，或进程被强行结束。可设环境变量 {PROCESSES}=1 后重新运行。"
        raise JishiError("一个工作进程意外结束，没有得到结果", hint) from None
    except BaseException:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        del _jobs[job]


def _settle_in() -> None:
    # The process that began the work is interrupted too, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()


def _one(job: int, number: int) -> Any:
    work, pieces = _jobs[job]
    return work(pieces[number])
