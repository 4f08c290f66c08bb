"""Courses of life with one deliberate flaw each: what an organiser should be warned of. Never part of a clean college."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bench.college.course import Course
from bench.college.days import add_months, next_workday, plus, previous_workday
from bench.college.departures import transfer
from bench.college.scenarios import (
    ALL,
    PG,
    UG,
    WORK,
    activist_and_target,
    apply_autumn,
    apply_spring,
    finish,
    scenario,
    start,
    whole,
)


@scenario(ALL, 0, 1, clean=False)
def barely_begun(c: Course, year: int) -> None:
    """Handed in an application last week; the paper is not entered yet."""
    c.act("apply", plus(c.as_of, -7))


@scenario(UG, -1, 2, clean=False)
def talk_unsigned(c: Course, year: int) -> None:
    """The record of the talk was not signed."""
    day = date(year, 10, 14)
    c.act("apply", day, received=day, materials=["M01"])
    c.act(
        "talk",
        next_workday(plus(day, 12)),
        materials=[{"code": "M02", "kind": "original", "pages": 1, "signed": False}],
    )


@scenario(UG, -1, 2, clean=False)
def contact_graduated(c: Course, year: int) -> None:
    """The only contact graduated in summer, nobody took over."""
    chosen, target = activist_and_target(c, year)
    day = chosen.assign_contacts
    leaving = [one for one in c.branch.people if one.votes(day) and one.until and one.until < c.as_of]
    apply_autumn(c, year)
    c.become_activist(chosen, contacts_until=plus(target.assign_sponsors, 1))
    if leaving:
        for act in c.college.acts:
            if act.person is c.person and act.step == "assign_contacts":
                act.own["contacts"] = leaving[:1]
    c.educate(target.list_target)
    c.platform_checks(c.as_of)


@scenario(UG, -2, 2, clean=False)
def inspected_late(c: Course, year: int) -> None:
    """One half-yearly inspection nine days late."""
    _, target = start(c, year)
    june, december = [day for day in c.branch.inspections if day.year == year + 1]
    late = next_workday(plus(add_months(june, 6), 9))
    usual, c.branch.inspections = (
        c.branch.inspections,
        [late if day == december else day for day in c.branch.inspections],
    )
    c.educate(target.list_target)
    c.branch.inspections = usual
    for act in c.college.acts:
        if act.person is c.person and act.step == "inspect" and act.day == late:
            act.home = "log"
    c.platform_checks(c.as_of)


@scenario(UG, -2, 2, clean=False)
def one_letter(c: Course, year: int) -> None:
    """The inquiry about one parent is missing and nobody wrote why."""
    _, target = start(c, year)
    c.become_target(target)
    c.prepare(target)
    for act in c.college.acts:
        if act.person is c.person and act.step == "political_review":
            act.own["letters"] = act.own["letters"][:1]
            act.own["materials"] = ["M24", "M25", "M26"]
    c.platform_checks(c.as_of)


@scenario(UG, -2, 2, clean=False)
def minutes_unsigned(c: Course, year: int) -> None:
    """The organiser did not sign the minutes of one meeting."""
    _, target = start(c, year)
    c.become_target(target)
    c.prepare(target)
    for act in c.college.acts:
        if act.person is c.person and act.step == "propose_target":
            act.home = "log"
            act.own["omit"] = ["organiser_signed"]
    c.platform_checks(c.as_of)


@scenario(UG, -2, 2, clean=False)
def objection_open(c: Course, year: int) -> None:
    """Something was reported during the public notice and has not been dealt with."""
    apply_autumn(c, year)
    target = c.season(year + 2, "autumn", 40)
    c.become_activist(c.season(year + 1, "spring"), contacts_until=plus(target.assign_sponsors, 1))
    c.propose(target)
    c.consent(target)
    first, _ = target.publicise_target
    c.publicise_target(
        target,
        result="objected",
        objections=[{"date": plus(first, 1), "matter": "反映宿舍评比中替他人签到", "closed": False}],
    )
    c.educate(plus(c.as_of, 1))
    c.platform_checks(c.as_of)


@scenario(UG, -3, 2, clean=False)
def across_the_change(c: Course, year: int) -> None:
    """Preview between the day the new rules were issued and the day they were published, meeting after it."""
    apply_spring(c, year + 1)
    target = c.season(year + 3, "spring", -13)
    c.become_activist(c.season(year + 1, "autumn"), contacts_until=plus(target.assign_sponsors, 1))
    finish(c, target)


@scenario(WORK, -3, 2, clean=False)
def oath_across_the_change(c: Course, year: int) -> None:
    """Approved under the old rules, sworn in more than a month later under the new ones."""
    apply_spring(c, year)
    target = c.season(c.as_of.year, "spring", -45)
    c.become_activist(c.season(year, "autumn"), contacts_until=plus(target.assign_sponsors, 1))
    c.become_target(target)
    c.become_probationary(replace(target, oath=next_workday(date(c.as_of.year, 7, 1))))
    c.probation(target.admission_meeting, plus(c.as_of, 1))
    c.platform_checks(c.as_of)


@scenario(PG, -2, 2, clean=False)
def shortly_before_leaving(c: Course, year: int) -> None:
    """The meeting fell within three months before leaving."""
    apply_autumn(c, year)
    target = c.season(year + 2, "autumn", -13)
    c.person.fields["leaves"] = c.person.until = add_months(plus(target.admission_meeting, -3), 3)
    c.become_activist(c.season(year + 1, "spring"), contacts_until=plus(target.assign_sponsors, 1))
    c.become_target(target)
    c.prepare(target)
    c.preview(target)
    c.meet(target)
    c.platform_checks(c.as_of)


@scenario(WORK, -4, 2, clean=False)
def approval_overdue(c: Course, year: int) -> None:
    """The meeting voted in June, the approval is still outstanding."""
    apply_spring(c, year + 2)
    target = c.season(c.as_of.year, "spring")
    c.become_activist(c.season(year + 2, "autumn"), contacts_until=plus(target.assign_sponsors, 1))
    c.become_target(target)
    c.prepare(target)
    c.preview(target)
    c.meet(target)
    if not c.branch.committee.may_approve:
        c.act("general_branch_review", target.general_branch_review, "committee", result="passed")
    c.act("superior_talk", target.superior_talk, opinion="同意接收")
    c.audit(5, "superior_talk", target.superior_talk)
    c.platform_checks(c.as_of)


@scenario(WORK, -4, 2, clean=False)
def conversion_overdue(c: Course, year: int) -> None:
    """The period of probation ended in June, the meeting has not been held."""
    apply_spring(c, year)
    target = c.season(c.as_of.year - 1, "spring")
    c.become_activist(c.season(year, "autumn"), contacts_until=plus(target.assign_sponsors, 1))
    c.become_target(target)
    c.become_probationary(target)
    expiry = add_months(target.admission_meeting, 12)
    c.probation(target.admission_meeting, plus(c.as_of, 1))
    c.ask_conversion(expiry)
    c.platform_checks(c.as_of)


@scenario(UG, -3, 2, clean=False)
def platform_differs(c: Course, year: int) -> None:
    """On the platform the day of the approval stands for the day of admission."""
    _, target = start(c, year, slow=True)
    c.become_target(target)
    c.become_probationary(target)
    c.probation(target.admission_meeting, add_months(target.admission_meeting, 12))
    day = next_workday(date(c.as_of.year, 9, 10))
    wrong = target.approve
    c.act(
        "platform_check",
        day,
        platform="dengta",
        through=f"{day.year}-06",
        complete=True,
        status="probationary",
        admitted=wrong,
    )


@scenario(UG, -4, 2, clean=False)
def letter_run_out(c: Course, year: int) -> None:
    """Graduated with a letter in the pocket: the branch has called, nobody has accepted it."""
    whole(c, year)
    leaves = c.person.fields["leaves"]
    issued = previous_workday(plus(leaves, -11))
    transfer(
        c,
        previous_workday(plus(leaves, -14)),
        route="out_other_prov",
        reason=f"{leaves.year}届毕业生",
        to_party="中共望川市委组织部",
        to_branch="中共望川市软件园第二支部委员会",
        letter={"number": f"{leaves.year}-207", "issued": issued, "valid_days": 90},
        dues_paid_to=f"{leaves.year}-06",
    )
    day = next_workday(plus(leaves, 47))
    by = c.branch.officer("organisation", day).id
    c.act("follow_up", day, by=[by], method="phone", result="reached", summary="已入职，答应本月内去报到")


@scenario(PG, -3, 2, clean=False)
def lost_unsought(c: Course, year: int) -> None:
    """Kept at the school after graduation, then listed as lost although nobody is on record as having looked."""
    whole(c, year)
    leaves = c.person.fields["leaves"]
    transfer(c, previous_workday(plus(leaves, -12)), route="stay", reason="未落实单位，暂留学校", dues_paid_to=f"{leaves.year}-06")
    day = next_workday(plus(leaves, 128))
    c.act("lost_contact", day, measure="listed", last_contact=next_workday(plus(leaves, 9)), reason="电话停机，微信没有回复")


@scenario(UG, -2, 2, clean=False)
def review_copied(c: Course, year: int) -> None:
    """Only a copy of the review of the person's record is in the folder."""
    _, target = start(c, year)
    c.become_target(target)
    c.prepare(target)
    for act in c.college.acts:
        if act.person is c.person and act.step == "political_review":
            act.own["materials"] = ["M24", {"code": "M25", "count": 2}, {"code": "M26", "kind": "copy", "pages": 2}]
    c.platform_checks(c.as_of)
