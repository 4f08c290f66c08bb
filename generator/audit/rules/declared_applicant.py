"""Texts of the rules about applying and becoming an activist that the procedure file states."""

from generator.audit.register import describes
from generator.audit.rule import How
from generator.diagnostics import Severity


@describes("DEV001", "申请入党时未满十八周岁", How.DECLARED, severity=Severity.ERROR)
class ApplicantAge:
    """查什么：申请日期当天是否已满十八周岁。

    为什么：年龄是申请入党的基本条件，差一天也不行。

    依据：《细则》（2014）第5条，2026 版同条。

    错例：
        born: 2006-05-17
        log:
        - {step: apply, date: 2024-05-16}

    对例：
        born: 2006-05-17
        log:
        - {step: apply, date: 2024-05-17}
    """


@describes("DEV004", "收到申请后一个月内没有谈话", How.DECLARED, severity=Severity.ERROR)
class TalkWithinMonth:
    """查什么：谈话日期是否在收到申请书之日起一个自然月内；没写收到日期的，从申请日期算。

    为什么：谈话是党组织对申请人的第一次回应，逾期即程序不合规。按自然月计，不按三十天计。

    依据：《细则》（2014）第7条，2026 版同条。

    错例：
        - {step: apply, date: 2024-01-30, received: 2024-01-31}
        - {step: talk, date: 2024-03-01}

    对例：
        - {step: apply, date: 2024-01-30, received: 2024-01-31}
        - {step: talk, date: 2024-02-29}
    """


@describes("DEV005", "没有谈话记录，或谈话早于申请", How.DECLARED, severity=Severity.ERROR)
class TalkAfterApplying:
    """查什么：后面的步骤已经做了而没有谈话，或谈话日期早于申请日期。

    为什么：先有申请，才有派人谈话；日期颠倒多半是事后补写。

    依据：《细则》（2014）第7条，2026 版同条。

    错例：
        - {step: apply, date: 2024-03-04}
        - {step: talk, date: 2024-03-01}

    对例：
        - {step: apply, date: 2024-03-04}
        - {step: talk, date: 2024-03-20}
    """


@describes("DEV006", "谈话之前就确定为积极分子", How.DECLARED, severity=Severity.ERROR)
class DecideAfterTalk:
    """查什么：研究确定积极分子的会议是否早于派人谈话。

    为什么：党组织应先了解申请人，再研究是否列为培养对象。

    依据：《细则》（2014）第7条、第8条。

    错例：
        - {step: decide_activist, date: 2024-03-10, result: passed}
        - {step: talk, date: 2024-03-20}

    对例：
        - {step: talk, date: 2024-03-20}
        - {step: decide_activist, date: 2024-10-15, result: passed}
    """


@describes("DEV008", "推荐晚于研究确定的会议", How.DECLARED, severity=Severity.ERROR)
class RecommendBeforeDeciding:
    """查什么：党员推荐或群团推优的日期是否晚于确定积极分子的会议。

    为什么：会议是在推荐的基础上研究的，推荐在后等于没有推荐。

    依据：《细则》（2014）第8条，2026 版同条。

    错例：
        - {step: decide_activist, date: 2024-10-15, result: passed}
        - {step: recommend, date: 2024-10-20, method: league}

    对例：
        - {step: recommend, date: 2024-10-10, method: league}
        - {step: decide_activist, date: 2024-10-15, result: passed}
    """


@describes("DEV012", "培养联系人当天不是正式党员", How.DECLARED, severity=Severity.ERROR)
class ContactStanding:
    """查什么：指定之日，每名联系人是否已是正式党员；留党察看期间或党员权利尚未恢复的给出警告。

    为什么：联系人须是正式党员。来自同一党委其他支部的可以。

    依据：《细则》（2014）第9条，2026 版同条。

    错例：
        # 2021030099 在 2024-12-01 才转正
        - {step: assign_contacts, date: 2024-10-15, contacts: ["2021030099"]}

    对例：
        # 2008017 早已转正
        - {step: assign_contacts, date: 2024-10-15, contacts: ["2008017"]}
    """


@describes("DEV014", "支部没有每半年考察一次", How.DECLARED, severity=Severity.ERROR)
class HalfYearlyInspection:
    """查什么：从成为积极分子起，两次支部考察之间、以及最后一次到今天（或到列为发展对象）是否超过六个自然月。
    超出十五天以内为警告，再多为错误。只看支部的考察，其他意见由平台规则管。

    为什么：支部每半年要考察一次；缺一个半年，培养考察就不连续。

    依据：《细则》（2014）第11条，2026 版同条。

    错例：
        - {step: decide_activist, date: 2023-10-15, result: passed}
        - {step: inspect, date: 2024-06-20, by: branch}

    对例：
        - {step: decide_activist, date: 2023-10-15, result: passed}
        - {step: inspect, date: 2024-04-12, by: branch}
    """
