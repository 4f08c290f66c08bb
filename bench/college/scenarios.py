"""Life courses, each under its name. A scenario says in which year (counted from the present academic year) the person
enrolled or began, and what happens; what lies after the as-of day is left out by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bench.college.course import Course
from bench.college.days import add_months, add_workdays, next_workday, plus, previous_workday
from bench.college.seasons import Season

Run = Callable[[Course, int], None]
"""A course and the calendar year in which the person enrolled (students) or applied (staff)."""


@dataclass(frozen=True)
class Scenario:
    name: str
    run: Run
    who: tuple[str, ...]
    """Kinds of branch: undergraduate, postgraduate, teacher, staff."""
    start: int
    """Years from the present academic year to the year handed to `run`."""
    weight: int = 0
    """Frequency in a college of any size; 0: only where it is asked for by name."""
    clean: bool = True
    committee_approves: bool | None = None


SCENARIOS: dict[str, Scenario] = {}
UG, PG, WORK = ("undergraduate",), ("postgraduate",), ("teacher", "staff")
STUDENTS = UG + PG
ALL = STUDENTS + WORK


def scenario(who: tuple[str, ...], start: int, weight: int = 0, clean: bool = True) -> Callable[[Run], Run]:
    def register(run: Run) -> Run:
        SCENARIOS[run.__name__] = Scenario(run.__name__, run, who, start, weight, clean)
        return run

    return register


# ---- pieces ------------------------------------------------------------------------------------------------------


def apply_autumn(c: Course, year: int, **own: object) -> None:
    early = c.branch.kind == "postgraduate"
    day = date(year, 9, c.random.randrange(4, 14)) if early else date(year, 10, c.random.randrange(9, 26))
    c.apply(day, **own)  # type: ignore[arg-type]


def apply_spring(c: Course, year: int) -> None:
    c.apply(date(year, 3, c.random.randrange(3, 29)))


def activist_and_target(c: Course, year: int, slow: bool = False) -> tuple[Season, Season]:
    """The usual seasons: undergraduates are chosen in spring, postgraduates in their first autumn."""
    if c.branch.kind == "postgraduate":
        # A month and a half later than the others, because three months must pass after the application.
        return c.season(year, "autumn", 50), c.season(year + 2, "spring")
    if slow:
        return c.season(year + 1, "autumn"), c.season(year + 3, "spring")
    return c.season(year + 1, "spring"), c.season(year + 2, "autumn")


def start(c: Course, year: int, slow: bool = False) -> tuple[Season, Season]:
    """Application up to the activists' class."""
    chosen, target = activist_and_target(c, year, slow)
    if slow and c.branch.kind != "postgraduate":
        apply_spring(c, year + 1)
    else:
        apply_autumn(c, year)
    c.become_activist(chosen, contacts_until=plus(target.assign_sponsors, 1))
    return chosen, target


def whole(c: Course, year: int, slow: bool = False) -> None:
    """From the application to the archive, as far as the as-of day allows."""
    _, target = start(c, year, slow)
    finish(c, target)


def finish(c: Course, target: Season, *, wait: int = 1, admitted: bool = False) -> None:
    """From the proposal as a target (or, `admitted`, from the admission) to the archive; `wait`: days from the expiry to the meeting."""
    if not admitted:
        c.become_target(target)
        c.become_probationary(target)
    expiry = add_months(target.admission_meeting, 12)
    c.probation(target.admission_meeting, next_workday(plus(expiry, wait)))
    approved = c.conversion(expiry, wait=wait)
    c.platform_checks(approved)
    leaves = c.person.fields.get("leaves")
    day = add_workdays(approved, 6)
    c.archive(min(day, leaves) if leaves else day, "member", "学校学生档案室" if leaves else "学校人事档案室")


# ---- applicants --------------------------------------------------------------------------------------------------


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


# ---- activists ---------------------------------------------------------------------------------------------------


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
    c.person.fields = _after(c.person.fields, "name", former_ids=[former])
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


# ---- targets -----------------------------------------------------------------------------------------------------


def _this_autumn(c: Course, year: int, lag: int) -> Season:
    """An undergraduate of the third year, or a postgraduate of the second, whose season is the present autumn, some days later."""
    if c.branch.kind == "postgraduate":  # a doctoral student, who stays a year longer
        c.person.fields["leaves"] = c.person.until = date(year + 4, 6, 30)
    apply_autumn(c, year)
    target = c.season(year + 2, "autumn", lag)
    c.become_activist(c.season(year + 1, "spring"), contacts_until=plus(target.assign_sponsors, 1))
    return target


@scenario(STUDENTS, -2, 3)
def target_listed(c: Course, year: int) -> None:
    target = _this_autumn(c, year, 33)
    finish(c, target)


@scenario(STUDENTS, -2, 3)
def target_in_training(c: Course, year: int) -> None:
    finish(c, _this_autumn(c, year, 26))


@scenario(STUDENTS, -2, 6)
def target_ready(c: Course, year: int) -> None:
    finish(c, _this_autumn(c, year, 0))


@scenario(STUDENTS, -2, 2)
def activist_in_publicity(c: Course, year: int) -> None:
    """The superior committee has agreed, the five working days are running."""
    finish(c, _this_autumn(c, year, 55))


@scenario(UG, -2, 1)
def target_publicity_objection(c: Course, year: int) -> None:
    """An objection is looked into and does not hold; the person is listed."""
    target = _this_autumn(c, year, 0)
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
    target = _this_autumn(c, year, 0)
    _, end = target.publicise_target
    c.propose(target)
    c.consent(target)
    objection = {"date": end, "matter": "反映近期受过学业警告", "outcome": "情况属实，继续培养", "closed": True}
    c.publicise_target(target, result="objected", objections=[objection])
    c.educate(plus(c.as_of, 1))
    c.platform_checks(c.as_of)


@scenario(UG, -2, 1)
def consent_returned(c: Course, year: int) -> None:
    target = _this_autumn(c, year, 0)
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
    """The branch committee does not agree, a year later it does."""
    _, target = start(c, year)
    c.propose(target, result="failed")
    again = c.season(year + 3, "autumn")
    c.person.needs_contacts_until = plus(again.assign_sponsors, 1)
    c.become_target(again)
    c.prepare(again)
    c.preview(again)
    c.platform_checks(c.as_of)


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


# ---- admission ---------------------------------------------------------------------------------------------------


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
    finish(c, _this_autumn(c, year, -13))


@scenario(UG, -3, 1)
def approval_refused(c: Course, year: int) -> None:
    _, target = start(c, year)
    c.become_target(target)
    c.prepare(target)
    c.preview(target)
    c.meet(target)
    c.approve(target, result="failed", opinion="不予批准：对党的基本知识掌握不够，继续培养")
    c.platform_checks(c.as_of)


# ---- probation ---------------------------------------------------------------------------------------------------


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


# ---- full members ------------------------------------------------------------------------------------------------


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


def working_person(c: Course, year: int) -> Season:
    """A teacher or an official up to probation; two and a half years after the application."""
    apply_spring(c, year)
    target = c.season(year + 2, "autumn")
    c.become_activist(c.season(year, "autumn"), contacts_until=plus(target.assign_sponsors, 1))
    c.become_target(target)
    c.become_probationary(target)
    return target


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


def _after(fields: dict[str, object], key: str, **more: object) -> dict[str, object]:
    """The same mapping with more keys right behind one."""
    result: dict[str, object] = {}
    for name, value in fields.items():
        result[name] = value
        if name == key:
            result.update(more)
    return result
