"""Courses of probationary and full members."""

from __future__ import annotations

from datetime import date

from bench.college.course import Course
from bench.college.days import add_months, add_workdays, next_workday, plus
from bench.college.scenarios import (
    PG,
    UG,
    WORK,
    apply_autumn,
    finish,
    scenario,
    start,
    whole,
    working_person,
)


@scenario(UG, -3, 6)
def probationary_fresh(c: Course, year: int) -> None:
    whole(c, year, slow=True)


@scenario(PG, -2, 6)
def probationary_fresh_postgraduate(c: Course, year: int) -> None:
    whole(c, year)


@scenario(UG, -3, 8)
def probationary_due(c: Course, year: int) -> None:
    whole(c, year)


@scenario(UG, -3, 2)
def conversion_meeting_due(c: Course, year: int) -> None:
    """The period has just expired, the application is in, the meeting is to be held."""
    apply_autumn(c, year)
    target = c.season(year + 2, "autumn", -13)
    c.become_activist(c.season(year + 1, "spring"), contacts_until=plus(target.assign_sponsors, 1))
    finish(c, target, wait=17)


@scenario(UG, -4, 2)
def conversion_extended_then_converted(c: Course, year: int) -> None:
    """Extended by six months, once, then converted."""
    _, target = start(c, year)
    c.become_target(target)
    c.become_probationary(target)
    c.platform_checks(date(year + 4, 6, 30))
    expiry = add_months(target.admission_meeting, 12)
    later = add_months(expiry, 6)
    c.probation(target.admission_meeting, later)
    c.conversion(
        expiry,
        "extend",
        extension_months=6,
        reason="近半年组织生活缺席较多，需继续考察",
        next_meeting=next_workday(later),
    )
    c.archive(add_workdays(c.conversion(later), 3), "member")


@scenario(PG, -3, 1)
def conversion_extended(c: Course, year: int) -> None:
    """The extended period is still running (the studies were prolonged by a year)."""
    c.person.fields["leaves"] = c.person.until = date(year + 4, 6, 30)
    _, target = start(c, year)
    c.become_target(target)
    c.become_probationary(target)
    expiry = add_months(target.admission_meeting, 12)
    later = add_months(expiry, 6)
    c.probation(target.admission_meeting, later)
    c.conversion(
        expiry,
        "extend",
        extension_months=6,
        reason="对支部分配的工作完成不好，延长考察",
        next_meeting=next_workday(later),
    )
    c.platform_checks(later)
    c.archive(add_workdays(c.conversion(later), 3), "member")


@scenario(WORK, -5, 0)
def conversion_cancelled(c: Course, year: int) -> None:
    target = working_person(c, year)
    expiry = add_months(target.admission_meeting, 12)
    c.probation(target.admission_meeting, expiry)
    c.conversion(expiry, "cancel", reason="长期不参加组织生活，不履行预备党员义务")


@scenario(PG, 0, 0)
def conversion_deferred_after_transfer_in(c: Course, year: int) -> None:
    """Came as a probationary member whose period ended soon after; the branch does not know the person yet."""
    arrived = date(year, 9, 1)
    admitted = date(year - 1, 10, 22)
    c.person.fields["baseline"] = {
        "arrived": arrived,
        "status": "probationary",
        "applied": date(year - 4, 10, 16),
        "activist_since": date(year - 3, 5, 12),
        "target_since": date(year - 1, 6, 12),
        "admitted": admitted,
        "probation": {"from": admitted, "to": plus(add_months(admitted, 12), -1)},
    }
    day = next_workday(date(year, 9, 21))
    c.act(
        "arrival_review",
        day,
        by=c.branch.committee.organiser(day).id,
        codes=["M01", "M15", "M26", "M30"],
        result="passed",
    )
    c.act("join_group", next_workday(date(year, 9, 22)), group=c.branch.groups[0] if c.branch.groups else None)
    c.act(
        "probation_inspect",
        next_workday(date(year, 9, 30)),
        "branch",
        opinion="转入不久，表现需要继续了解。",
        materials=["M37"],
    )
    c.act("probation_report", date(year, 9, 28), period=f"{year}年第3季度", materials=["M38"])
    c.ask_conversion(add_months(admitted, 12), date(year, 10, 12))
    c.act(
        "defer_conversion",
        next_workday(plus(add_months(admitted, 12), 1)),
        until=date(year + 1, 3, 31),
        reason="转入不足两个月，支部需要继续了解",
    )


@scenario(UG, -4, 8)
def full_archived(c: Course, year: int) -> None:
    """Converted in the last year, papers handed over at graduation."""
    whole(c, year)


@scenario(UG, -4, 5)
def full_converted(c: Course, year: int) -> None:
    whole(c, year, slow=True)


@scenario(PG, -3, 5)
def full_converted_postgraduate(c: Course, year: int) -> None:
    whole(c, year)


@scenario(WORK, -9, 2)
def teacher_full(c: Course, year: int) -> None:
    finish(c, working_person(c, year), admitted=True)


@scenario(WORK, -5, 2)
def staff_full(c: Course, year: int) -> None:
    teacher_full(c, year)


@scenario(WORK, -1, 3)
def teacher_activist(c: Course, year: int) -> None:
    teacher_full(c, year)


@scenario(WORK, -2, 2)
def teacher_target(c: Course, year: int) -> None:
    teacher_full(c, year)


@scenario(WORK, -3, 2)
def teacher_probationary(c: Course, year: int) -> None:
    finish(c, working_person(c, year), admitted=True)
