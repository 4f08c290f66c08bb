"""`jishi doctor` says what is missing or slow, and the command that mends it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.commands.checkup import printing, result, system
from generator.commands.checkup.printing import LIBRARIES, SUBSETTER, Library
from generator.commands.checkup.result import State
from generator.prints import fonts


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", os.environ.get("FONTCONFIG_FILE", ""))


def run(*arguments: str) -> tuple[int, str]:
    outcome = CliRunner().invoke(main, ["doctor", *arguments])
    return outcome.exit_code, outcome.output


def test_a_ready_machine_is_fine() -> None:
    code, output = run()
    assert code == 0, output
    assert "一切正常" in output
    for wanted in (*LIBRARIES, SUBSETTER):
        assert wanted.package in output
    for face in fonts.FACES:
        assert face.file in output or not face.required
    assert "PDF 试印  成功" in output


def test_the_missing_subsetter_is_slow_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "loads", lambda wanted: wanted != SUBSETTER)
    code, output = run()
    assert code == 1
    assert "△ libharfbuzz-subset0" in output
    assert "37 倍" in output
    assert "apt-get install -y --no-install-recommends libharfbuzz-subset0" in output
    assert "缺少 0 项，会慢 1 项" in output


@pytest.mark.parametrize("absent", LIBRARIES, ids=lambda library: library.package)
def test_a_missing_library_is_named_with_its_package(absent: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "loads", lambda wanted: wanted != absent)
    found = printing.library(absent)
    assert found.state is State.MISSING
    assert found.remedy.endswith(f"--no-install-recommends {absent.package}")


def test_a_library_is_really_looked_for() -> None:
    assert printing.loads(LIBRARIES[0])
    assert not printing.loads(Library("libno-such-thing.so.0", "none"))


def test_missing_fonts_stop_the_trial_page_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv(fonts.FOLDERS_VARIABLE, raising=False)
    monkeypatch.setattr(fonts, "SYSTEM_FOLDERS", ())
    code, output = run()
    required = [face for face in fonts.FACES if face.required]
    assert code == 1
    assert f"缺少 {len(required) + 1} 项" in output
    assert "jishi doctor --install-fonts" in output
    assert "fonts-noto-cjk" in output
    assert "✗ PDF 试印  没有成功" in output
    assert "Traceback" not in output


def test_a_slow_trial_page_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "SLOW_PAGE", -1.0)
    assert printing.trial_page().state is State.SLOW


def test_fonts_that_are_there_are_not_fetched_again() -> None:
    assert run("--install-fonts") == (0, "字体已在，无需提取。\n")


def test_an_old_python_is_refused() -> None:
    assert system.python_version((3, 10, 9)).state is State.MISSING
    assert system.python_version((3, 11, 0)).state is State.FINE


def test_a_missing_package_is_said() -> None:
    found = system.python_package("no-such-package-of-ours")
    assert found.state is State.MISSING
    assert "pip install no-such-package-of-ours" in found.remedy


def test_missing_git_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert system.git().state is State.FINE
    monkeypatch.setenv("PATH", str(tmp_path))
    assert system.git().state is State.MISSING


def test_the_calendar_tells_its_last_year() -> None:
    known = system.work_calendar(date(2026, 11, 20))
    assert known.state is State.FINE
    assert "2026 年底" in known.detail
    beyond = system.work_calendar(date(2099, 1, 1))
    assert beyond.state is State.MISSING
    assert "暂定" in beyond.detail


@pytest.mark.parametrize(("user", "command"), [(0, "apt-get install"), (1000, "sudo apt-get install")])
def test_the_command_suits_the_user(user: int, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert result.apt_install("git").startswith(command)
