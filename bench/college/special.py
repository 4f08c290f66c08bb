"""Rare courses of life, only where they are asked for by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bench.college.course import Course
from bench.college.days import add_months, add_workdays, next_workday, plus
from bench.college.members import teacher_full
from bench.college.scenarios import (
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


@scenario(UG, -3)
def waiver(c: Course, year: int) -> None:
    """The talk was late for a reason that was approved."""
    day = date(year, 10, 15)
    c.act("apply", day, received=day, materials=["M01"])
    talked = next_workday(date(year, 11, 26))
    c.act("talk", talked, materials=["M02"], note="申请书在校区之间转送延误")
    by = c.branch.committee.organiser(talked).id
    c.person.fields["waivers"] = [
        {"code": "DEV004", "step": "talk", "date": talked, "reason": "校区封闭，申请书转送延误", "by": by}
    ]
    s = c.season(year + 1, "spring")
    target = c.season(year + 2, "autumn")
    c.become_activist(s, contacts_until=plus(target.assign_sponsors, 1))
    finish(c, target)


@scenario(UG, -3)
def long_log(c: Course, year: int) -> None:
    """Everything in the person's own log, nothing in events."""
    c.person.own_log_only = True
    c.person.heading = "本文件只用个人经历记录全过程，不引用支部和党委的事件文件。"
    whole(c, year)
    for half in range(3):
        day = next_workday(add_months(date(year + 1, 10, 20), 6 * half))
        c.act(
            "inspect",
            plus(day, 1),
            by="contacts",
            stream="education",
            opinion=f"{day.year}年第{half + 1}次：{TOLD[half]}",
        )


@scenario(UG, -2)
def target_failed_exam(c: Course, year: int) -> None:
    """Failed the examination of the short training and waits for the next class."""
    apply_autumn(c, year)
    target = c.season(year + 2, "autumn")
    c.become_activist(c.season(year + 1, "spring"), contacts_until=plus(target.assign_sponsors, 1))
    c.become_target(target)
    c.prepare(target, exam="failed", certificate=None)
    c.platform_checks(c.as_of)


@scenario(UG, -1)
def activist_publicised(c: Course, year: int) -> None:
    """The branch also gives public notice of its activists."""
    chosen, target = activist_and_target(c, year)
    apply_autumn(c, year)
    c.become_activist(chosen, contacts_until=plus(target.assign_sponsors, 1), notice=True)
    finish(c, target)


@scenario(WORK, -6)
def late_for_a_reason(c: Course, year: int) -> None:
    """Parents deceased, approval in the fifth month, meeting on conversion in the third: each time the reason is recorded."""
    apply_spring(c, year)
    usual = c.season(year + 2, "autumn")
    approve = next_workday(plus(add_months(usual.admission_meeting, 4), 3))
    target = replace(
        usual,
        approve=approve,
        notified=add_workdays(approve, 1),
        join_group=add_workdays(approve, 2),
        file_admission=add_workdays(approve, 4),
        oath=add_workdays(approve, 10),
    )
    c.become_activist(c.season(year, "autumn"), contacts_until=plus(target.assign_sponsors, 1))
    c.become_target(target)
    c.become_probationary(target)
    for act in c.college.acts:
        if act.person is c.person and act.step == "political_review":
            act.own.update(
                letters=None, letters_waived="父母均已去世，本人档案记载清楚", materials=["M24", "M25", "M26"]
            )
        if act.person is c.person and act.step == "approve_admission":
            act.home = "log"
            act.own["delay_reason"] = "党委换届，审批会议延后"
    expiry = add_months(target.admission_meeting, 12)
    c.probation(target.admission_meeting, plus(expiry, 70))
    approved = c.conversion(expiry, wait=62, late={"cause": "organisation", "reason": "支部书记空缺，补选后召开"})
    c.platform_checks(approved)
    c.archive(add_workdays(approved, 6), "member", "学校人事档案室")


@scenario(UG, -1)
def stage_adjusted(c: Course, year: int) -> None:
    """Entered on the platform one stage too far, set back the next day."""
    _, target = start(c, year)
    c.educate(target.list_target)
    c.platform_checks(c.as_of)
    day = next_workday(date(year + 1, 9, 15))
    by = c.branch.committee.organiser(day).id
    c.act("adjust_stage", day, from_stage="target", to_stage="activist", reason="平台误录为发展对象，当日更正", by=by)


@scenario(UG, -4)
def archive_delayed(c: Course, year: int) -> None:
    """Graduated, the handing over of the papers was announced as late and then done."""
    _, target = start(c, year, slow=True)
    c.become_target(target)
    c.become_probationary(target)
    expiry = add_months(target.admission_meeting, 12)
    c.probation(target.admission_meeting, expiry)
    c.platform_checks(c.conversion(expiry))
    leaves = c.person.fields["leaves"]
    c.act(
        "archive_delay",
        plus(leaves, -2),
        reported=plus(leaves, -2),
        reason="毕业去向未定，档案转递地址待确认",
        expected=date(year + 4, 9, 15),
    )
    c.archive(next_workday(date(year + 4, 9, 10)), "member")


@scenario(WORK, -7)
def readmitted(c: Course, year: int) -> None:
    """Was struck off years ago and starts again with a new application."""
    c.person.fields["baseline"] = {
        "arrived": date(year - 8, 7, 1),
        "status": "full",
        "admitted": date(year - 12, 6, 10),
        "probation": {"from": date(year - 12, 6, 10), "to": date(year - 11, 6, 9)},
        "full_since": date(year - 11, 6, 10),
    }
    c.person.fields["born"] = date(year - 34, 4, 9)
    c.person.fields["enrolled"] = date(year - 8, 7, 1)
    day = date(year - 6, 12, 12)
    c.act(
        "leave_party",
        day,
        reason="连续六个月不参加组织生活、不交党费，按自行脱党除名",
        by=c.branch.committee.organiser(day).id,
        comment="除名以前的经历见 baseline",
    )
    teacher_full(c, year)


@scenario(WORK, -3)
def left_as_applicant(c: Course, year: int) -> None:
    """Withdrew the application."""
    c.apply(date(year, 4, 8))
    day = add_workdays(date(year, 11, 4), 2)
    c.act("leave_party", day, reason="本人书面撤回入党申请", by=c.branch.committee.organiser(day).id)


TOLD = ("谈话两次，本人介绍了学习和社会工作情况。", "向本人反馈群众意见，约定改进。", "检查读书笔记，交流学习体会。")
