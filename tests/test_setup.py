"""`make demo` and `make test` prepare a machine, or say exactly what an administrator has to type."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tools import demo

ROOT = Path(__file__).resolve().parent.parent
PRINTING = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-cwtex-fs fonts-dejavu-core"
TESTING = "chromium poppler-utils qpdf"


def bare_machine(folder: Path, user: int) -> dict[str, str]:
    """A copy of the set-up script, on a machine without any Debian package of ours, where apt only notes what it is told."""
    (folder / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "setup.sh", folder / "tools")
    commands = {
        "dpkg-query": "exit 1",
        "id": f"echo {user}",
        "sudo": "exit 1",
        "apt-get": f'echo "$@" >>"{folder}/apt.log"; [ "$1" = update ]',
        # A Python without venv, as Debian has it before python3-venv is installed.
        "python3": "exit 1",
    }
    (folder / "bin").mkdir()
    for name, body in commands.items():
        script = folder / "bin" / name
        script.write_text(f"#!/bin/sh\n{body}\n")
        script.chmod(0o755)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHON"}
    return {**environment, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}


def set_up(goal: str, folder: Path, user: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(folder / "tools" / "setup.sh"), goal],
        env=bare_machine(folder, user),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize(("goal", "packages"), [("demo", PRINTING), ("test", f"{PRINTING} {TESTING}")])
def test_who_may_not_install_is_told_the_command(goal: str, packages: str, tmp_path: Path) -> None:
    done = set_up(goal, tmp_path, user=1000)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "  sudo apt-get update && sudo apt-get install -y --no-install-recommends python3-venv " + packages
    )
    assert not (tmp_path / "apt.log").exists()
    assert not (tmp_path / ".venv").exists()


def test_root_installs_what_is_missing(tmp_path: Path) -> None:
    done = set_up("test", tmp_path, user=0)
    assert done.returncode != 0, "the apt of this test installs nothing"
    update, install = (tmp_path / "apt.log").read_text().splitlines()
    assert update.startswith("update")
    assert install == f"install -y -qq --no-install-recommends python3-venv {PRINTING} {TESTING}"


def test_the_makefile_keeps_other_pythons_out() -> None:
    foreign = {"VIRTUAL_ENV": "/nonsense", "PYTHONHOME": "/nonsense", "PYTHONPATH": "/nonsense", "PIP_USER": "1"}
    shown = subprocess.run(
        ["make", "-s", "-f", str(ROOT / "Makefile"), "-f", "-", "show"],
        input="show:\n\t@env\n",
        env={**os.environ, **foreign},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    names = {line.split("=")[0] for line in shown.splitlines()}
    assert "PATH" in names
    assert not names & set(foreign)


def test_the_demonstration_stops_with_the_exit_code_of_what_failed(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        demo.run(demo.Act("试", ("no-such-verb",)))
    assert stopped.value.code == 2
    assert "在“试”处停止，退出码 2" in capfd.readouterr().err


def test_the_demonstration_counts_what_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint import HTML

    monkeypatch.setattr(demo, "ROOT", tmp_path)
    for name, breaks in (("a", 0), ("b", 2)):
        body = "<p>x</p>" + "<p style='break-before: page'>x</p>" * breaks
        (tmp_path / "out").mkdir(exist_ok=True)
        (tmp_path / "out" / f"{name}.pdf").write_bytes(HTML(string=body).write_pdf(pdf_variant="pdf/a-3u"))
    lines = list(demo.describe(demo.Act("档案", (), "out"), 1.25))
    assert lines[0] == "档案（1.2 秒）"
    assert "2 份 PDF，共 4 页" in lines[1]
