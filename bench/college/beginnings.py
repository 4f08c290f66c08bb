"""Courses of applicants and activists."""

from __future__ import annotations

from datetime import date

from bench.college.course import Course
from bench.college.days import add_workdays, next_workday, plus, previous_workday
from bench.college.scenarios import (
    ALL,
    PG,
    STUDENTS,
    UG,
    after_key,
    apply_autumn,
    apply_spring,
    scenario,
    start,
    whole,
)


@scenario(ALL, 0, 5)
def applicant_new(c: Course, year: int) -> None:
    c.apply(plus(c.as_of, -c.random.randrange(4, 20)), talk=False)


@scenario(STUDENTS, 0, 3)
def applicant_talked(c: Course, year: int) -> None:
    apply_autumn(c, year) if c.branch.kind == "undergraduate" else c.apply(date(year, 9, 20))


@scenario(STUDENTS, -1, 2)
def applicant_recommended(c: Course, year: int) -> None:
    c.apply(date(year + 1, 4, c.random.randrange(7, 25)))
    c.recommend(previous_workday(plus(c.as_of, -3)))


@scenario(UG, -1, 1)
def applicant_refused_by_committee(c: Course, year: int) -> None:
    apply_autumn(c, year)
    s = c.season(year + 1, "spring")
    c.recommend(s.recommend)
    c.act(
        "decide_activist",
        s.decide_activist,
        "branch",
        result="failed",
        materials=["M12"],
        reason="入校时间短，继续了解",
    )


@scenario(UG, -1, 1)
def filing_returned(c: Course, year: int) -> None:
    apply_autumn(c, year)
    s = c.season(year + 1, "spring")
    c.recommend(s.recommend)
    c.act("decide_activist", s.decide_activist, "branch", result="passed", materials=["M12"])
    c.file_activist(s.file_activist, decision="returned", opinion="推优材料不全，补齐后重新上报")


@scenario(UG, -1, 0)
def filing_returned_then_filed(c: Course, year: int) -> None:
    apply_autumn(c, year)
    s = c.season(year + 1, "spring")
    c.recommend(s.recommend)
    c.act("decide_activist", s.decide_activist, "branch", result="passed", materials=["M12"])
    c.file_activist(s.file_activist, decision="returned", opinion="备案表缺支部意见")
    c.file_activist(add_workdays(s.file_activist, 8))
    c.activist_since = s.decide_activist
    c.person.needs_contacts_until = date(year + 2, 10, 30)
    c.act("assign_contacts", add_workdays(s.file_activist, 10))
    c.train_activist(s.decide_activist)
    c.educate(plus(c.as_of, 1))
    c.platform_checks(c.as_of)


@scenario(STUDENTS, -2, 1)
def applied_returned_then_again(c: Course, year: int) -> None:
    """The first application is handed back, the second opens a new attempt."""
    day = date(year, 10, 12)
    c.act(
        "apply",
        day,
        received=next_workday(day),
        decision="returned",
        decided=add_workdays(day, 5),
        reason="申请书未说明本人经历，退回补写",
        materials=["M01"],
        comment="第一次申请",
    )
    c.apply(date(year + 1, 3, c.random.randrange(4, 26)), comment="第二次申请")
    chosen = c.season(year + 1, "autumn")
    c.become_activist(chosen, contacts_until=date(year + 4, 1, 1))
    c.educate(plus(c.as_of, 1))
    c.platform_checks(c.as_of)


@scenario(UG, -1, 6)
def activist_fresh(c: Course, year: int) -> None:
    """Chosen this autumn."""
    whole(c, year, slow=True)


@scenario(STUDENTS, -1, 12)
def activist_year1(c: Course, year: int) -> None:
    whole(c, year)


@scenario(UG, -2, 6)
def activist_year2(c: Course, year: int) -> None:
    """Chosen last autumn, a target next spring."""
    whole(c, year, slow=True)


def _suspended(c: Course, year: int) -> date:
    _, target = start(c, year)
    day = next_workday(date(c.as_of.year, 1, 8))
    c.educate(day)
    c.act("suspend", day, reason="休学一学期，平台归档", by=c.branch.committee.organiser(day).id)
    return target.list_target


@scenario(UG, -2, 1)
def activist_suspended(c: Course, year: int) -> None:
    _suspended(c, year)
    c.platform_checks(date(c.as_of.year, 1, 1))


@scenario(UG, -2, 1)
def activist_suspended_restored(c: Course, year: int) -> None:
    until = _suspended(c, year)
    back = next_workday(date(c.as_of.year, 5, 6))
    c.act("restore", back, reason="复学", by=c.branch.committee.organiser(back).id)
    c.educate(max(until, plus(c.as_of, 1)), first=False, since=back, paused=True)
    c.platform_checks(c.as_of)


@scenario(UG, -2, 0)
def activist_moved_branch(c: Course, year: int) -> None:
    """Changes the major, and with it the branch, within the same committee; the time counts on."""
    final = c.person.branch
    before = next((one for one in final.committee.branches if one is not final), final)
    c.branch = before
    day = next_workday(date(year + 1, 9, 8))
    _, target = start(c, year)
    cut, c.as_of = c.as_of, min(c.as_of, plus(day, -1))
    c.educate(day)
    c.as_of = cut
    c.branch = final
    c.act(
        "move",
        day,
        from_branch=before.id,
        to_branch=final.id,
        handed_over=day,
        counted_from=c.activist_since,
        reason="转专业",
    )
    c.act("assign_contacts", plus(day, 1), ended_reason="转入新支部，原联系人不再担任")
    c.educate(max(target.list_target, c.as_of), first=False, since=day)
    c.platform_checks(c.as_of)


@scenario(PG, 0, 0)
def activist_enrolled_elsewhere(c: Course, year: int) -> None:
    """Chosen as an undergraduate in another committee, goes on as a postgraduate under a new number."""
    final = c.person.branch
    others = [one for one in c.college.branches if one.kind == "undergraduate" and one.committee is not final.committee]
    before = others[0] if others else final
    c.person.own_log_only = True
    former = f"{year - 4}{before.committee.index + 1:02d}{before.committee.branches.index(before) + 1:02d}88"
    c.person.fields = after_key(c.person.fields, "name", former_ids=[former])
    c.branch = before
    apply_spring(c, year - 2)
    chosen = c.season(year - 2, "autumn")
    c.become_activist(chosen, contacts_until=date(year, 7, 1))
    day = next_workday(date(year, 9, 8))
    c.educate(day)
    c.branch = final
    c.act(
        "move",
        day,
        from_branch=before.id,
        to_branch=final.id,
        handed_over=day,
        counted_from=chosen.decide_activist,
        reason="本校读研",
    )
    c.person.needs_contacts_until = date(year + 1, 12, 1)
    c.act("assign_contacts", plus(day, 1), ended_reason="毕业离开原支部")
    c.educate(plus(c.as_of, 1), first=False, since=day)
    c.platform_checks(c.as_of)


@scenario(UG, -4, 3)
def activist_archived_at_graduation(c: Course, year: int) -> None:
    """Still an activist when leaving: the papers go with the person."""
    leaves = c.person.fields["leaves"]
    c.apply(date(year + 2, 3, c.random.randrange(4, 26)))
    c.become_activist(c.season(year + 2, "autumn"), contacts_until=leaves)
    day = previous_workday(plus(leaves, -2))
    c.educate(day)
    c.platform_checks(day)
    c.archive(day, "activist")


@scenario(UG, -4, 2)
def applicant_archived_at_graduation(c: Course, year: int) -> None:
    c.apply(date(year + 2, 10, c.random.randrange(9, 26)))
    c.archive(previous_workday(plus(c.person.fields["leaves"], -2)), "applicant")
