"""Worker processes, one to a thread of this process: when one is killed it is known whose work it did, and the others go on.

They talk through pipes alone. The pools of the standard library break as a whole when one worker dies, and keep semaphores, of which
a process that is ended leaves words behind.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any

from generator.prints.endings import endings_ignored
from generator.prints.work import LostWorkerError, PrintExecutor


class Workers(PrintExecutor):
    """Up to `count` processes, each started when there is work for it. `settle_in` is called in each before all else."""

    def __init__(self, count: int, context: Any, settle_in: Callable[[], None]) -> None:
        self._context = context
        self._settle_in = settle_in
        self._threads = ThreadPoolExecutor(count)
        self._own = threading.local()
        self._all: list[_Worker] = []
        self._starting = threading.Lock()
        self._ended = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._threads.submit(self._have_done, (fn, args, kwargs))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if wait:
            self._threads.shutdown(wait=True, cancel_futures=cancel_futures)
        with endings_ignored():
            # One that is just being started is waited for: it would complain of its parent's absence.
            with self._starting:
                self._ended = True
                for worker in self._all:
                    worker.end(at_once=not wait)
            self._threads.shutdown(wait=True, cancel_futures=cancel_futures)
            for worker in self._all:
                worker.process.join()

    def _have_done(self, work: tuple[Any, ...]) -> Any:
        worker = self._worker()
        try:
            succeeded, result = worker.do(work)
        except (OSError, EOFError):
            self._own.worker = None
            worker.end(at_once=True)
            raise LostWorkerError from None
        if succeeded:
            return result
        raise result

    def _worker(self) -> _Worker:
        """The one of this thread."""
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            with self._starting:
                if self._ended:
                    raise LostWorkerError
                try:
                    worker = self._own.worker = _Worker(self._context, self._settle_in)
                except (OSError, EOFError):
                    raise LostWorkerError from None
                self._all.append(worker)
        return worker


class _Worker:
    def __init__(self, context: Any, settle_in: Callable[[], None]) -> None:
        self._pipe, end = context.Pipe()
        with end:
            self.process = context.Process(target=_serve, args=(end, settle_in), daemon=True)
            self.process.start()

    def do(self, work: tuple[Any, ...]) -> tuple[bool, Any]:
        """Raises `OSError` or `EOFError` when the process is gone."""
        packed = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
        self._pipe.send_bytes(packed)
        succeeded, result = pickle.loads(self._pipe.recv_bytes())
        return bool(succeeded), result

    def end(self, at_once: bool) -> None:
        """`at_once`: also in the midst of a print; files are written by the parent alone."""
        if at_once:
            self.process.kill()
        else:
            self._pipe.close()


def _serve(pipe: Connection, settle_in: Callable[[], None]) -> None:
    """The life of a worker: until the other end of the pipe is closed, or its process is gone."""
    settle_in()
    try:
        while True:
            packed = pipe.recv_bytes()
            pipe.send_bytes(_answer(packed))
    except (OSError, EOFError):
        return


def _answer(packed: bytes) -> bytes:
    try:
        fn, args, kwargs = pickle.loads(packed)
        return pickle.dumps((True, fn(*args, **kwargs)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        try:
            answer = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
            pickle.loads(answer)
        except Exception:
            # Not every exception of a library can travel.
            answer = pickle.dumps((False, RuntimeError(f"{type(error).__name__}：{error}")), pickle.HIGHEST_PROTOCOL)
        return answer
