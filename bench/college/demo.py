"""The small college this repository shows: every stage, every outcome, both versions of the rules, and a few deliberate flaws."""

from __future__ import annotations

from datetime import date

from bench.college.days import next_workday, plus
from bench.college.model import Act, Branch, College, Fields, Person, merged
from bench.college.population import builder, finish, live
from bench.college.readme import FLAWS, STORIES
from bench.college.scans import name_scans
from bench.college.scenarios import SCENARIOS
from bench.college.structure import Builder
from bench.college.to_print import leave_to_print

DEMO_DAY = date(2026, 11, 20)
DEMO_SEED = 2026

# Branch → scenarios of its people; a star marks one of the unusual names.
CASTS: dict[str, str] = {
    "cs-ug1": (
        "barely_begun applicant_new talk_unsigned applicant_recommended applicant_refused_by_committee "
        "filing_returned activist_fresh* activist_year1 activist_year2 activist_suspended target_ready* "
        "target_listed probationary_fresh* probationary_due* long_log* full_archived letter_run_out "
        "contact_graduated one_letter activist_archived_at_graduation"
    ),
    "cs-ug2": (
        "applicant_new* applied_returned_then_again filing_returned_then_filed activist_year1 "
        "activist_suspended_restored activist_moved_branch activist_in_publicity target_publicity_objection "
        "target_in_training target_preview_failed awaiting_approval* probationary_due conversion_meeting_due "
        "conversion_extended_then_converted full_converted waiver activist_publicised stage_adjusted "
        "inspected_late minutes_unsigned"
    ),
    "cs-pg1": (
        "applicant_new activist_year1 activist_year1* target_listed probationary_fresh_postgraduate "
        "probationary_fresh_postgraduate conversion_deferred_after_transfer_in full_converted_postgraduate "
        "shortly_before_leaving"
    ),
    "cs-t1": "teacher_full* teacher_activist teacher_target readmitted",
    "em-pg1": (
        "applicant_talked activist_enrolled_elsewhere activist_year1* conversion_extended "
        "probationary_fresh_postgraduate target_ready lost_unsought"
    ),
    "em-office": (
        "staff_full late_for_a_reason teacher_activist conversion_cancelled left_as_applicant "
        "conversion_overdue oath_across_the_change"
    ),
    "fa-ug1": (
        "applicant_talked activist_fresh activist_year1 publicity_objected consent_returned "
        "proposal_voted_down admission_voted_down* approval_refused across_the_change probationary_due "
        "full_archived applicant_archived_at_graduation target_failed_exam archive_delayed objection_open "
        "platform_differs"
    ),
    "fa-t1": "teacher_activist teacher_probationary approval_overdue",
}


def demo() -> College:
    """The same college every time."""
    build = builder(DEMO_SEED, DEMO_DAY)
    _frame(build)
    for branch in build.college.branches:
        for name in CASTS[branch.id].split():
            person = live(build, branch, SCENARIOS[name.rstrip("*")], notable=name.endswith("*"))
            person.heading = person.heading or _heading(person.scenario)
    _reviews(build.college)
    name_scans(build.college)
    leave_to_print(build.college)
    return finish(build)


def _heading(scenario: str) -> str:
    """A comment above the record: what it shows."""
    if scenario in FLAWS:
        code, text = FLAWS[scenario]
        return f"示例（{code}）：{text}"
    return f"示例：{STORIES[scenario]}"


_PLANS: dict[str, list[Fields]] = {
    "cs": [{"date": date(2026, 12, 9), "title": "学院党委会审批", "step": "approve_admission", "text": "材料提前三个工作日报送"}],
    "fa": [{"date": date(2026, 12, 2), "title": "党总支会议", "step": "general_branch_review"}],
    "cs-ug1": [
        {"date": date(2026, 11, 26), "title": "支部党员大会", "step": "admission_meeting", "text": "信息楼 101"},
        {"date": date(2026, 12, 10), "title": "推荐积极分子", "step": "recommend", "text": "各党小组先提名单"},
    ],
    "cs-pg1": [{"date": date(2026, 12, 7), "to": date(2026, 12, 11), "title": "预备党员实践周", "text": "各党小组自行安排"}],
    "fa-t1": [{"date": date(2026, 12, 10), "title": "支部党员大会", "text": "研究积极分子和发展对象"}],
}
"""What bodies have planned for themselves in the term: id → `dates`."""
_MEETING_DAYS = {"cs-ug1": "双周四下午", "fa-t1": "每月第二个周四"}


def _plan(build: Builder) -> None:
    for committee in build.college.committees:
        committee.fields = merged(committee.fields, {"dates": _PLANS.get(committee.id)})
        for branch in committee.branches:
            branch.fields = merged(
                branch.fields, {"meeting_day": _MEETING_DAYS.get(branch.id), "dates": _PLANS.get(branch.id)}
            )


def _frame(build: Builder) -> None:
    cs = build.committee("cs", "计算机学院党委", "计算机")
    groups = ("第一党小组", "第二党小组")
    build.branch(
        cs,
        "cs-ug1",
        "计算机学院本科生第一党支部",
        "undergraduate",
        veterans=7,
        groups=groups,
        office="信息楼 204",
        contact="内线 6204",
    )
    build.branch(cs, "cs-ug2", "计算机学院本科生第二党支部", "undergraduate", veterans=7, office="信息楼 206")
    pg = build.branch(
        cs, "cs-pg1", "计算机学院研究生党支部", "postgraduate", veterans=6, groups=groups, office="信息楼 310"
    )
    teachers = build.branch(
        cs, "cs-t1", "软件工程系教师党支部", "teacher", veterans=7, groups=groups, office="信息楼 412"
    )
    em = build.committee("em", "经济管理学院党委", "经管")
    em_pg = build.branch(em, "em-pg1", "经济管理学院研究生党支部", "postgraduate", veterans=6, office="文经楼 118")
    office = build.branch(
        em, "em-office", "经济管理学院机关党支部", "staff", veterans=7, groups=groups, office="文经楼 201"
    )
    fa = build.committee("fa", "艺术设计系党总支", "艺术", may_approve=False)
    build.branch(
        fa, "fa-ug1", "艺术设计系本科生党支部", "undergraduate", veterans=7, groups=groups, office="艺术楼 105"
    )
    build.branch(
        fa,
        "fa-t1",
        "艺术设计系教师党支部",
        "teacher",
        veterans=5,
        has_committee=False,
        office="艺术楼 302",
        contact="内线 6302",
    )
    for committee, room, contact in (
        (cs, "信息楼 201", "内线 6201"),
        (em, "文经楼 102", None),
        (fa, "艺术楼 101", "内线 6301"),
    ):
        build.staff_committee(committee)
        plans = [
            {"year": year, "branch": branch.id, "quota": _quota(branch)}
            for year in (2025, 2026)
            for branch in committee.branches
        ]
        committee.fields = merged(
            committee.fields, {"office": merged({"room": room, "contact": contact}), "plans": plans}
        )
    _plan(build)
    build.young_member(pg, 2024)
    build.young_member(pg, 2025)
    build.young_member(em_pg, 2025, notable=True)
    _retired(build, teachers)
    _punished(build, teachers)
    _moved(build, office, teachers)
    _left(build, office)


def _quota(branch: Branch) -> int:
    return {"undergraduate": 6, "postgraduate": 3}.get(branch.kind, 1)


def _retired(build: Builder, branch: Branch) -> None:
    person = build.member(branch, date(1989, 7, 1), date(1987, 6, 26), "retired", sparse=True, notable=True)
    person.fields["note"] = "早年材料在学校人事档案室，本支部没有副本"
    person.scenario = "retired_full"


def _punished(build: Builder, branch: Branch) -> None:
    person = build.veteran(branch)
    person.fields["sanctions"] = [
        {"kind": "留党察看", "from": date(2018, 5, 10), "to": date(2019, 5, 9), "rights_restored": date(2019, 5, 16)}
    ]
    person.barred = (date(2018, 5, 10), date(2019, 5, 15))
    person.scenario = "sanctioned_then_restored"


def _moved(build: Builder, old: Branch, new: Branch) -> None:
    """A full member who changed branches within the school."""
    person = build.veteran(new)
    day = date(2023, 9, 4)
    person.full_from = day
    person.fields["former_names"] = [person.name[0] + "建" + person.name[-1]]
    person.log.append(
        (
            day,
            0,
            {
                "step": "move",
                "date": day,
                "from_branch": old.id,
                "to_branch": new.id,
                "handed_over": day,
                "reason": "岗位调整",
            },
            "",
        )
    )
    person.scenario = "member_moved_branch"


def _left(build: Builder, branch: Branch) -> None:
    person = build.veteran(branch, "staff")
    day = date(2021, 10, 20)
    person.until = plus(day, -1)
    person.log.append(
        (
            day,
            0,
            {
                "step": "leave_party",
                "date": day,
                "reason": "本人书面申请退党，支部大会讨论后报上级党委批准",
                "by": branch.committee.organiser(day).id,
            },
            "",
        )
    )
    person.scenario = "left_the_party"


def _reviews(college: College) -> None:
    """The organiser goes through the papers of the year's probationary members; the committee inspects one branch."""
    day = next_workday(date(2026, 10, 19))
    for branch in college.branches:
        for person in branch.people:
            if person.scenario in ("probationary_due", "probationary_fresh_postgraduate"):
                _review(
                    college, branch, person, "material_review", day, codes=["M01", "M15", "M26", "M30"], result="passed"
                )
            if person.scenario == "activist_year2":
                problem = {"code": "DEV019", "due": date(2026, 6, 30), "corrected": date(2026, 6, 18)}
                _review(
                    college,
                    branch,
                    person,
                    "inspection",
                    next_workday(date(2026, 5, 28)),
                    codes=["M15", "M16"],
                    result="failed",
                    problems=[problem],
                    consequence="一周内补签名",
                )
            if person.scenario == "activist_year1":
                _review(
                    college,
                    branch,
                    person,
                    "inspection",
                    next_workday(date(2026, 5, 28)),
                    codes=["M15", "M16"],
                    result="passed",
                )


def _review(college: College, branch: Branch, person: Person, step: str, day: date, **own: object) -> None:
    college.acts.append(Act(day, 98, person, branch, step, "committee", dict(own)))
