"""Courses of targets, up to the approval of the admission."""

from __future__ import annotations

from dataclasses import replace

from bench.college.course import Course
from bench.college.days import add_workdays, plus, previous_workday
from bench.college.scenarios import (
    STUDENTS,
    UG,
    apply_spring,
    finish,
    scenario,
    start,
    this_autumn,
)


@scenario(STUDENTS, -2, 3)
def target_listed(c: Course, year: int) -> None:
    target = this_autumn(c, year, 33)
    finish(c, target)


@scenario(STUDENTS, -2, 3)
def target_in_training(c: Course, year: int) -> None:
    finish(c, this_autumn(c, year, 26))


@scenario(STUDENTS, -2, 6)
def target_ready(c: Course, year: int) -> None:
    finish(c, this_autumn(c, year, 0))


@scenario(STUDENTS, -2, 2)
def activist_in_publicity(c: Course, year: int) -> None:
    """The superior committee has agreed, the five working days are running."""
    finish(c, this_autumn(c, year, 55))


@scenario(UG, -2, 1)
def target_publicity_objection(c: Course, year: int) -> None:
    """An objection is looked into and does not hold; the person is listed."""
    target = this_autumn(c, year, 0)
    _, end = target.publicise_target
    closed = add_workdays(end, 4)
    c.propose(target)
    c.consent(target)
    objection = {
        "date": end,
        "matter": "反映上学期综合测评加分有误",
        "outcome": "经核实加分依据充分，不影响列为发展对象",
        "closed": True,
    }
    c.publicise_target(target, result="clear", objections=[objection])
    later = replace(
        target,
        list_target=add_workdays(closed, 1),
        assign_sponsors=add_workdays(closed, 3),
        letters_sent=add_workdays(closed, 3),
    )
    c.list_target(later)
    c.educate(later.list_target)
    c.prepare(replace(later, political_review=add_workdays(later.letters_sent, 19)))
    c.platform_checks(c.as_of)


@scenario(UG, -2, 1)
def publicity_objected(c: Course, year: int) -> None:
    """The objection holds: the person stays an activist."""
    target = this_autumn(c, year, 0)
    _, end = target.publicise_target
    c.propose(target)
    c.consent(target)
    objection = {"date": end, "matter": "反映近期受过学业警告", "outcome": "情况属实，继续培养", "closed": True}
    c.publicise_target(target, result="objected", objections=[objection])
    c.educate(plus(c.as_of, 1))
    c.platform_checks(c.as_of)


@scenario(UG, -2, 1)
def consent_returned(c: Course, year: int) -> None:
    target = this_autumn(c, year, 0)
    c.propose(target)
    c.act(
        "consent_target",
        target.consent_target,
        "committee",
        reported=previous_workday(plus(target.consent_target, -3)),
        decision="returned",
        opinion="群众意见座谈人数偏少，补充后再报",
        materials=["M22"],
    )
    c.educate(plus(c.as_of, 1))
    c.platform_checks(c.as_of)


@scenario(UG, -3, 1)
def proposal_voted_down(c: Course, year: int) -> None:
    """The branch committee does not agree, half a year later it does."""
    _, target = start(c, year)
    c.propose(target, result="failed")
    again = c.season(year + 3, "spring")
    c.person.needs_contacts_until = plus(again.assign_sponsors, 1)
    finish(c, again)


@scenario(UG, -3, 1)
def target_preview_failed(c: Course, year: int) -> None:
    """The preview finds the review of relatives incomplete; stays a target."""
    target = c.season(year + 3, "spring")
    apply_spring(c, year + 1)
    c.become_activist(c.season(year + 1, "autumn"), contacts_until=plus(target.assign_sponsors, 1))
    c.become_target(target)
    c.prepare(target)
    c.preview(target, result="failed", opinion="主要社会关系政审材料不全，补齐后再报")
    c.platform_checks(c.as_of)


@scenario(UG, -3, 1)
def admission_voted_down(c: Course, year: int) -> None:
    target = c.season(year + 3, "spring")
    apply_spring(c, year + 1)
    c.become_activist(c.season(year + 1, "autumn"), contacts_until=plus(target.assign_sponsors, 1))
    c.become_target(target)
    c.prepare(target)
    c.preview(target)
    c.meet(target, result="failed")
    c.platform_checks(c.as_of)


@scenario(STUDENTS, -2, 3)
def awaiting_approval(c: Course, year: int) -> None:
    finish(c, this_autumn(c, year, -13))


@scenario(UG, -3, 1)
def approval_refused(c: Course, year: int) -> None:
    _, target = start(c, year)
    c.become_target(target)
    c.prepare(target)
    c.preview(target)
    c.meet(target)
    c.approve(target, result="failed", opinion="不予批准：对党的基本知识掌握不够，继续培养")
    c.platform_checks(c.as_of)
