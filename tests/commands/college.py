"""Small records repositories for tests of the commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from generator.cli import main
from tests.audit.case_files import PERSON, Case, build

SOMEBODY = Path(PERSON).stem
LATE_TALK = {"until": "talk", "change": {"talk": {"date": "2020-11-14"}}}


def college(root: Path, **raw: Any) -> Path:
    """The college of the cases with one person, whose story is changed as a case says."""
    build(Case("-", "-", raw), root)
    return root


def jishi(*args: str | Path, root: Path | None = None) -> Result:
    """Run the command line; `--root` goes behind the verb."""
    words = [str(arg) for arg in args]
    if root is not None:
        words += ["--root", str(root)]
    result = CliRunner().invoke(main, words)
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result
