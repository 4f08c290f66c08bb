"""Texts of the rules about admitting that the procedure file states."""

from generator.audit.register import describes
from generator.audit.rule import How
from generator.diagnostics import Severity


@describes("DEV039", "没有预审，或先填《入党志愿书》后预审", How.DECLARED, severity=Severity.ERROR)
class BookAfterPreview:
    """查什么：填写《入党志愿书》是否早于预审合格；早于预审为错误，同一天为警告。

    为什么：志愿书只发给预审合格的发展对象。

    依据：《细则》（2014）第19条；《细则》（2026）第18条。

    错例：
        - {step: fill_book, date: 2025-04-20}
        - {step: preview, date: 2025-04-25, result: passed}

    对例：
        - {step: preview, date: 2025-04-25, result: passed}
        - {step: fill_book, date: 2025-05-06}
    """


@describes("DEV041", "预审合格一个月后才开支部大会", How.DECLARED, severity=Severity.ERROR)
class MeetingWithinMonthOfPreview:
    """查什么：支部大会是否在预审合格之日起一个自然月内召开。

    为什么：2026 版作了规定；此前只是一些地方的规定。

    依据：《细则》（2026）第19条。

    错例：
        - {step: preview, date: 2026-06-10, result: passed}
        - {step: admission_meeting, date: 2026-07-13, result: passed}

    对例：
        - {step: preview, date: 2026-06-10, result: passed}
        - {step: admission_meeting, date: 2026-07-10, result: passed}
    """


@describes("DEV043", "到会的有表决权党员没有超过应到半数", How.DECLARED, severity=Severity.ERROR)
class Quorum:
    """查什么：实到人数的两倍是否大于应到人数。书面意见不算到会。

    为什么：到会人数不过半，会议无效。

    依据：《细则》（2014）第20条；《细则》（2026）第19条。

    错例：
        due: 24
        present: 12

    对例：
        due: 24
        present: 13
    """


@describes("DEV044", "赞成票没有超过应到半数却记为通过", How.DECLARED, severity=Severity.ERROR)
class Majority:
    """查什么：会议结果记为通过时，赞成票（版本规定计入书面意见的，一并计入）的两倍是否大于应到人数。

    为什么：过半数以应到会有表决权的正式党员为分母，不是实到人数。这是最常见的算错。

    依据：《细则》（2014）第21条；《细则》（2026）第20条。

    错例：
        due: 24
        present: 20
        ballots: {issued: 20, returned: 20, for: 12, against: 6, abstain: 2, invalid: 0}
        result: passed

    对例：
        due: 24
        present: 20
        ballots: {issued: 20, returned: 20, for: 13, against: 5, abstain: 2, invalid: 0}
        result: passed
    """


@describes("DEV045", "票数对不上", How.DECLARED, severity=Severity.ERROR)
class BallotArithmetic:
    """查什么：赞成、反对、弃权、无效之和是否等于收回票数；收回不多于发出，发出不多于实到。

    为什么：票数对不上，表决结果就不可信。

    依据：《细则》（2014）第21条；《细则》（2026）第20条。

    错例：
        present: 20
        ballots: {issued: 21, returned: 20, for: 18, against: 1, abstain: 0, invalid: 0}

    对例：
        present: 20
        ballots: {issued: 20, returned: 20, for: 18, against: 1, abstain: 1, invalid: 0}
    """


@describes("DEV046", "没有无记名投票，或几个人一起表决", How.DECLARED, severity=Severity.ERROR)
class SecretBallotOneByOne:
    """查什么：记录写明“非无记名”（secret: false）或“未逐个表决”（one_by_one: false），或一次会议的几个人合用一组票数。

    为什么：接收和转正须无记名投票；讨论两人以上的，逐个讨论、逐个表决。

    依据：《细则》（2014）第21条；《细则》（2026）第20条。

    错例：
        secret: false
        one_by_one: false

    对例：
        secret: true
        one_by_one: true
    """


@describes("DEV051", "审批早于支部大会", How.DECLARED, severity=Severity.ERROR)
class ApprovalAfterMeeting:
    """查什么：党委审批的日期是否早于支部大会。

    为什么：审批的是大会决议，不可能在前。

    依据：《细则》（2014）第25条；《细则》（2026）第24条。

    错例：
        - {step: approve_admission, date: 2025-05-16, result: passed}
        - {step: admission_meeting, date: 2025-05-20, result: passed}

    对例：
        - {step: admission_meeting, date: 2025-05-20, result: passed}
        - {step: approve_admission, date: 2025-06-18, result: passed}
    """


@describes("DEV052", "党委审批超过三个月", How.DECLARED, severity=Severity.WARNING)
class ApprovalWithinThreeMonths:
    """查什么：从支部大会到党委审批是否在三个自然月内。没有写延迟理由的为警告；从大会、也从上报（写了的话）算都超过六个月的为错误。

    为什么：一般三个月内审批，特殊情况不超过六个月；再久，党员大会的决议就要重来。

    依据：《细则》（2014）第26条；《细则》（2026）第25条。

    错例：
        - {step: admission_meeting, date: 2025-05-20, result: passed}
        - {step: approve_admission, date: 2025-09-01, result: passed}

    对例：
        - {step: admission_meeting, date: 2025-05-20, result: passed}
        - {step: approve_admission, date: 2025-08-20, result: passed}
    """


@describes("DEV049", "没有支部大会记录就审批", How.DECLARED, severity=Severity.ERROR)
class MeetingHeld:
    """查什么：上级谈话、审批等在支部大会之后的步骤已有记录，而没有通过的支部大会。

    为什么：没有开会而材料齐全，说明材料是编的，这是最严重的一类问题。

    依据：《细则》（2014）第20条；《细则》（2026）第19条。

    错例：
        - {step: preview, date: 2025-04-25, result: passed}
        - {step: approve_admission, date: 2025-06-18, result: passed}

    对例：
        - {step: preview, date: 2025-04-25, result: passed}
        - {step: admission_meeting, date: 2025-05-20, result: passed}
        - {step: approve_admission, date: 2025-06-18, result: passed}
    """
