"""Texts of the codes that belong to no single step: order, gaps, versions, waivers."""

from generator.audit.register import describes
from generator.audit.rule import How
from generator.diagnostics import Severity


@describes("DEV100", "步骤先后颠倒", How.DECLARED, severity=Severity.ERROR)
class Order:
    """查什么：程序文件规定了先后的两个步骤，后一步的日期是否早于前一步。没有专门代码的先后关系都用本代码。

    为什么：程序的先后就是程序的内容；颠倒多半是补写或写错日期。

    依据：见该步骤在程序文件中所注的条款。

    错例：
        - {step: join_group, date: 2025-06-10, group: 第一党小组}
        - {step: approve_admission, date: 2025-06-18, result: passed}

    对例：
        - {step: approve_admission, date: 2025-06-18, result: passed}
        - {step: join_group, date: 2025-06-25, group: 第一党小组}
    """


@describes("DEV102", "超过期限", How.DECLARED, severity=Severity.ERROR)
class TooLate:
    """查什么：程序文件或本校规则定了最迟日期而没有专门代码的步骤，是否逾期。

    为什么：期限由该条规则说明。

    依据：见该步骤在程序文件中所注的条款。

    错例：
        - {step: approve_conversion, date: 2025-06-17, result: passed}
        - {step: archive, date: 2026-06-01}

    对例：
        - {step: approve_conversion, date: 2025-06-17, result: passed}
        - {step: archive, date: 2025-06-24}
    """


@describes("DEV103", "早于规定的时间", How.DECLARED, severity=Severity.ERROR)
class TooEarly:
    """查什么：程序文件或本校规则定了最早日期而没有专门代码的步骤，是否过早。

    为什么：时间条件由该条规则说明。

    依据：见该步骤在程序文件中所注的条款。

    错例：
        # 本校规定申请满三个月才研究
        - {step: apply, date: 2024-09-02}
        - {step: decide_activist, date: 2024-10-15, result: passed}

    对例：
        - {step: apply, date: 2024-09-02}
        - {step: decide_activist, date: 2024-12-10, result: passed}
    """


@describes("DEV104", "新规定尚不能确定的地方，需核对", How.DECLARED, severity=Severity.INFO)
class Changeover:
    """查什么：记录落在新规定印发与公布之间，或期限跨越新旧规定；新规定只见于转述、转述又不确定的几处
    （批准后一个月内宣誓、书面意见是否计入票数、发展对象是备案还是同意）。这时不判对错，只请核对。

    为什么：交接期内适用哪一版，条文原文怎样，应由上级党组织答复；拿不准的不能当作错误，也不能当作没有问题。

    依据：《细则》（2026）施行的时间和条文，待核实。

    错例：
        - {step: list_target, date: 2026-05-14}

    对例：
        - {step: list_target, date: 2026-06-15}
    """


@describes("DEV105", "早于 2014 年 5 月 28 日，需核对", How.DECLARED, severity=Severity.INFO)
class BeforeKnownVersions:
    """查什么：记录的日期早于本项目所载最早一版规定；其期限不作判断。

    为什么：当时适用的是更早的规定，不能拿后来的条文去衡量。

    依据：《细则》（2014）自 2014-05-28 起施行。

    错例：
        - {step: apply, date: 2013-09-10}

    对例：
        - {step: apply, date: 2014-09-10}
    """


@describes("DEV106", "工作日数是暂定的", How.DECLARED, severity=Severity.INFO)
class ProvisionalWorkdays:
    """查什么：计算工作日所涉年份的放假安排是否已收录；没有收录的只按周末推算，并注明。

    为什么：放假和调休逐年公布，未公布前算出的日期可能变动。

    依据：国务院办公厅逐年公布的节假日安排。

    错例：
        - {step: publicise_target, start: 2031-09-29, date: 2031-10-10, result: clear}

    对例：
        - {step: publicise_target, start: 2025-09-15, date: 2025-09-19, result: clear}
    """


@describes("DEV107", "暂停或结束期间仍有记录", How.DECLARED, severity=Severity.WARNING)
class OutOfTheProcedure:
    """查什么：平台归档（暂停）、归档结束、出党等之后，恢复之前，是否又记了发展步骤。

    为什么：多半是日期写错，或漏记了恢复。

    依据：程序文件所列各步骤对身份的影响。

    错例：
        - {step: suspend, date: 2024-10-08, reason: 休学}
        - {step: inspect, date: 2024-12-10, by: branch}

    对例：
        - {step: suspend, date: 2024-10-08, reason: 休学}
        - {step: restore, date: 2024-12-02, reason: 复学}
        - {step: inspect, date: 2024-12-10, by: branch}
    """


@describes("DEV108", "免责说明没有用上", How.PYTHON, severity=Severity.WARNING)
class UnusedWaiver:
    """查什么：waivers 里的每一条，是否对得上一个现有的问题（代码、步骤、日期）。

    为什么：问题改正后说明还留着，以后会遮住新的问题。

    依据：本项目的记录格式。

    错例：
        waivers: [{code: DEV004, step: talk, date: 2024-09-20, reason: 邮寄延误, by: "1995003"}]
        log:
        - {step: apply, date: 2024-09-02}
        - {step: talk, date: 2024-09-20}

    对例：
        waivers: [{code: DEV004, step: talk, date: 2024-10-20, reason: 邮寄延误, by: "1995003"}]
        log:
        - {step: apply, date: 2024-09-02}
        - {step: talk, date: 2024-10-20}
    """


@describes("DEV109", "免责说明已到期", How.PYTHON, severity=Severity.WARNING)
class ExpiredWaiver:
    """查什么：写了期限（until）的免责说明是否已过期；过期后问题重新列出。

    为什么：有期限的容忍不能变成永久的。

    依据：本项目的记录格式。

    错例：
        # 截至 2024-12-01
        waivers: [{code: DEV004, step: talk, until: 2024-11-15, reason: 本人在外实习, by: "1995003"}]

    对例：
        # 截至 2024-11-01
        waivers: [{code: DEV004, step: talk, until: 2024-11-15, reason: 本人在外实习, by: "1995003"}]
    """


@describes("DEV110", "同一步骤记了两次", How.DECLARED, severity=Severity.WARNING)
class RecordedTwice:
    """查什么：只应做一次的步骤，在同一次申请里是否有两条已完成的记录。

    为什么：多半是个人记录和会议文件里各写了一遍，两处会不一致。

    依据：一件事实只写一处。

    错例：
        - {step: fill_book, date: 2025-05-06}
        - {step: fill_book, date: 2025-05-08}

    对例：
        - {step: fill_book, date: 2025-05-06}
    """


@describes("DEV111", "积极分子培训学时不足", How.DECLARED, severity=Severity.WARNING, layer="local")
class ActivistTrainingHours:
    """查什么：积极分子集中培训的学时是否达到本校规定。

    为什么：细则要求集中培训而没有规定学时，由各地各校规定。

    依据：本校规则。

    错例：
        # 本校要求 16 学时
        - {step: train_activist, start: 2025-03-08, date: 2025-03-09, hours: 8, exam: passed}

    对例：
        - {step: train_activist, start: 2025-03-08, date: 2025-03-09, hours: 16, exam: passed}
    """
