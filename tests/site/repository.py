"""Small records repositories for tests, and the demo copied where it can be built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
AS_OF = "2026-11-21"


def copy_demo(to: Path, *, own_config: bool = True, blanks: Path | None = None) -> Path:
    """The demo records without anything built. Without `own_config` it has no mkdocs.yml, as a repository elsewhere.

    `blanks`: a copy whose blank forms were printed before, so that they need not be printed again.
    """
    shutil.copytree(PROJECT / "data", to / "data")
    if blanks is not None:
        copy_blanks(blanks, to)
    if own_config:
        shutil.copy(PROJECT / "mkdocs.yml", to / "mkdocs.yml")
        (to / "site").mkdir()
        shutil.copy(PROJECT / "site" / ".gitignore", to / "site" / ".gitignore")
    return to


def copy_blanks(blanks: Path, to: Path) -> None:
    shutil.copytree(blanks / "build" / "blank", to / "build" / "blank")


def write_records(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def jishi(
    root: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in a repository, as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments, "--as-of", AS_OF, "--root", str(root)],
        cwd=PROJECT,
        env={**os.environ, "PYTHONUTF8": "1", **(environment or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


ORGANISATION = "name: 临川学院党委\nplatform: dengta\nprofile: national\n"
COMMITTEE = "name: 文学院党委\ntype: party_committee\nmay_approve: true\n"
BRANCH = """\
name: 本科生党支部
kind: undergraduate
has_committee: true
has_groups: true
groups: [第一党小组]
office: {room: 文学楼 201, contact: 内线 6201}
"""
PERSON = """\
name: 卓书言
sex: 女
ethnicity: 汉族
born: 2004-03-09
category: undergraduate
log:
- {step: apply, date: 2026-10-08, received: 2026-10-09, materials: [M01]}
"""
TINY: Mapping[str, str] = {
    "organisation.yaml": ORGANISATION,
    "wx/committee.yaml": COMMITTEE,
    "wx/wx-ug/branch.yaml": BRANCH,
    "wx/wx-ug/people/2024010101.yaml": PERSON,
}
