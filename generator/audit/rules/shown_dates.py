from collections.abc import Iterator

from generator.audit.comparison import Difference, differences
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.procedure.scope import FIELD_NAMES, PERSON_NAMES

NAMES = {
    **FIELD_NAMES, **PERSON_NAMES,
    "date": "日期", "from": "起始日期", "to": "截止日期", "due": "应到人数", "present": "实到人数", "for": "赞成票数",
    "against": "反对票数", "abstain": "弃权票数", "result": "结果", "outcome": "结果", "serial": "编号",
    "name": "姓名", "sex": "性别", "ethnicity": "民族", "native_place": "籍贯", "birthplace": "出生地", "category": "类别",
}  # fmt: skip
"""What a paper is said to state; of other fields only the step is named."""


@checks("DEV003", "申请日期前后不一", severity=Severity.ERROR, timeless=True)
def application_dates(subject: Subject) -> Iterator[Found]:
    """查什么：各份材料上写的申请日期（shows 里抄录的），与申请记录是否一致。没有抄录的属未核对，不算一致。

    为什么：培养考察登记表、志愿书等处的申请日期最容易抄错，审档时一对便知。

    依据：材料之间应当一致，属审档的通行要求。

    错例：
        - {step: apply, date: 2024-09-02, materials: [M01]}
        - step: inspect
          date: 2025-04-10
          by: branch
          materials: [{code: M15, shows: {apply.date: 2024-09-12}}]

    对例：
        - {step: apply, date: 2024-09-02, materials: [M01]}
        - step: inspect
          date: 2025-04-10
          by: branch
          materials: [{code: M15, shows: {apply.date: 2024-09-02}}]
    """
    for difference in differences(subject):
        if difference.step is not None and "DEV003" in difference.step.pitfalls:
            yield _found(subject, difference)


@checks("DEV055", "材料上的日期与会议、审批等记录不一致", severity=Severity.ERROR, timeless=True)
def other_dates(subject: Subject) -> Iterator[Found]:
    """查什么：志愿书、审批栏等材料上写的日期和结果（shows 里抄录的），与相应记录是否一致。

    为什么：志愿书上的大会、审批日期须与会议记录、批复相同，它们决定预备期和党龄。

    依据：材料之间应当一致，属审档的通行要求。

    错例：
        - {step: admission_meeting, date: 2025-05-20, result: passed}
        - step: approve_admission
          date: 2025-06-18
          result: passed
          materials: [{code: M30, shows: {admission_meeting.date: 2025-05-21}}]

    对例：
        - {step: admission_meeting, date: 2025-05-20, result: passed}
        - step: approve_admission
          date: 2025-06-18
          result: passed
          materials: [{code: M30, shows: {admission_meeting.date: 2025-05-20}}]
    """
    for difference in differences(subject):
        if difference.step is not None and "DEV003" not in difference.step.pitfalls:
            yield _found(subject, difference)


@checks("DEV065", "姓名、出生日期等与材料不一致", severity=Severity.ERROR, timeless=True)
def personal_details(subject: Subject) -> Iterator[Found]:
    """查什么：材料上写的姓名、性别、民族、出生日期、籍贯等（shows 里抄录的），与个人信息是否一致。
    身份证号加密存放，不在这里核对。

    为什么：同一个人在不同材料上信息不一，档案审核时要逐份更正并说明。

    依据：材料之间应当一致，属审档的通行要求。

    错例：
        born: 2003-05-17
        log:
        - {step: apply, date: 2024-09-02, materials: [{code: M01, shows: {born: 2003-05-07}}]}

    对例：
        born: 2003-05-17
        log:
        - {step: apply, date: 2024-09-02, materials: [{code: M01, shows: {born: 2003-05-17}}]}
    """
    for difference in differences(subject):
        if difference.step is None:
            yield _found(subject, difference)


def _found(subject: Subject, difference: Difference) -> Found:
    material = subject.rules.materials.get(difference.paper.code)
    title = material.title if material else difference.paper.code
    about = f"{difference.step.title}" if difference.step else "个人信息"
    what = NAMES.get(difference.key.rpartition(".")[2] if "." in difference.key or not difference.step else "date", "")
    fact = f"{difference.step.title}{'的' if what else ''}{what}" if difference.step else what
    return Found(
        difference.place,
        f"{title}上写的{fact}是 {difference.shown}，记录为 {difference.recorded}",
        "核对原件：记录错了改记录，材料错了按规定更正并附说明。",
        difference.paper.entry.step,
        (Related(difference.recorded_at, f"{about}的记录"),),
    )
