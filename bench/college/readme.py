"""The description of the demo college, in Chinese, for `data/README.md`."""

from __future__ import annotations

from bench.college.model import College, Person
from bench.college.scans import scanned
from bench.college.sealed import SEALED
from bench.college.to_print import TABLES, unprinted

# Scenario → what there is to see. Those of FLAWS are left out here.
STORIES: dict[str, str] = {
    "applicant_new": "刚递交申请，谈话期限未到",
    "applicant_talked": "已谈话，尚未推荐",
    "applicant_recommended": "已推优，待支委会研究",
    "applicant_refused_by_committee": "支委会未通过，留在申请人阶段",
    "filing_returned": "积极分子备案被退回",
    "filing_returned_then_filed": "备案退回，补正后备案",
    "applied_returned_then_again": "申请书退回，次年重新申请（第二次起算）",
    "activist_fresh": "今秋新确定的积极分子",
    "activist_year1": "培养第一年",
    "activist_year2": "培养第二年",
    "activist_publicised": "支部另行公示积极分子",
    "activist_suspended": "休学，平台归档中",
    "activist_suspended_restored": "休学后恢复",
    "activist_moved_branch": "转专业换支部，培养时间连续计算",
    "activist_enrolled_elsewhere": "本校读研换学号、换党委，培养时间连续计算",
    "activist_archived_at_graduation": "毕业时仍是积极分子，材料随档案转出",
    "applicant_archived_at_graduation": "毕业时仍是申请人",
    "stage_adjusted": "平台误录阶段，已调整",
    "activist_in_publicity": "上级已同意，正在公示或刚公示完",
    "target_publicity_objection": "公示有反映，查否后列为发展对象",
    "publicity_objected": "公示有反映且属实，不列为发展对象",
    "consent_returned": "上级党委退回发展对象人选",
    "proposal_voted_down": "支委会一次未通过，半年后通过",
    "target_listed": "已列为发展对象，待培训",
    "target_in_training": "正在集中培训",
    "target_failed_exam": "培训考试未通过",
    "target_preview_failed": "预审未通过",
    "target_ready": "预审通过，待填志愿书和开会",
    "teacher_activist": "教职工积极分子",
    "teacher_target": "教师发展对象",
    "admission_voted_down": "支部大会未通过接收",
    "awaiting_approval": "大会已通过，待上级党委审批",
    "approval_refused": "上级党委未批准",
    "probationary_fresh": "今年六月接收，跨新旧两版细则",
    "probationary_fresh_postgraduate": "今年六月接收的研究生",
    "across_the_change": "预审在新细则公布之前，大会在其后",
    "probationary_due": "预备期将满",
    "conversion_meeting_due": "预备期刚满，待开大会",
    "teacher_probationary": "教师预备党员（党总支审议、学校党委审批）",
    "conversion_deferred_after_transfer_in": "转入的预备党员，推迟讨论转正",
    "conversion_extended": "延长预备期六个月，尚未期满",
    "conversion_extended_then_converted": "延长后转正",
    "conversion_cancelled": "取消预备党员资格",
    "full_archived": "全程办结并归档的毕业生",
    "full_converted": "毕业前一个月转正的毕业生",
    "full_converted_postgraduate": "毕业前转正的研究生",
    "archive_delayed": "归档延期报备后办结",
    "teacher_full": "教师，全程在 2014 年细则下",
    "staff_full": "机关职工，全程在 2014 年细则下",
    "late_for_a_reason": "审批、转正均有延误并写明原因，免函调",
    "waiver": "谈话超期，已写免责说明",
    "long_log": "全过程只写在个人经历里，不用事件文件",
    "readmitted": "除名多年后重新申请、入党",
    "left_as_applicant": "撤回入党申请",
    "retired_full": "离退休党员，只知转正日期",
    "sanctioned_then_restored": "受过留党察看，已恢复权利",
    "member_moved_branch": "正式党员换支部",
    "left_the_party": "退党",
}

# Scenario → code of the finding, and what is wrong on purpose.
FLAWS: dict[str, tuple[str, str]] = {
    "barely_begun": ("DEV067", "上周递交申请，申请书还没有登记（几乎空白的档案）"),
    "talk_unsigned": ("DEV116", "谈话记录没有签名"),
    "contact_graduated": ("DEV013", "唯一的培养联系人六月毕业，没有另行指定"),
    "inspected_late": ("DEV014", "有一次半年考察晚了九天（十五天宽限之内）"),
    "one_letter": ("DEV035", "缺母亲的函调，也没有写免函调的理由"),
    "minutes_unsigned": ("DEV069", "组织员没有在会议记录上签字"),
    "objection_open": ("DEV026", "公示期间的反映没有办结"),
    "shortly_before_leaving": ("DEV042", "大会开在离校前三个月之内"),
    "approval_overdue": ("DEV052", "大会过去五个月，上级仍未审批（逾期）"),
    "conversion_overdue": ("DEV060", "预备期满五个月，没有讨论转正（逾期）"),
    "platform_differs": ("DEV070", "平台把审批日期当成了入党日期"),
    "letter_run_out": ("DEV073", "毕业转出，介绍信过期，没有接收（口袋党员）"),
    "lost_unsought": ("DEV074", "列为失联，没有查找记录"),
    "oath_across_the_change": ("DEV104", "审批在新细则之前、宣誓在其后，是否超期需核对（提示）"),
}

HEAD = """\
# 示例记录

这里是一所虚构学校（海岱理工学院）的记录，供演示和测试。**人员、单位、会议、票数和日期全部是编造的**，
与任何真人、真实学校无关；没有任何人的身份证号、手机号、住址。

截至日期按 2026-11-20 设计：

```
jishi check --as-of 2026-11-20
jishi due --as-of 2026-11-20
```

{people} 人，{committees} 个党委（党总支），{branches} 个支部。平台为灯塔，本地规则集为 `campus`。

| 目录 | 名称 | 特点 |
|---|---|---|
{table}

一件事怎样写都可以：多人共同的会议、公示、培训、审批写成事件文件（支部或党委的 `events/`），一个人的事写在个人经历里；
同一步骤在这里两种写法都有。

## 有意留下的问题

`check` 没有错误，恰好报出下列警告和提示：

| 代码 | 人员 | 情况 |
|---|---|---|
{flaws}
| DEV067（{tables} 项） | {unprinted} | 登记表还没有印出、签字，随卷的只有外来和手写的材料（日常办理中的样子） |

{unprinted} 的登记表都有记录可填：`jishi dossier {unprinted}` 把它们印在档案里，签名处留空；原件签好、在 `materials` 里登记之后，
档案不再重复印制（始终按现有记录印在册内的只有全程纪实表、会议记录摘录、档案完整性审核意见和材料清单）。
归档时仍缺考察表等核心材料的，`check` 报错误。

## 看什么，找谁

| 情况 | 人员 |
|---|---|
{stories}

{scanned} 的入党申请书、自传、转正申请书附有扫描件（`cs/cs-ug1/people/scans/`），都是写明“样张”的空白图样，
不是任何人的材料：PDF 两页、JPEG 一页、横页 PNG 一页。

{sealed} 的身份证号、手机、住址是密封的（`people/<学号>.age`），`jishi form M15 --complete` 印出的登记表里是“（密封）”
（原件已在卷，档案里不再印登记表）。封在里面的也是编造的：号码全是 0，
地址不存在。`recipients.txt` 里的公钥没有对应的私钥，所以谁也打不开；`jishi seal`、`jishi unseal` 请在自己的记录里试用。

其余人员是带着经历转入的正式党员（`baseline`），担任支部和党委的职务、培养联系人、入党介绍人和组织员。

这些记录由 `python -m bench.college 空文件夹 --demo` 生成；`--people 300 --clean` 可生成任意规模、没有差错的学院。
"""


def readme(college: College) -> str:
    """Markdown with who shows what."""
    by_scenario: dict[str, list[Person]] = {}
    for person in college.people:
        by_scenario.setdefault(person.scenario, []).append(person)
    table = [
        f"| `{committee.id}/{branch.id}` | {branch.name} | {_traits(branch.has_committee, bool(branch.groups), committee.may_approve)} |"
        for committee in college.committees
        for branch in committee.branches
    ]
    flaws = [
        f"| {code} | {person.id} | {text} |"
        for name, (code, text) in FLAWS.items()
        for person in by_scenario.get(name, ())
    ]
    stories = [
        f"| {text} | {'、'.join(person.id for person in by_scenario[name])} |"
        for name, text in STORIES.items()
        if name in by_scenario
    ]
    return HEAD.format(
        people=len(college.people),
        committees=len(college.committees),
        branches=len(college.branches),
        table="\n".join(table),
        flaws="\n".join(flaws),
        stories="\n".join(stories),
        scanned=scanned(college.people).id,
        sealed="、".join(SEALED),
        tables=len(TABLES),
        unprinted=unprinted(college.people).id,
    )


def _traits(committee: bool, groups: bool, approves: bool) -> str:
    return "，".join(
        (
            "设支委会" if committee else "不设支委会（正式党员不足七人）",
            "设党小组" if groups else "不设党小组",
            "二级党委审批" if approves else "党总支审议，学校党委审批",
        )
    )
