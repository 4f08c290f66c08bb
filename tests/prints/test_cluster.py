"""Printing on a Dask cluster: the same interface, the same bytes, and faults said as plainly as with processes."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from generator.diagnostics import JishiError
from generator.prints.cluster import OtherProgramError, cluster, print_alike
from generator.prints.made_of import drawn_by
from generator.prints.run import Job, print_jobs
from generator.prints.store import PrintStore
from tests.prints.college import RARE, dossier, printed, review_sheet
from tests.prints.test_bundle import bundle
from tests.prints.test_run import files, job, sheaf

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'jishi[cluster]'")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Two workers of one thread each; one that dies is not tried on the other."""
    import dask

    settings = {"distributed.scheduler.allowed-failures": 0, "distributed.worker.daemon": True}
    with (
        dask.config.set(settings),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, memory_limit=0
        ) as local,
    ):
        yield local.scheduler_address.replace("tcp://", "dask://")


def press(paper: Any) -> bytes:
    if paper.html == "fail":
        raise JishiError("没有这个字", "核对")
    if paper.html == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    return bytes(paper.html.encode())


def test_prints_as_processes_do(college: Path, address: str, tmp_path: Path) -> None:
    before = printed(college, RARE).read_bytes()
    root = tmp_path / "copy"
    shutil.copytree(college, root, ignore=shutil.ignore_patterns("build"))
    result = dossier(root, RARE, "--executor", address)
    assert result.exit_code == 0, result.output
    assert printed(root, RARE).read_bytes() == before


def test_bundle_prints_on_a_cluster_too(college: Path, address: str, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in (printed(college, RARE), review_sheet(college, RARE))}
    root = Path(shutil.copytree(college, tmp_path / "copy", ignore=shutil.ignore_patterns("build")))
    result = bundle(root, RARE, "--executor", address)
    assert result.exit_code == 0, result.output
    assert "移交 1 册（新印 1 册）" in result.output
    assert {path: (root / path.relative_to(college)).read_bytes() for path in before} == before


def test_failure_and_killed_worker_stop_nobody_else(address: str, tmp_path: Path) -> None:
    jobs: list[Job] = [job("1"), job("2", "fail"), job("3", "killed"), job("4")]
    report = print_jobs(jobs[:2], PrintStore(tmp_path), cluster(address), press=press)
    assert [(name, message) for name, message, _ in report.failed] == [("2", "没有这个字")]
    report = print_jobs(jobs[2:3], PrintStore(tmp_path), cluster(address), press=press)
    assert [name for name, _, _ in report.failed] == ["3"]
    assert "终止" in report.failed[0][1]
    report = print_jobs(jobs[3:], PrintStore(tmp_path), cluster(address), press=press)
    assert not report.failed
    assert files(tmp_path) == {"b/1.pdf", "b/4.pdf"}


def press_on_the_second_try(marker: str, paper: Any) -> bytes:
    if paper.html == "once" and not Path(marker).exists():
        Path(marker).touch()
        # What has been logged is sent in a moment.
        time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGKILL)
    return bytes(paper.html.encode())


def test_print_broken_off_and_made_by_another_machine_is_told(address: str, tmp_path: Path) -> None:
    def allow(failures: int) -> None:
        address_ = address.replace("dask://", "tcp://")
        with distributed.Client(address_, set_as_default=False) as client:
            client.run_on_scheduler(_allow_failures, failures)

    allow(3)
    try:
        jobs, press = [job("1"), job("2", "once")], partial(press_on_the_second_try, str(tmp_path / "tried"))
        report = print_jobs(jobs, PrintStore(tmp_path), cluster(address), press=press)
    finally:
        allow(0)
    assert report.failed == []
    assert report.again == ["2"]
    assert {"b/1.pdf", "b/2.pdf"} <= files(tmp_path)


def _allow_failures(failures: int, dask_scheduler: Any) -> None:
    dask_scheduler.allowed_failures = failures


def test_machine_that_draws_otherwise_does_not_print() -> None:
    assert drawn_by()
    with pytest.raises(OtherProgramError):
        print_alike("another version")(sheaf("x"))


@pytest.mark.parametrize("address", ["dask://", "dask://host", "tcp://host:8786", "dask://host:99999", "ray://host:1"])
@pytest.mark.parametrize("command", [dossier, bundle])
def test_faulty_address_is_refused_before_anything_is_made(
    college: Path, command: Callable[..., Result], address: str
) -> None:
    result = command(college, RARE, "--executor", address)
    assert result.exit_code == 2
    assert "不是集群地址" in result.output


def test_cluster_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.prints.cluster._PATIENCE", "1s")
    with pytest.raises(JishiError, match="无法连接集群"):
        print_jobs([job("1")], PrintStore(tmp_path), cluster("dask://127.0.0.1:9"), press=press)
