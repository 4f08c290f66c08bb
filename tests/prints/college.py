"""A small college whose people try the print: a whole story, a rare name, nothing at all, a very long log, a paper missing."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from generator.cli import main
from tests.audit.case_files import COLLEGE

AS_OF = "2024-01-10"
BRANCH = "ug-1"
WHOLE, OTHER, RARE, NOTHING, LONG, GAPS = (f"202000000{n}" for n in range(1, 7))
NAMES = {
    WHOLE: "林知远",
    OTHER: "尉迟明澈",
    RARE: "㛃𬭎䶮堃喆",
    NOTHING: "阿卜杜热依木江·买买提吐尔逊艾力麦麦提敏",
    LONG: "欧阳若衡",
    GAPS: "戚砚秋",
}
PRINTED = (WHOLE, RARE, NOTHING, LONG, GAPS)
MEETING = "data/cs/ug-1/events/2022-10-28-admission_meeting.yaml"
SECRET_NOTE = "会上另谈了家庭情况"

_MEETING = f"""\
step: admission_meeting
date: 2022-10-28
due: 20
present: 18
note: {SECRET_NOTE}
attendance: {{voting: ["2008017", "1995003"]}}
excluded: [{{person: "2001008", reason: 外派挂职}}]
organiser_signed: {{by: "1995003", date: 2022-10-29}}
people:
  "{WHOLE}":
    ballots: {{issued: 18, returned: 18, for: 16, against: 1, abstain: 1, invalid: 0}}
    written: [{{person: "2001008", date: 2022-10-26, vote: for}}]
    result: passed
    materials: [M31, M32]
  "{OTHER}":
    ballots: {{issued: 17, returned: 17, for: 13, against: 3, abstain: 1, invalid: 0}}
    result: passed
    note: 本人在会上作了说明
"""
_HEAD = "born: 2001-03-12\nsex: 女\nethnicity: 汉族\nnative_place: 山东诸城\ncategory: undergraduate\nenrolled: 2020-09-01\n"


def person_file(person: str) -> str:
    return f"data/cs/{BRANCH}/people/{person}.yaml"


def make_college(root: Path) -> Path:
    shutil.copytree(COLLEGE / "data", root / "data")
    story = (COLLEGE / "story.yaml").read_text(encoding="utf-8")
    log = [line for line in story.partition("log:\n")[2].splitlines() if "step: admission_meeting" not in line]
    gaps = [line for line in log[:6] if "step: talk" not in line]
    titles = [f"第{n + 1}次汇报所写的题目较长用来看换行" for n in range(40)]
    days = [f"2022-{n // 4 + 1:02}-{n % 4 * 7 + 1:02}" for n in range(40)]
    reports = [
        f"- {{step: report, date: {d}, title: {t}, materials: [M16]}}" for d, t in zip(days, titles, strict=True)
    ]
    activist = [line for line in log if line.partition("date: ")[2][:10] <= "2021-03-30"]
    logs = {WHOLE: log, OTHER: log, RARE: log[:1], NOTHING: [], LONG: activist + reports, GAPS: gaps}
    for person, lines in logs.items():
        text = f"name: {NAMES[person]}\n{_HEAD}" + ("log:\n" + "\n".join(lines) + "\n" if lines else "")
        write(root, person_file(person), text)
    write(root, MEETING, _MEETING)
    return root


def write(root: Path, path: str, text: str) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def in_place(*words: str) -> tuple[str, ...]:
    """Words of a command, told to print in this process unless they say who prints: to start others takes longer than a few prints."""
    return words if {"--jobs", "--executor"}.intersection(words) else (*words, "--jobs", "1")


def dossier(root: Path, *words: str, as_of: str = AS_OF) -> Result:
    """Runs `jishi dossier`; never a traceback."""
    result = CliRunner().invoke(main, ["dossier", *in_place(*words), "--as-of", as_of, "--root", str(root)])
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def review_sheet(root: Path, person: str) -> Path:
    return root / "build" / "print" / BRANCH / f"{person}-审核单.pdf"


def printed(root: Path, person: str) -> Path:
    return root / "build" / "print" / BRANCH / f"{person}.pdf"
