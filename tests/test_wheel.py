"""The wheel as it would be installed: everything it needs is in it, and nothing of this folder is used."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.site.repository import AS_OF, PROJECT

BRANCH = "fa-ug1"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder the wheel was unpacked into."""
    made = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    built = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    [wheel] = made.glob("*.whl")
    folder = made / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one branch and nothing but records."""
    root = tmp_path_factory.mktemp("records")
    for name in ("organisation.yaml", "fa/committee.yaml", "fa/organisers", f"fa/{BRANCH}"):
        source, target = PROJECT / "data" / name, root / "data" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    return root


def run(installed: Path, records: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command out of the unpacked wheel, in the folder of the records."""
    return python(installed, records, "-m", "generator", *words, "--as-of", AS_OF)


def python(installed: Path, records: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *words], cwd=records, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


def test_definitions_and_templates_come_out_of_the_wheel(installed: Path, records: Path) -> None:
    program = "from generator.definitions.shipped import shipped_root; print(shipped_root())"
    shipped = Path(python(installed, records, "-c", program).stdout.strip())
    assert shipped == installed / "generator" / "_shipped"
    for name in ("schema", "templates"):
        files = {path.relative_to(PROJECT) for path in (PROJECT / name).rglob("*") if path.is_file()}
        assert files
        assert {path.relative_to(shipped) for path in (shipped / name).rglob("*") if path.is_file()} == files
    assert not (installed / "data").exists()
    assert not (installed / "tests").exists()


def test_records_are_checked(installed: Path, records: Path) -> None:
    result = run(installed, records, "check")
    assert result.returncode in (0, 1), result.stderr
    assert "data/fa/" in result.stdout
    assert result.stderr == ""


def test_both_sites_are_built(installed: Path, records: Path) -> None:
    public = run(installed, records, "site")
    assert public.returncode == 0, public.stderr
    assert (records / "site" / "manuals" / BRANCH / "index.html").is_file()
    internal = run(installed, records, "site", "--internal")
    assert internal.returncode == 0, internal.stderr
    assert (records / "build" / "internal" / "site" / "desk" / "index.html").is_file()


def test_a_dossier_is_printed(installed: Path, records: Path) -> None:
    person = sorted((records / "data" / "fa" / BRANCH / "people").glob("*.yaml"))[0].stem
    result = run(installed, records, "dossier", person)
    assert result.returncode == 0, result.stderr
    assert (records / "build" / "print" / BRANCH / f"{person}.pdf").read_bytes().startswith(b"%PDF-")
