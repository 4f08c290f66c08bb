"""The college of the print tests with one more member, of whom everything that a form can show is on record."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from generator.cli import main
from tests.audit.case_files import COLLEGE
from tests.prints.college import AS_OF, BRANCH, make_college, person_file, write

EVERY = "2020000007"
NAME = "帕孜来提古丽·阿布都克里木买合苏提江"
SUMMARY_END = "谈话到此结束。"
SUMMARY = "谈了学习和工作中的想法，问了对章程的理解。" * 110 + SUMMARY_END

_HEAD = f"""\
name: {NAME}
former_names: [帕孜来提]
born: 2001-03-12
sex: 女
ethnicity: 维吾尔族
native_place: 新疆莎车
category: undergraduate
enrolled: 2020-09-01
unit: 计科 2001 班
position: 学习委员
education: 大学本科
league: {{joined: 2015-05-04}}
log:
"""
_RICHER = {
    "talk": f'place: 支部活动室, recorder: "2001008", summary: {SUMMARY}',
    "recommend": 'place: 二号教室, host: "2001008", recorder: "1995003", result: passed, '
    "votes: {due: 26, present: 25, issued: 25, returned: 25, for: 21, against: 3, abstain: 1, invalid: 0}",
    "file_activist": "reported: 2021-03-22, number: 计党备〔2021〕5 号, opinion: 同意备案。",
    "train_activist": "place: 学校党校, title: 第 12 期积极分子培训班, days: 2, certificate: JJ-2021-118",
    "collect_opinions": 'place: 支部活动室, host: "2001008", recorder: "1995003", candidate_present: false',
    "consent_target": "reported: 2022-04-18, number: 计党备〔2022〕9 号, opinion: 同意列为发展对象。",
    "train_target": "place: 学校党校, title: 第 20 期发展对象培训班, certificate: FZ-2022-044",
    "preview": "reported: 2022-09-25, notice: 2022-10-14, asked_bodies: [纪检部门, 保卫部门], opinion: 材料齐全。",
    "admission_meeting": 'place: 报告厅, host: "2001008", recorder: "1995003", secret: true, one_by_one: true, '
    'written: [{person: "2001008", date: 2022-10-26, vote: for}]',
    "conversion_meeting": "place: 报告厅, secret: true, one_by_one: true",
    "approve_conversion": "reported: 2023-11-10, opinion: 同意按期转正。",
    "archive": 'to: 学籍档案, handed_by: "2008017", received_by: "1995003"',
}
_OPINIONS = {
    "collect_opinions": "contacts: {date: 2022-04-08, text: 进步明显}, group: {date: 2022-04-09, text: 组内无不同看法}, "
    "members: {date: 2022-04-10, text: 同意}, masses: {date: 2022-04-10, text: 乐于助人}",
    "collect_opinions_conversion": "sponsors: {date: 2023-10-24, text: 履职尽责}, group: {date: 2023-10-24, text: 同意}, "
    "members: {date: 2023-10-25, text: 赞成}, masses: {date: 2023-10-25, text: 群众认可}, "
    "organiser: {date: 2023-10-25, text: 程序齐备}",
}
_PUBLICITY = """\
- {step: publicise_activist, start: 2021-03-21, date: 2021-03-29, place: 学院公告栏, result: clear,
   approval: {date: 2021-03-30, body: cs, result: passed, opinion: 无异议。}}
- {step: publicise_target, start: 2022-04-16, date: 2022-04-24, place: 学院公告栏, result: clear,
   objections: [{date: 2022-04-18, matter: 课堂出勤, outcome: 核实为请假, closed: true},
                {date: 2022-04-19, matter: 宿舍卫生, outcome: 已说明, closed: true}],
   approval: {date: 2022-04-25, body: cs, result: passed, opinion: 不影响。}}
- {step: publicise_admission, start: 2022-10-13, date: 2022-10-21, place: 学院公告栏, result: clear,
   approval: {date: 2022-10-22, body: cs, result: passed}}
- {step: publicise_conversion, start: 2023-10-20, date: 2023-10-28, place: 学院公告栏, result: clear,
   approval: {date: 2023-10-29, body: cs, result: passed}}
"""


def make_forms_college(root: Path) -> Path:
    make_college(root)
    story = (COLLEGE / "story.yaml").read_text(encoding="utf-8").partition("log:\n")[2]
    lines = [_richer(line) for line in story.splitlines() if line.startswith("- {step:")]
    write(root, person_file(EVERY), _HEAD + "\n".join(lines) + "\n" + _PUBLICITY)
    return root


def _richer(line: str) -> str:
    step = line.removeprefix("- {step: ").partition(",")[0]
    if step in _OPINIONS:
        line = line.partition("opinions: {")[0] + f"opinions: {{{_OPINIONS[step]}}}}}"
    return f"{line[:-1]}, {_RICHER[step]}}}" if step in _RICHER else line


def form(root: Path, *words: str, as_of: str | None = AS_OF) -> Result:
    """Runs `jishi form`; never a traceback."""
    day = ["--as-of", as_of] if as_of else []
    result = CliRunner().invoke(main, ["form", *words, *day, "--root", str(root)])
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def filled(root: Path, person: str, name: str) -> Path:
    """The one form of this id that was printed for the person."""
    (found,) = (root / "build" / "print" / "forms" / BRANCH).glob(f"{person}-*-{name}.pdf")
    return found


def blank(root: Path, name: str) -> Path:
    (found,) = (root / "build" / "print" / "blank").glob(f"*-{name}.pdf")
    return found
