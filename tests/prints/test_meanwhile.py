"""Work of another process: its result and its error reach who waits, and nothing of it outlives who no longer does."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from generator.diagnostics import JishiError
from generator.prints.meanwhile import done_meanwhile


def touch(path: Path) -> int:
    path.touch()
    return os.getpid()


def fail(path: Path) -> int:
    raise JishiError(f"{path.name} 不行", "换一个")


def lose(path: Path, parent: int) -> int:
    """Ends the process that does it, but for the one that asked."""
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    path.touch()
    return 7


def wait(path: Path) -> int:
    path.touch()
    time.sleep(3600)
    return 0


@pytest.mark.parametrize(("workers", "elsewhere"), [(1, False), (2, True)])
def test_the_result_comes_from_elsewhere(tmp_path: Path, workers: int, elsewhere: bool) -> None:
    with done_meanwhile(partial(touch, tmp_path / "a"), workers) as done:
        assert (done() != os.getpid()) is elsewhere
    assert (tmp_path / "a").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_is_raised_where_it_is_waited_for(tmp_path: Path, workers: int) -> None:
    with pytest.raises(JishiError, match="a 不行"), done_meanwhile(partial(fail, tmp_path / "a"), workers) as done:
        done()


def test_what_a_killed_process_did_is_done_again_here(tmp_path: Path) -> None:
    with done_meanwhile(partial(lose, tmp_path / "a", os.getpid()), 2) as done:
        assert done() == 7
    assert (tmp_path / "a").exists()


def test_who_gives_up_waits_for_nothing(tmp_path: Path) -> None:
    """It would not end for an hour."""
    began = tmp_path / "began"

    def give_up() -> None:
        with done_meanwhile(partial(wait, began), 2):
            while not began.exists():
                time.sleep(0.01)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        give_up()
