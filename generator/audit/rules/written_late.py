"""Texts of the codes that only git's history can show: `check --history`."""

from generator.audit.register import describes
from generator.audit.rule import How
from generator.diagnostics import Severity


@describes("DEV119", "补录：事后很久才写进记录", How.HISTORY, severity=Severity.INFO)
class WrittenLate:
    """查什么：一条记录第一次提交的日期，是否比它自己的日期晚了很多天（默认超过 30 天，由设置项 late_entry_days 定）。
    人员、步骤、日期和同日次序都相同的算同一条，改写法、挪位置、换支部、改其他内容都不算重写；改了日期的算在改动那天写入。
    日期取提交人的日期；转入前的事从到来之日算起；新建仓库时一并录入的旧事不算。没有提交的按核对当天写入算。

    为什么：及时记录是材料真实的旁证；补录不等于补材料，但日期要拿原件核对。

    依据：材料应当真实、及时形成；写入时间以版本历史为证，机器时钟可以调，不作定论。

    错例：
        # 2025-12-20 才第一次提交
        - {step: inspect, date: 2025-04-10, by: branch}

    对例：
        # 2025-04-14 提交
        - {step: inspect, date: 2025-04-10, by: branch}
    """


@describes("DEV120", "多次记录在一次提交里集中补写", How.HISTORY, severity=Severity.INFO)
class WrittenAtOnce:
    """查什么：同一人可多次的步骤（考察、思想汇报等），是否有三个以上不同日期（由设置项 entries_at_once 定）
    在同一次提交里第一次出现，且其中有补录。每人每次提交只说一次，其余各条列在后面。

    为什么：按期的考察和汇报一次补齐，是审档时最常追问的；DEV015 看内容和日期，这里看写入的时间。

    依据：《细则》（2014）第11条；材料应当真实。

    错例：
        # 三条都在 2025-12-20 的一次提交里
        - {step: report, date: 2025-03-28}
        - {step: report, date: 2025-06-27}
        - {step: report, date: 2025-09-26}

    对例：
        # 各在当月提交
        - {step: report, date: 2025-03-28}
        - {step: report, date: 2025-06-27}
        - {step: report, date: 2025-09-26}
    """


@describes("DEV121", "版本历史看不到的写入时间", How.HISTORY, severity=Severity.INFO)
class WrittenUnknown:
    """查什么：有多少条记录的写入时间，历史里看不到：浅克隆的边界提交、缺内容的部分克隆、还没有提交、建库时一并录入的旧事。

    为什么：看不到的不当作补录，也不当作及时，须说明有多少。

    依据：本项目的核对方法。

    错例：
        # 用 git clone --depth 1 取得，更早的提交不在本地
        - {step: inspect, date: 2025-04-10, by: branch}

    对例：
        # 用 git clone 取得全部历史
        - {step: inspect, date: 2025-04-10, by: branch}
    """
