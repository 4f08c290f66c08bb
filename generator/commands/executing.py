"""`--executor`: who prints."""

from __future__ import annotations

from collections.abc import Callable

import click

from generator.prints.executors import processes
from generator.prints.sheaf import Sheaf, print_sheaf
from generator.prints.work import MakeExecutor

executor_option = click.option(
    "--executor",
    "executor",
    metavar="集群",
    default=None,
    help="在 Dask 集群上打印：dask://主机:端口；默认用本机的进程。",
)


def executor_of(address: str | None, workers: int) -> tuple[MakeExecutor, Callable[[Sheaf], bytes]]:
    """What makes executors, and what these are asked to do with a sheaf. Raises `JishiError` for a faulty address."""
    if address is None:
        return processes(workers), print_sheaf
    from generator.prints.cluster import cluster, print_alike
    from generator.prints.made_of import drawn_by

    return cluster(address), print_alike(drawn_by())
