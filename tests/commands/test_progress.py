"""The bar shows on a terminal and nowhere else."""

from __future__ import annotations

import io
import sys

import pytest

from generator.commands.progress import progress_bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _shown(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", stream)
    with progress_bar("读取记录") as show:
        show(1, 3, "核对")
        show(3, note="2020000001")
    return stream.getvalue()


def test_a_terminal_sees_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _shown(Terminal(), monkeypatch)
    assert "核对" in shown
    assert "3/3" in shown
    assert "2020000001" in shown


def test_a_log_stays_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shown(io.StringIO(), monkeypatch) == ""
