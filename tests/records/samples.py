"""Valid records to start from: a small tree that has no finding, and one full example of every kind of entry. All people are invented."""

from __future__ import annotations

from pathlib import Path

from generator.records.schema import RecordSchemas

SCHEMA_FOLDER = Path(__file__).parents[2] / "schema" / "records"

STEP_KINDS = {
    "apply": "apply",
    "talk": "talk",
    "recommend": "recommend",
    "decide_activist": "committee_meeting",
    "publicise_activist": "publicity",
    "file_activist": "filing",
    "assign_contacts": "assign_contacts",
    "inspect": "inspect",
    "report": "report",
    "train_activist": "training",
    "collect_opinions": "opinions",
    "propose_target": "committee_meeting",
    "consent_target": "filing",
    "publicise_target": "publicity",
    "list_target": "listing",
    "assign_sponsors": "assign_sponsors",
    "political_review": "political_review",
    "train_target": "training",
    "committee_review": "committee_meeting",
    "preview": "preview",
    "publicise_admission": "publicity",
    "fill_book": "fill_book",
    "sponsor_opinion": "sponsor_opinion",
    "admission_meeting": "members_meeting",
    "general_branch_review": "review_body",
    "superior_talk": "superior_talk",
    "approve_admission": "approval",
    "file_admission": "filing",
    "join_group": "join_group",
    "oath": "oath",
    "probation_inspect": "inspect",
    "probation_report": "report",
    "apply_conversion": "apply_conversion",
    "collect_opinions_conversion": "opinions",
    "sponsor_opinion_conversion": "sponsor_opinion",
    "committee_review_conversion": "committee_meeting",
    "publicise_conversion": "publicity",
    "conversion_meeting": "members_meeting",
    "defer_conversion": "deferral",
    "approve_conversion": "approval",
    "archive": "archive",
    "archive_delay": "archive_delay",
    "suspend": "status_change",
    "restore": "status_change",
    "adjust_stage": "stage_change",
    "move": "move",
    "transfer": "transfer",
    "follow_up": "follow_up",
    "lost_contact": "lost_contact",
    "leave_party": "status_change",
    "platform_audit": "platform_audit",
    "platform_check": "platform_check",
    "material_review": "dossier_review",
    "arrival_review": "dossier_review",
    "inspection": "dossier_review",
}


def schemas() -> RecordSchemas:
    return RecordSchemas.load([SCHEMA_FOLDER], STEP_KINDS, platforms=("dengta", "exianfeng"))


ORGANISATION = """\
id: school
name: 云河大学党委
platform: exianfeng
profile: national
office: {room: 行政楼 210, contact: 内线 2100}
terms: [{name: 2023-2024-2, from: 2024-02-26, to: 2024-06-28}]
upper_bodies:
- {id: upper, name: 云河市委教育工委, role: 再上一级组织部门}
"""
COMMITTEE = """\
name: 计算机学院党委
type: party_committee
may_approve: true
officers: [{function: secretary, person: "2008017", from: 2020-03-01}]
office: {room: 计算机楼 305, contact: 内线 6305}
plans: [{year: 2024, branch: ug-1, quota: 6}]
"""
GENERAL_BRANCH = """\
name: 机关党总支
type: general_branch
may_approve: false
approves_through: cs
"""
BRANCH = """\
name: 本科生第一党支部
kind: undergraduate
has_committee: true
has_groups: true
groups: [第一党小组, 第二党小组]
office: {room: 计算机楼 204, contact: 内线 6204}
officers:
- {function: secretary, person: "2008017", from: 2021-09-01}
- {function: organisation, person: "2010022", from: 2021-09-01, to: 2024-08-31}
established: 2012-09-01
temporary: false
meeting_day: 双周四下午
"""
TEACHER = """\
name: 闻述白
category: teacher
baseline: {arrived: 2008-07-01, status: full, admitted: 2003-06-12, probation: {from: 2003-06-12, to: 2004-06-11}, full_since: 2004-06-12}
"""
ORGANISER = """\
name: 申屠砚
type: part_time
level: college
committee: cs
full_since: 2006-06-20
appointed: 2019-03-01
trial: {from: 2019-03-01, to: 2020-02-29, assessed: 2020-03-05, result: passed}
served_branches: [ug-1]
objectives: [{item: 档案审核, metric: 每学期一次, due: 2024-12-31}]
trainings: [{date: 2024-04-10, hours: 16.5, title: 党务工作培训}]
appraisals: [{year: 2023, grade: 优秀}]
"""
PERSON = """\
# 本科生
name: 林知远
former_ids: ["2017030101"]
sex: 男
ethnicity: 汉族
born: 2003-05-17
native_place: 山东潍坊
category: undergraduate
league: {joined: 2017-05-04, left: 2031-05-17}
enrolled: 2021-09-01
leaves: 2025-06-20
accounts: [{platform: exianfeng, registered: 2021-10-12}]
sanctions: [{kind: 警告, from: 2022-03-01, to: 2023-02-28}]
waivers: [{code: DEV004, step: talk, date: 2021-11-20, reason: 邮寄延误, by: "1995003"}]
log:
- {step: apply, date: 2021-10-08, received: 2021-10-09, decision: accepted, materials: [M01]}
- {step: talk, date: 2021-10-26, by: ["2008017"], place: 支部活动室, materials: [M02]}
- step: report
  date: 2022-03-28
  title: 学习体会
  materials: [{code: M16, kind: original, pages: 4, signed: true, shows: {report.date: 2022-03-28}}]
- step: assign_contacts
  date: 2022-03-20
  contacts: ["2008017", {name: 顾行舟, unit: 文学院党委, full_since: 2010-06-12}]
- step: inspect
  date: 2022-09-16
  by: contacts
  stream: education
  opinion: |
    学习认真。
    团结同学。
"""
MEETING = """\
step: admission_meeting
date: 2024-05-20
place: 学院会议室
host: "2008017"
recorder: "2010022"
due: 23
present: 20
attendance: {voting: ["2008017", "2010022"], observers: ["1995003"]}
organiser_signed: {by: "1995003", date: 2024-05-21}
people:
  "2021030117":
    ballots: {issued: 20, returned: 20, for: 18, against: 1, abstain: 1, invalid: 0}
    written: [{person: "2010022", date: 2024-05-18, vote: for}]
    result: passed
    materials: [M31, M32]
"""
APPROVAL = """\
step: approve_admission
date: 2024-06-18
body: cs
collective: true
one_by_one: true
people:
  "2021030117": {result: passed, probation: {from: 2024-05-20, to: 2025-05-19}, monthly_dues: 0.2}
"""

TREE = {
    "data/organisation.yaml": ORGANISATION,
    "data/cs/committee.yaml": COMMITTEE,
    "data/office/committee.yaml": GENERAL_BRANCH,
    "data/cs/ug-1/branch.yaml": BRANCH,
    "data/cs/organisers/1995003.yaml": ORGANISER,
    "data/cs/ug-1/people/2008017.yaml": TEACHER,
    "data/cs/ug-1/people/2010022.yaml": TEACHER.replace("闻述白", "简溪亭"),
    "data/cs/ug-1/people/2021030117.yaml": PERSON,
    "data/cs/ug-1/events/2024-05-20-admission_meeting.yaml": MEETING,
    "data/cs/events/2024-06-18-approve_admission.yaml": APPROVAL,
}
"""Path → text of a tree without any finding."""


def write_tree(root: Path, tree: dict[str, str]) -> None:
    for path, text in tree.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
