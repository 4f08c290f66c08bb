"""What no record shows is asked of whoever has the papers in hand: in `jishi rules`, on the review sheet, on the branch's list."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.audit.register import all_rules
from generator.audit.rule import How
from generator.cli import main
from generator.definitions.load import load_definitions
from generator.definitions.shipped import shipped_root
from generator.definitions.source import shelf_for
from generator.prints.page import PrintTemplates
from generator.views.desk import DossierDesk
from generator.views.paper_checks import WHOLE, PaperCheck, all_checks, by_paper, paper_checks
from generator.views.review import Review
from tests.audit.case_files import Case, audit_of, build

DEFINITIONS = load_definitions()
LINES = all_checks(DEFINITIONS.materials, DEFINITIONS.look)
RULES = all_rules()


def test_every_code_that_has_to_be_seen_on_paper_has_a_line() -> None:
    on_paper = {code for code, rule in RULES.items() if rule.how is How.PAPER or "须看原件" in rule.docstring}
    assert {"DEV019", "DEV113", "DEV114", "DEV115"} <= on_paper
    assert on_paper <= {line.code for line in LINES}


def test_lines_are_of_registered_rules_and_different() -> None:
    assert len(LINES) > 40
    assert {line.code for line in LINES} <= RULES.keys()
    assert len(set(LINES)) == len(LINES)


@pytest.mark.parametrize(
    ("paper", "code", "word"),
    [
        ("M30", "DEV113", "手写"),
        ("M30", "DEV040", "涂改"),
        ("M30", "DEV033", "雷同"),
        ("M16", "DEV019", "雷同"),
        ("M16", "DEV114", "抄"),
        ("M38", "DEV114", "落款以后"),
        ("M15", "DEV015", "补写"),
        ("M25", "DEV035", "封口"),
        ("M36", "DEV056", "照片"),
        ("", "DEV068", "复印件"),
        ("", "DEV115", "身份证"),
    ],
)
def test_what_only_the_paper_shows_is_asked(paper: str, code: str, word: str) -> None:
    assert [line for line in LINES if (line.paper, line.code) == (paper, code) and word in line.text]


def test_rules_says_why_and_what_to_look_for() -> None:
    result = CliRunner().invoke(main, ["rules"])
    assert result.exit_code == 0
    for rule in RULES.values():
        if rule.how is How.PAPER:
            assert "".join(rule.text.reason.split()) in "".join(result.stdout.split())
    assert all(line.text in result.stdout for line in LINES)


def review(raw: dict[str, object], root: Path) -> tuple[Review, tuple[PaperCheck, ...]]:
    as_of, _ = build(Case("paper", "paper", raw), root)
    audit = audit_of(root, as_of)
    assessment = audit.assessments["2020000001"]
    shelf = shelf_for(None)
    made = DossierDesk(audit, shelf).review(assessment)
    return made, paper_checks(DEFINITIONS.materials, DEFINITIONS.look, assessment.progress.papers)


def test_the_review_sheet_asks_for_every_paper_that_is_there(tmp_path: Path) -> None:
    made, lines = review({}, tmp_path)
    assert {line.paper for line in lines} > {"", "M01", "M16", "M30", "M40"}
    assert made.checks == by_paper(lines)
    html = unescape(PrintTemplates((shipped_root() / "templates" / "print",)).html("review.html", review=made))
    assert all(line.text in html and line.code in html for line in lines)
    assert WHOLE in html


def test_papers_that_are_not_there_are_not_asked_for(tmp_path: Path) -> None:
    made, lines = review({"until": "talk"}, tmp_path)
    assert {line.paper for line in lines} == {"M01", "M02", ""}
    assert made.checks == by_paper(lines)


def test_an_empty_folder_asks_for_nothing() -> None:
    assert paper_checks(DEFINITIONS.materials, DEFINITIONS.look, {}) == ()
