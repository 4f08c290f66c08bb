"""What findings say: what to do, the days that would be right, the numbers counted anew, what follows."""

from __future__ import annotations

import re

import pytest

from generator.diagnostics import Diagnostic
from tests.audit.case_files import Case, all_cases
from tests.audit.judged import judged

CASES = [case for case in all_cases() if case.code.startswith("DEV") and "commits" not in case.raw]
CODES = sorted({case.code for case in CASES})
DAY = r"\d{4}-\d\d-\d\d"
TOO_EARLY = re.compile("过早|早于|须晚于")
TOO_LATE = re.compile("超过期限|已逾期|间隔过长|写在.*之后|晚于讨论")
NEEDS_NO_BOUND = re.compile(f"早于出生日期 {DAY}|早于确定为积极分子")


def found_in(*cases: Case) -> list[Diagnostic]:
    """Findings of the code that each case is of."""
    return [finding for case in cases for finding in judged(case).findings if finding.code == case.code]


def test_there_are_findings() -> None:
    assert len(CODES) > 80
    assert len(CASES) > 300


@pytest.mark.parametrize("code", CODES)
def test_a_finding_says_what_to_do_and_names_the_right_day(code: str) -> None:
    found = found_in(*(case for case in CASES if case.code == code))
    assert found
    for finding in found:
        message = finding.message.partition("（需核对")[0]
        assert finding.hint.endswith("。"), f"no hint, or not a sentence: {finding.message} | {finding.hint}"
        assert not message.endswith("。"), message
        if TOO_EARLY.search(message) and not NEEDS_NO_BOUND.search(message):
            assert re.search(f"最早 {DAY}", message), message
        if TOO_LATE.search(message):
            assert re.search(f"最晚 {DAY}", message), message


@pytest.mark.parametrize(
    ("code", "name", "texts"),
    [
        ("DEV043", "exactly half", ["应到 36 人，到会须超过半数（至少 19 人），实到 18 人"]),
        ("DEV043", "written opinions are no attendance", ["至少 16 人", "书面意见 1 份不算到会"]),
        ("DEV044", "exactly half of those due", ["应到 20 人", "至少 11 票", "赞成 10 票，差 1 票"]),
        ("DEV044", "exactly half with the written opinions", ["赞成 10 票（会场 9、书面 1）"]),
        ("DEV044", "not enough after the exclusions", ["应到 22 人（已除去不计入的 1 人）", "至少 12 票"]),
        ("DEV045", "more ballots than people", ["重算：应到 20 人，过半须 11，实到 18 人，赞成 16 票"]),
        ("DEV047", "somebody on probation voted", ["应到 2 人，过半须 2，实到 1 人", "须重新开会"]),
        (
            "DEV117",
            "the majority turns on what was written the day after",
            ["应到 20 人，过半须 11，赞成 10 票，不过半"],
        ),
        (
            "DEV055",
            "the form shows another day of the meeting",
            ["大会讨论接收预备党员的日期是 2022-10-29，记录为 2022-10-28"],
        ),
        (
            "DEV034",
            "the review was not passed and the meeting held all the same",
            ["政治审查（2022-05-20）未通过", "（2022-10-28）之前应当通过"],
        ),
        ("DEV052", "a day after six months, with a reason", ["最晚 2023-04-28", "须重新履行入党手续"]),
        ("DEV052", "not approved after six months", ["最晚 2023-04-28", "须重新履行入党手续"]),
        ("DEV052", "a day after three months", ["最晚 2023-01-28", "写明延长的特殊原因 delay_reason"]),
        ("DEV054", "counted from the approval", ["应为 2022-10-28 至 2023-10-27；止日写 2023-10-28 也可以"]),
        (
            "DEV060",
            "discussed six weeks late",
            ["最晚 2023-11-28", "递交转正申请书 2023-10-12", "organisation", "person"],
        ),
        ("DEV060", "not discussed yet", ["最晚 2023-11-28", "延长或取消"]),
        ("DEV061", "thirteen months", ["应为 6 至 12 个月", "最早 2024-04-28，最晚 2024-10-28"]),
        ("DEV012", "contact still on probation", ["水清浅（2019004）当日不是正式党员"]),
        ("DEV024", "four working days under the rules of 2026", ["共 4 个工作日", "最早 2026-06-12"]),
        ("DEV024", "over the seven days of the National Day, a day short", ["最早 2026-10-09"]),
        ("DEV071", "time counted anew", ["应为 2021-03-20"]),
    ],
)
def test_what_follows_is_said(code: str, name: str, texts: list[str]) -> None:
    (case,) = (case for case in CASES if (case.code, case.name) == (code, name))
    said = [f"{finding.message} | {finding.hint}" for finding in found_in(case)]
    assert any(all(text in one for text in texts) for one in said), said
