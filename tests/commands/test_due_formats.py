"""`jishi due --format`: for calendars, offices and programs; files that name people are for their owner alone."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.commands.college import SOMEBODY, college, jishi

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "due.json").read_text(encoding="utf-8"))
DAY = ("--as-of", "2020-11-20")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return college(tmp_path / "college", until="apply")


def told(root: Path, *more: str) -> dict[str, Any]:
    return dict(json.loads(jishi("due", "--format", "json", *more, root=root).stdout))


def test_json_has_the_shape_and_the_place(root: Path) -> None:
    report = told(root, *DAY)
    jsonschema.validate(report, SCHEMA)
    assert report["summary"] == {"duties": 1, "overdue": 1, "people": 1}
    (duty,) = report["duties"]
    assert (duty["person"], duty["step"], duty["state"], duty["latest"]) == (SOMEBODY, "talk", "overdue", "2020-11-13")
    line = (root / duty["path"]).read_text(encoding="utf-8").splitlines()[duty["line"] - 1]
    assert line.startswith("- {step: apply, ")


def test_a_duty_keeps_its_identifier_until_it_is_done(root: Path, tmp_path: Path) -> None:
    def uid(root: Path, day: str) -> str:
        (duty,) = told(root, "--as-of", day)["duties"]
        return str(duty["uid"])

    before = uid(root, "2020-10-20")
    assert uid(root, "2020-11-20") == before
    calendar = jishi("due", "--format", "ics", *DAY, root=root).stdout_bytes.decode("utf-8")
    assert re.findall(r"UID:(.*)\r\n", calendar) == [before]
    refused = {"talk": {"date": "2020-10-14"}}
    other = college(tmp_path / "talked", until="talk", change=refused)
    assert before not in json.dumps(told(other, "--as-of", "2021-06-20", "--days", "900"))


def test_a_file_is_written_whole_and_for_its_owner_alone(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "到期.ics"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o644)
    result = jishi("due", "--format", "ics", "-o", target, *DAY, root=root)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["到期.ics"]


def test_a_place_that_is_not_there_is_refused_in_chinese(root: Path, tmp_path: Path) -> None:
    result = jishi("due", "-o", tmp_path / "无" / "due.txt", *DAY, root=root)
    assert result.exit_code == 2
    assert "没有文件夹" in result.stderr


@pytest.mark.parametrize("form", ["text", "json", "ics", "xlsx"])
def test_other_branches_are_left_out_of_every_form(root: Path, form: str) -> None:
    made = jishi("due", "--branch", "st-1", "--format", form, *DAY, root=root)
    assert made.exit_code == 0
    assert "林知远" not in text_of(made.stdout_bytes)
    assert "林知远" in text_of(jishi("due", "--format", form, *DAY, root=root).stdout_bytes)


def text_of(made: bytes) -> str:
    """A spreadsheet is unpacked, the lines of a calendar are joined."""
    if made.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(made)) as archive:
            return "".join(archive.read(name).decode("utf-8", errors="ignore") for name in archive.namelist())
    return made.decode("utf-8").replace("\r\n ", "")
