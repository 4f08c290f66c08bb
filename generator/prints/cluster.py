"""Printing on a Dask cluster, through the interface that processes have too.

Every machine of the cluster needs the same version of this program, of the libraries that draw, and of the fonts: a print must not
depend on who made it. Start workers with one thread each; a second one would only wait.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from importlib import import_module
from typing import Any
from uuid import uuid4

from generator.diagnostics import JishiError
from generator.prints.made_of import drawn_by
from generator.prints.press import print_pdf
from generator.prints.sheaf import Sheaf
from generator.prints.work import LostWorkerError, MakeExecutor, PrintExecutor

_ADDRESS = re.compile(r"dask://(?P<host>[^/:\s]+|\[[0-9A-Fa-f:]+\]):(?P<port>\d{1,5})")
_PATIENCE = "10s"


class OtherProgramError(JishiError):
    """A machine of the cluster would draw the same page in another way."""

    def __init__(self) -> None:
        super().__init__(
            "集群里的机器与本机的程序或排版库版本不同，没有打印。", "请在每台机器上安装同一版本的 jishi 后重试。"
        )


def cluster(address: str) -> MakeExecutor:
    """A maker of executors on the cluster at `dask://HOST:PORT`.

    Raises `JishiError` for anything else; what it makes does when the cluster cannot be reached or Dask is not installed.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None or int(found["port"]) > 65535:
        raise JishiError(f"“{address}”不是集群地址", "写成 dask://主机:端口，例如 dask://192.0.2.10:8786。")
    return partial(_connect, f"tcp://{found['host']}:{found['port']}", address)


def print_alike(expected: str) -> Callable[[Sheaf], bytes]:
    """What a machine of the cluster is asked to do: print, if it draws as this one does (`expected`)."""
    return partial(_print_alike, expected)


def _print_alike(expected: str, sheaf: Sheaf) -> bytes:
    if drawn_by() != expected:
        raise OtherProgramError
    return print_pdf(sheaf)


def _connect(where: str, address: str) -> PrintExecutor:
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise JishiError("没有安装 Dask，不能用集群打印", 'pip install "jishi[cluster]"') from error
    try:
        client = distributed.Client(where, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise JishiError(f"无法连接集群 {address}", "请检查地址，并确认 dask scheduler 正在运行。") from error
    if not client.scheduler_info(n_workers=1)["workers"]:
        client.close()
        raise JishiError(f"集群 {address} 里没有可用的机器", "请在各台机器上运行 dask worker 后重试。")
    return _Cluster(client)


class _Cluster(PrintExecutor):
    """Dask itself gives the work of a lost worker to others, a few times, without a word: each beginning is therefore logged."""

    repeats = True

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._topics: dict[int, str] = {}

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        topic = f"jishi-{uuid4().hex}"
        future: Future[Any] = Future()
        self._topics[id(future)] = topic
        done: Future[Any] = self._executor.submit(_logged, topic, fn, *args, **kwargs)
        done.add_done_callback(partial(_pass_on, future))
        return future

    def was_repeated(self, future: Future[Any]) -> bool:
        return len(self._client.get_events(self._topics.pop(id(future)))) > 1

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()


def _logged(topic: str, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Runs on the machine of the cluster."""
    import_module("distributed").get_worker().log_event(topic, "begun")
    return fn(*args, **kwargs)


def _pass_on(future: Future[Any], done: Future[Any]) -> None:
    if done.cancelled():
        future.cancel()
        return
    error = done.exception()
    if error is None:
        future.set_result(done.result())
    else:
        # Named, not imported: hardly anybody has Dask.
        lost = type(error).__name__ == "KilledWorker"
        future.set_exception(LostWorkerError() if lost else error)
