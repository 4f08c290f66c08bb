"""A print run: one failure stops nobody else, nothing is ever half there, and faults of the machine are said plainly."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from generator.atomic import write_atomically
from generator.diagnostics import JishiError
from generator.prints.executors import InPlace, processes
from generator.prints.made_of import key_of
from generator.prints.run import Job, UnwritableError, print_jobs
from generator.prints.sheaf import Sheaf
from generator.prints.store import PrintStore
from tests.prints.college import AS_OF, RARE, dossier, make_college


def sheaf(html: str, **other: Any) -> Sheaf:
    values: dict[str, Any] = {
        "css": "", "slice_name": "1.yaml", "slice_text": "a: b\n", "description": "", "day": date(2024, 1, 10), "fonts": "f",
    }  # fmt: skip
    return Sheaf(html, **{**values, **other})


def job(name: str, html: str = "") -> Job:
    return Job("b", name, lambda: sheaf(html or name))


def press(paper: Sheaf) -> bytes:
    if paper.html == "fail":
        raise JishiError("没有这个字", "核对")
    if paper.html == "crash":
        raise RuntimeError("whatever")
    if paper.html == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    return paper.html.encode()


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and ".made" not in path.parts
    }


@pytest.mark.parametrize("make", [InPlace, processes(2)])
def test_failures_stop_nobody_else(tmp_path: Path, make: Callable[[], Any]) -> None:
    def broken() -> Sheaf:
        raise JishiError("记录有误")

    seen: list[str] = []
    jobs = [job("1"), job("2", "fail"), Job("b", "3", broken), job("4", "crash"), job("5")]
    report = print_jobs(jobs, PrintStore(tmp_path), make, seen.append, press)
    assert files(tmp_path) == {"b/1.pdf", "b/5.pdf"}
    assert {name: message for name, message, _ in report.failed} == {
        "2": "没有这个字",
        "3": "记录有误",
        "4": "内部错误：RuntimeError：whatever",
    }
    assert sorted(seen) == ["1", "2", "3", "4", "5"]


def test_killed_worker_is_named_and_the_rest_finishes(tmp_path: Path) -> None:
    jobs = [job("1"), job("2"), job("3", "killed"), job("4"), job("5"), job("6")]
    report = print_jobs(jobs, PrintStore(tmp_path), processes(2), press=press)
    assert [name for name, _, _ in report.failed] == ["3"]
    assert "终止" in report.failed[0][1]
    assert files(tmp_path) == {f"b/{n}.pdf" for n in (1, 2, 4, 5, 6)}


def press_on_the_second_try(marker: str, paper: Sheaf) -> bytes:
    if paper.html == "once" and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return paper.html.encode()


def test_print_that_was_broken_off_is_made_again_and_told(tmp_path: Path) -> None:
    jobs = [job(str(n), "once" if n == 3 else "") for n in range(1, 9)]
    report = print_jobs(
        jobs, PrintStore(tmp_path), processes(2), press=partial(press_on_the_second_try, str(tmp_path / "tried"))
    )
    assert report.failed == []
    assert report.again == ["3"]
    assert {path.stem for path in report.made} == {str(n) for n in range(1, 9)}


class ForeignError(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def press_with_a_fault_that_cannot_travel(paper: Sheaf) -> bytes:
    raise ForeignError("甲", "乙")


def test_fault_that_cannot_travel_fails_its_own_print_alone(tmp_path: Path) -> None:
    jobs = [job("1"), job("2")]
    report = print_jobs(jobs, PrintStore(tmp_path), processes(2), press=press_with_a_fault_that_cannot_travel)
    assert sorted(name for name, _, _ in report.failed) == ["1", "2"]
    assert all("ForeignError：甲乙" in message for _, message, _ in report.failed)


def test_file_too_big_is_told_with_its_place_and_what_helps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_big(handle: int) -> None:
        raise OSError(errno.EFBIG, "File too large")

    monkeypatch.setattr(os, "fsync", too_big)
    report = print_jobs([job("1"), job("2")], PrintStore(tmp_path), InPlace, press=press)
    assert [name for name, _, _ in report.failed] == ["1", "2"]
    _, message, hint = report.failed[0]
    assert str(tmp_path / "b" / "1.pdf") in message
    assert "文件过大" in message
    assert "ulimit -f" in hint
    assert "权限" not in hint


def test_prints_are_for_their_owner_alone(tmp_path: Path) -> None:
    store = PrintStore(tmp_path / "prints")
    (tmp_path / "prints" / "b").mkdir(parents=True)
    print_jobs([job("1")], store, InPlace, press=press)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "prints").rglob("*")}
    assert modes == {"b": 0o700, ".made": 0o700, "1.pdf": 0o600, "1.json": 0o600}


def test_prints_of_who_has_moved_are_dropped_elsewhere_and_others_kept(tmp_path: Path) -> None:
    store = PrintStore(tmp_path)
    jobs = [Job(group, name, partial(sheaf, name)) for group, name in (("a", "1"), ("a", "2"), ("b", "1"))]
    print_jobs(jobs, store, InPlace, press=press)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "1.pdf").write_bytes(b"mine")
    assert store.drop_elsewhere("b", "1") == (tmp_path / "a" / "1.pdf",)
    assert files(tmp_path) == {"a/2.pdf", "b/1.pdf", "c/1.pdf"}


def test_interrupt_leaves_what_is_finished_and_no_half_file(tmp_path: Path) -> None:
    def interrupted(name: str) -> None:
        if name == "2":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        print_jobs([job(str(n)) for n in range(1, 6)], PrintStore(tmp_path), InPlace, interrupted, press)
    assert files(tmp_path) == {"b/1.pdf", "b/2.pdf"}
    assert (tmp_path / "b" / "2.pdf").read_bytes() == b"2"


def test_full_disk_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = iter(range(99))

    def full(handle: int) -> None:
        if next(synced) >= 4:  # two prints, each with its note
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableError) as caught:
        print_jobs([job(str(n)) for n in range(1, 6)], PrintStore(tmp_path), InPlace, press=press)
    assert f"{tmp_path / 'b' / '3.pdf'}：磁盘已满" in caught.value.message
    assert caught.value.message.endswith("此前已生成：1、2")
    assert files(tmp_path) == {"b/1.pdf", "b/2.pdf"}


def test_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.pdf"
    write_atomically(target, b"old")
    monkeypatch.setattr(Path, "replace", lambda self, other: (_ for _ in ()).throw(PermissionError(13, "denied")))
    with pytest.raises(PermissionError):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert files(tmp_path) == {"a.pdf"}


def test_only_what_changed_is_printed(tmp_path: Path) -> None:
    store = PrintStore(tmp_path)
    print_jobs([job("1"), job("2")], store, InPlace, press=press)
    report = print_jobs([job("1"), job("2", "changed")], store, InPlace, press=press)
    assert [path.name for path in report.unchanged] == ["1.pdf"]
    assert [path.name for path in report.made] == ["2.pdf"]


@pytest.mark.parametrize(
    "other",
    [{"css": "p{}"}, {"slice_text": "a: c\n"}, {"day": date(2024, 1, 11)}, {"fonts": "g"}, {"slice_name": "2.yaml"}],
)
def test_key_follows_everything_a_print_is_made_of(other: dict[str, Any]) -> None:
    assert key_of(sheaf("x", **other)) != key_of(sheaf("x"))
    assert key_of(sheaf("x")) == key_of(sheaf("x"))


def test_prints_of_people_who_left_are_dropped_and_others_kept(tmp_path: Path) -> None:
    store = PrintStore(tmp_path)
    print_jobs([job("1"), job("2")], store, InPlace, press=press)
    (tmp_path / "b" / "by-hand.pdf").write_bytes(b"mine")
    assert [path.name for path in store.drop_others("b", ["1"])] == ["2.pdf"]
    assert files(tmp_path) == {"b/1.pdf", "b/by-hand.pdf"}


def test_a_print_that_somebody_has_changed_is_never_deleted(tmp_path: Path) -> None:
    store, documents = PrintStore(tmp_path), PrintStore(tmp_path, ".docx")
    print_jobs([job("1"), job("2")], store, InPlace, press=press)
    documents.put("b", "1", "", b"letter")
    assert (store.names("b"), documents.names("b")) == (("1", "2"), ("1",))
    (tmp_path / "b" / "2.pdf").write_bytes(b"mine")
    assert store.drop("1") == (tmp_path / "b" / "1.pdf",)
    assert store.drop("2") == ()
    assert files(tmp_path) == {"b/2.pdf", "b/1.docx"}
    assert documents.drop("1") == (tmp_path / "b" / "1.docx",)
    assert files(tmp_path) == {"b/2.pdf"}


def is_gone(group: int) -> bool:
    """Whether no process of a group is left; those that are notice the end of the others in a moment."""
    for _ in range(300):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_interrupted_command_leaves_no_half_file_and_no_process(tmp_path: Path) -> None:
    root = make_college(tmp_path / "college")
    command = [
        sys.executable,
        "-m",
        "generator",
        "dossier",
        "--all",
        "--jobs",
        "2",
        "--as-of",
        AS_OF,
        "--root",
        str(root),
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", start_new_session=True
    )
    group = process.pid
    while process.poll() is None and not list(root.glob("build/print/*/*.pdf")):
        time.sleep(0.02)
    os.killpg(group, signal.SIGINT)
    said, _ = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "Traceback" not in said
    left = [path for path in (root / "build").rglob("*") if path.is_file()]
    assert {path.suffix for path in left} <= {".pdf", ".json"}
    prints = list(root.glob("build/print/*/*.pdf"))
    assert prints
    for path in prints:
        assert path.read_bytes().rstrip().endswith(b"%%EOF")
    assert is_gone(group)


def test_missing_fonts_stop_the_command_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_college(tmp_path / "college")
    monkeypatch.setattr("generator.prints.fonts.font_folders", lambda: iter(()))
    result = dossier(root, RARE)
    assert result.exit_code == 2
    assert "缺少打印用的字体文件" in result.output
    assert "jishi doctor" in result.output
    assert not list((root / "build").rglob("*.pdf"))
