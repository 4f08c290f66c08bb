"""Texts of the rules about becoming a target and being prepared that the procedure file states."""

from generator.audit.register import describes
from generator.audit.rule import How
from generator.diagnostics import Severity


@describes("DEV020", "培养不满一年就列为发展对象", How.DECLARED, severity=Severity.ERROR)
class OneYearAsActivist:
    """查什么：从成为积极分子之日起，到研究确定发展对象时是否已满十二个自然月。

    为什么：培养教育一年以上是硬条件，差一天也不够。

    依据：《细则》（2014）第13条，2026 版同条。

    错例：
        - {step: decide_activist, date: 2023-10-15, result: passed}
        - {step: propose_target, date: 2024-10-14, result: passed}

    对例：
        - {step: decide_activist, date: 2023-10-15, result: passed}
        - {step: propose_target, date: 2024-10-15, result: passed}
    """


@describes("DEV023", "上级未备案（同意）就列为发展对象", How.DECLARED, severity=Severity.ERROR)
class ConsentBeforeListing:
    """查什么：列为发展对象是否早于上级党委的备案（2014 版）或同意（2026 版），有没有这一步。

    为什么：支部只能提出人选，须经上级党委。

    依据：《细则》（2014）第13条，2026 版同条。

    错例：
        - {step: list_target, date: 2024-11-01}
        - {step: consent_target, date: 2024-11-05, decision: filed}

    对例：
        - {step: consent_target, date: 2024-11-05, decision: filed}
        - {step: list_target, date: 2024-11-05}
    """


@describes("DEV024", "公示不足规定的工作日", How.DECLARED, severity=Severity.ERROR)
class PublicityWorkdays:
    """查什么：公示从起始日到截止日（两头都算）的工作日数，周末、节假日不算，调休上班日算。
    放假安排尚未公布的年份，结果注明是暂定的。

    为什么：2026 版规定列为发展对象前公示不少于五个工作日；此前由各地各校规定。

    依据：《细则》（2026）第13条；本校规则。

    错例：
        - {step: publicise_target, start: 2026-06-08, date: 2026-06-11, result: clear}

    对例：
        - {step: publicise_target, start: 2026-06-08, date: 2026-06-12, result: clear}
    """


@describes("DEV025", "公示还没结束就进入下一步", How.DECLARED, severity=Severity.ERROR)
class ResultAfterPublicity:
    """查什么：列为发展对象或开会的日期，是否不晚于公示的最后一天。公示是规定动作的为错误，属本地惯例的为警告。

    为什么：公示最后一天仍可能收到反映，次日起才能下结论。

    依据：《细则》（2026）第13条。

    错例：
        - {step: publicise_target, start: 2026-06-08, date: 2026-06-12, result: clear}
        - {step: list_target, date: 2026-06-12}

    对例：
        - {step: publicise_target, start: 2026-06-08, date: 2026-06-12, result: clear}
        - {step: list_target, date: 2026-06-15}
    """


@describes("DEV027", "发展对象培训不足三天且不足二十四学时", How.DECLARED, severity=Severity.ERROR)
class TrainingLength:
    """查什么：短期集中培训的天数和学时；满三天或满二十四学时，有一项即可。写明例外理由的不报。

    为什么：未经培训，除个别特殊情况外不能接收。

    依据：《细则》（2014）第17条，2026 版同条。

    错例：
        - {step: train_target, start: 2024-11-16, date: 2024-11-17, days: 2, hours: 16, exam: passed}

    对例：
        - {step: train_target, start: 2024-11-16, date: 2024-11-17, days: 2, hours: 24, exam: passed}
    """


@describes("DEV029", "培训早于相应的身份", How.DECLARED, severity=Severity.WARNING)
class TrainingOfTheStage:
    """查什么：积极分子培训是否早于成为积极分子，发展对象培训是否早于列为发展对象。

    为什么：两种培训对象不同，早了往往是把别的班次算了进来。

    依据：《细则》（2014）第10条、第17条。

    错例：
        - {step: train_target, start: 2024-09-06, date: 2024-09-08, days: 3, hours: 24, exam: passed}
        - {step: list_target, date: 2024-11-05}

    对例：
        - {step: list_target, date: 2024-11-05}
        - {step: train_target, start: 2025-03-14, date: 2025-03-16, days: 3, hours: 24, exam: passed}
    """


@describes("DEV030", "入党介绍人不是两人", How.DECLARED, severity=Severity.ERROR)
class TwoSponsors:
    """查什么：介绍人是否恰为两人，且不是同一人。

    为什么：须有两名正式党员作介绍人。

    依据：《细则》（2014）第14条，2026 版同条。

    错例：
        - {step: assign_sponsors, date: 2024-11-08, sponsors: [{person: "2008017"}]}

    对例：
        - {step: assign_sponsors, date: 2024-11-08, sponsors: [{person: "2008017"}, {person: "1995003"}]}
    """


@describes("DEV034", "没有政治审查，或结论晚于支部大会", How.DECLARED, severity=Severity.ERROR)
class ReviewBeforeMeeting:
    """查什么：开支部大会之前有没有政治审查结论。

    为什么：未经政治审查或审查不合格，不能发展入党。

    依据：《细则》（2014）第16条，2026 版同条。

    错例：
        - {step: admission_meeting, date: 2025-05-20, result: passed}
        - {step: political_review, date: 2025-05-26, result: passed}

    对例：
        - {step: political_review, date: 2025-03-03, result: passed}
        - {step: admission_meeting, date: 2025-05-20, result: passed}
    """


@describes("DEV038", "没有支委会审查，或审查晚于预审", How.DECLARED, severity=Severity.ERROR)
class CommitteeReviewBeforePreview:
    """查什么：上级党委预审之前有没有支委会审查，日期是否在前。

    为什么：支委会先集体讨论认为合格，才能报上级预审。

    依据：《细则》（2014）第19条；《细则》（2026）第18条。

    错例：
        - {step: preview, date: 2025-04-25, result: passed}
        - {step: committee_review, date: 2025-04-28, result: passed}

    对例：
        - {step: committee_review, date: 2025-04-10, result: passed}
        - {step: preview, date: 2025-04-25, result: passed}
    """
