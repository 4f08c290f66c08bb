"""What comes next: from nothing done to the last step, each answer leads to the next, and nothing is offered too early."""

from __future__ import annotations

import pytest

from generator.site.library import Library
from generator.site.open_library import open_structure
from generator.views.next_step import Answer, NextSteps
from tests.site.pages import DAY
from tests.site.repository import copy_demo


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_structure(copy_demo(tmp_path_factory.mktemp("next")), DAY)


@pytest.fixture(scope="module")
def answers(library: Library) -> dict[str, Answer]:
    questions = NextSteps(library.procedure, library.views).questions()
    assert [question.id for question in questions] == [stage.id for stage in library.procedure.stages]
    found = {answer.id: answer for question in questions for answer in question.answers}
    assert len(found) == sum(len(question.answers) for question in questions)
    return found


def test_from_the_first_step_to_the_last_every_duty_comes_once(library: Library, answers: dict[str, Answer]) -> None:
    walked, answer = [], answers["begin"]
    while answer.next is not None:
        walked.append(answer.next.id)
        answer = answers[f"after-{answer.next.id}"]
    steps = library.procedure.steps.values()
    assert walked == [s.id for s in steps if s.number is not None and s.duty and not s.optional and not s.when]
    assert len(walked) > 25


def test_every_numbered_step_is_an_answer(library: Library, answers: dict[str, Answer]) -> None:
    steps = [s for s in library.procedure.steps.values() if s.number is not None and s.duty]
    assert {f"after-{s.id}" for s in steps} | {"begin"} == {key for key, a in answers.items() if not a.refused}
    assert {f"not-{s.id}" for s in steps if s.refused_when} == {key for key, a in answers.items() if a.refused}
    assert all(a.last and a.last.refusal and a.last.again for a in answers.values() if a.refused)


def test_the_page_and_the_step_agree_on_what_comes_next(library: Library, answers: dict[str, Answer]) -> None:
    checked = 0
    for answer in answers.values():
        if answer.last and not answer.refused:
            wanted = answer.last.next.title if answer.last.next else None
            assert (answer.next.title if answer.next else None) == wanted
            checked += 1
    assert checked > 30


def test_what_goes_along_waits_for_nothing_that_is_not_done(library: Library, answers: dict[str, Answer]) -> None:
    beside = {key: [one.view.id for one in answer.beside] for key, answer in answers.items()}
    assert beside["after-list_target"] == ["political_review", "train_target"]
    assert beside["after-assign_contacts"] == [], "what goes on for months comes before the rest"
    assert beside["after-preview"] == []
    order = list(library.procedure.steps)
    for key, found in beside.items():
        last = answers[key].last
        for step in found:
            assert last is not None
            assert order.index(step) > order.index(last.id)


def test_what_some_have_to_do_in_between_is_said_with_whom(answers: dict[str, Answer]) -> None:
    between = {one.view.id: one.when for one in answers["after-collect_opinions_conversion"].before}
    assert between["committee_review_conversion"] == "设支委会的支部"
    assert between["publicise_conversion"] == "视情况"


def test_what_comes_round_goes_on_until_the_next_thing(answers: dict[str, Answer]) -> None:
    goes_on = {key: [limit.text for limit in answer.goes_on] for key, answer in answers.items() if answer.goes_on}
    assert set(goes_on) == {"after-inspect", "after-probation_inspect"}
    assert all("6 个月" in text for texts in goes_on.values() for text in texts)
    inspected = answers["after-inspect"].next
    assert inspected is not None
    assert "12 个月" in inspected.earliest[0].text
