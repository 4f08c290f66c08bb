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
    questions = NextSteps(library.procedure, library.views, library.words()).questions()
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
    usual = {key for key, a in answers.items() if not (a.refused or a.after or a.bounds)}
    assert {f"after-{s.id}" for s in steps} | {"begin"} == usual
    assert {f"not-{s.id}" for s in steps if s.refused_when} == {key for key, a in answers.items() if a.refused}
    assert all(a.last and a.last.refusal and a.last.again for a in answers.values() if a.refused)


def test_the_page_and_the_step_agree_on_what_comes_next(library: Library, answers: dict[str, Answer]) -> None:
    checked = 0
    for answer in answers.values():
        if answer.last and not (answer.refused or answer.after or answer.bounds):
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


def test_every_way_out_of_a_decision_is_an_answer_of_the_meeting_and_of_the_approval(
    library: Library, answers: dict[str, Answer]
) -> None:
    decided = [s for s in library.procedure.steps.values() if s.duty and len(s.transitions) > 1]
    assert decided
    for step in decided:
        ways = {str(value) for t in step.transitions for values in t.when.values() for value in values}
        ways -= {str(value) for t in step.transitions if t.default for values in t.when.values() for value in values}
        assert len(ways) > 1
        for last in (step.id, step.after[0].step):
            others = {key.removeprefix(f"after-{last}-") for key in answers if key.startswith(f"after-{last}-")}
            assert others == ways
            assert answers[f"after-{last}"].outcome == "转正"


def test_an_extended_probation_leads_to_the_approval_and_then_round_again(answers: dict[str, Answer]) -> None:
    met, approved = answers["after-conversion_meeting-extend"], answers["after-approve_conversion-extend"]
    assert (met.outcome, approved.outcome) == ("延长预备期",) * 2
    assert met.next
    assert met.next.id == "approve_conversion"
    assert [limit.text for limit in met.next.latest] == ["“党支部党员大会讨论转正”之日起 3 个月内完成（写明延期理由的除外）"]
    assert met.after
    assert met.after.settled_by
    assert met.after.settled_by.id == "approve_conversion"
    assert approved.next
    assert approved.next.id == "apply_conversion"
    assert approved.after
    assert approved.after.settled_by is None
    assert [limit.text for limit in approved.next.earliest] == ["预备期满之日前 1 个月起"]
    anew = [one.view.id for one in approved.after.again]
    assert ["apply_conversion", *anew] == [one.view.id for one in met.after.again]
    assert anew[0] == "collect_opinions_conversion"
    assert anew[-2:] == ["conversion_meeting", "approve_conversion"]
    meeting = next(one.view for one in approved.after.again if one.view.id == "conversion_meeting")
    assert [limit.text for limit in meeting.earliest] == ["不早于预备期满之日"]
    for answer in (met, approved):
        assert answer.after
        assert answer.after.lengthens == "延长月数"
        assert [view.id for view in answer.after.meanwhile] == ["probation_inspect"]


def test_a_cancelled_probation_ends_with_the_approval(answers: dict[str, Answer]) -> None:
    met, approved = answers["after-conversion_meeting-cancel"], answers["after-approve_conversion-cancel"]
    assert met.next
    assert met.next.id == "approve_conversion"
    assert approved.next is None
    assert met.after
    assert approved.after
    assert (*met.after.again, *approved.after.again, *met.after.meanwhile) == ()


def test_a_deferral_leads_to_the_meeting_it_puts_off(answers: dict[str, Answer]) -> None:
    answer = answers["after-defer_conversion"]
    assert answer.next
    assert answer.next.id == "conversion_meeting"
    assert "“推迟讨论转正”的推迟至日期" in answer.next.latest[0].text
    assert {one.view.id: one.when for one in answer.before}["apply_conversion"] == "还没有办的"
    assert len(answer.bounds) == 1
    assert "6 个月" in answer.bounds[0].text
