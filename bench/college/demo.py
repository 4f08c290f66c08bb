"""The small college this repository shows: every stage, every outcome, both versions of the rules, and a few deliberate flaws."""

from __future__ import annotations

from datetime import date

from bench.college import special as special
from bench.college.model import Branch, College, merged
from bench.college.population import builder, finish, live
from bench.college.scenarios import SCENARIOS
from bench.college.structure import Builder

DEMO_DAY = date(2026, 11, 20)
DEMO_SEED = 2026

# Branch → scenarios of its people; a star marks one of the unusual names.
CASTS: dict[str, str] = {
    "cs-ug1": "barely_begun applicant_new applicant_talked applicant_recommended applicant_refused_by_committee filing_returned activist_fresh* "
    "activist_fresh activist_year1 activist_suspended target_ready* target_ready target_listed probationary_fresh* probationary_fresh probationary_due* "
    "probationary_due long_log* full_archived full_archived activist_archived_at_graduation",
    "cs-ug2": "applicant_new* applied_returned_then_again filing_returned_then_filed activist_fresh activist_fresh activist_suspended_restored "
    "activist_moved_branch activist_in_publicity target_publicity_objection target_in_training target_preview_failed awaiting_approval* awaiting_approval "
    "probationary_due conversion_meeting_due conversion_extended_then_converted full_converted waiver stage_adjusted",
    "cs-pg1": "applicant_new activist_first_weeks activist_first_weeks activist_year1* target_listed probationary_fresh_postgraduate "
    "probationary_fresh_postgraduate conversion_deferred_after_transfer_in full_converted_postgraduate",
    "cs-t1": "teacher_full teacher_activist teacher_target readmitted",
    "em-pg1": "applicant_talked activist_enrolled_elsewhere activist_first_weeks* conversion_extended probationary_fresh_postgraduate target_ready "
    "full_converted_postgraduate",
    "em-office": "staff_full teacher_activist conversion_cancelled left_as_applicant",
    "fa-ug1": "applicant_talked activist_fresh activist_year1 publicity_objected consent_returned proposal_voted_down admission_voted_down* approval_refused "
    "awaiting_approval probationary_fresh probationary_due full_archived applicant_archived_at_graduation target_failed_exam archive_delayed",
    "fa-t1": "teacher_activist teacher_probationary",
}


def demo() -> College:
    """The same college every time."""
    build = builder(DEMO_SEED, DEMO_DAY)
    _frame(build)
    for branch in build.college.branches:
        for name in CASTS[branch.id].split():
            live(build, branch, SCENARIOS[name.rstrip("*")], notable=name.endswith("*"))
    return finish(build)


def _frame(build: Builder) -> None:
    cs = build.committee("cs", "计算机学院党委")
    groups = ("第一党小组", "第二党小组")
    build.branch(cs, "cs-ug1", "计算机学院本科生第一党支部", "undergraduate", veterans=7, groups=groups, office="信息楼 204")
    build.branch(cs, "cs-ug2", "计算机学院本科生第二党支部", "undergraduate", veterans=7, office="信息楼 206")
    pg = build.branch(cs, "cs-pg1", "计算机学院研究生党支部", "postgraduate", veterans=6, groups=groups, office="信息楼 310")
    build.branch(cs, "cs-t1", "软件工程系教师党支部", "teacher", veterans=9, groups=groups, office="信息楼 412")
    em = build.committee("em", "经济管理学院党委")
    em_pg = build.branch(em, "em-pg1", "经济管理学院研究生党支部", "postgraduate", veterans=6, office="文经楼 118")
    build.branch(em, "em-office", "经济管理学院机关党支部", "staff", veterans=8, groups=groups, office="文经楼 201")
    fa = build.committee("fa", "艺术设计系党总支", may_approve=False)
    build.branch(fa, "fa-ug1", "艺术设计系本科生党支部", "undergraduate", veterans=7, groups=groups, office="艺术楼 105")
    build.branch(fa, "fa-t1", "艺术设计系教师党支部", "teacher", veterans=5, has_committee=False, office="艺术楼 302")
    for committee, room in ((cs, "信息楼 201"), (em, "文经楼 102"), (fa, "艺术楼 101")):
        build.staff_committee(committee)
        plans = [{"year": year, "branch": branch.id, "quota": _quota(branch)} for year in (2025, 2026) for branch in committee.branches]
        committee.fields = merged(committee.fields, {"office": {"room": room}, "plans": plans})
    build.young_member(pg, 2024)
    build.young_member(pg, 2025)
    build.young_member(em_pg, 2025, notable=True)


def _quota(branch: Branch) -> int:
    return {"undergraduate": 6, "postgraduate": 3}.get(branch.kind, 1)
