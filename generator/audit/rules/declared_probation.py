"""Texts of the rules about probation and conversion that the procedure file states."""

from generator.audit.register import describes
from generator.audit.rule import How
from generator.diagnostics import Severity


@describes("DEV056", "宣誓早于批准，或批准一个月后才宣誓", How.DECLARED, severity=Severity.ERROR)
class OathAfterApproval:
    """查什么：宣誓是否早于党委批准（错误）；2026 版下是否超过批准后一个自然月（警告，来源为转述）。

    为什么：批准为预备党员后才能面向党旗宣誓。

    依据：《细则》（2014）第30条；《细则》（2026）第29条（据转述）。

    错例：
        - {step: oath, date: 2025-06-10}
        - {step: approve_admission, date: 2025-06-18, result: passed}

    对例：
        - {step: approve_admission, date: 2025-06-18, result: passed}
        - {step: oath, date: 2025-07-01}
    """


@describes("DEV057", "预备期考察或汇报间隔过长", How.DECLARED, severity=Severity.WARNING)
class ProbationInspection:
    """查什么：预备期内考察、汇报的间隔是否超过规定的月数（默认按半年，本校另有规定的从其规定）。

    为什么：党组织要对预备党员继续教育和考察；具体间隔条文没有写，所以只是警告。

    依据：《细则》（2014）第31条；《细则》（2026）第30条。

    错例：
        - {step: approve_admission, date: 2024-06-18, result: passed}
        - {step: conversion_meeting, date: 2025-06-03, result: passed, outcome: convert}

    对例：
        - {step: approve_admission, date: 2024-06-18, result: passed}
        - {step: probation_inspect, date: 2024-11-12, by: branch}
        - {step: probation_inspect, date: 2025-05-08, by: branch}
    """


@describes("DEV058", "预备期未满就开转正大会", How.DECLARED, severity=Severity.ERROR)
class ConversionAfterExpiry:
    """查什么：讨论转正的支部大会是否早于预备期满（延长的，按延长后的期满日）。

    为什么：预备期为一年，不能提前转正。

    依据：《细则》（2014）第32条；《细则》（2026）第31条。

    错例：
        - {step: admission_meeting, date: 2024-05-20, result: passed}
        - {step: conversion_meeting, date: 2025-05-12, result: passed, outcome: convert}

    对例：
        - {step: admission_meeting, date: 2024-05-20, result: passed}
        - {step: conversion_meeting, date: 2025-05-26, result: passed, outcome: convert}
    """


@describes("DEV059", "没有转正申请，或申请过早、晚于大会", How.DECLARED, severity=Severity.ERROR)
class ConversionApplication:
    """查什么：转正大会之前有没有本人的书面申请；申请是否早于期满前的窗口（默认一个月，属本校规则）。

    为什么：没有申请，党组织无从讨论。

    依据：《细则》（2014）第33条；《细则》（2026）第32条。

    错例：
        - {step: conversion_meeting, date: 2025-05-26, result: passed, outcome: convert}
        - {step: apply_conversion, date: 2025-05-28}

    对例：
        - {step: apply_conversion, date: 2025-05-06}
        - {step: conversion_meeting, date: 2025-05-26, result: passed, outcome: convert}
    """


@describes("DEV063", "转正审批超过三个月，或没有大会决议", How.DECLARED, severity=Severity.WARNING)
class ConversionApproval:
    """查什么：党委审批转正是否在大会后三个自然月内（没有写理由的为警告）；审批之前有没有大会（没有的为错误）。

    为什么：党委应在三个月内审批，审批的是大会的决议。

    依据：《细则》（2014）第34条；《细则》（2026）第33条。

    错例：
        - {step: conversion_meeting, date: 2025-05-26, result: passed, outcome: convert}
        - {step: approve_conversion, date: 2025-09-02, result: passed}

    对例：
        - {step: conversion_meeting, date: 2025-05-26, result: passed, outcome: convert}
        - {step: approve_conversion, date: 2025-06-17, result: passed}
    """


@describes("DEV064", "转正之日写成了大会或审批日期", How.DECLARED, severity=Severity.ERROR)
class EffectiveDate:
    """查什么：审批写的转正之日（effective）是否等于预备期满之日；延长的，为延长期满之日。

    为什么：党龄从转正之日算，写成大会或审批日期会少算。

    依据：《细则》（2014）第34条；《细则》（2026）第33条。

    错例：
        - {step: admission_meeting, date: 2024-05-20, result: passed}
        - {step: approve_conversion, date: 2025-06-17, result: passed, outcome: convert, effective: 2025-06-17}

    对例：
        - {step: admission_meeting, date: 2024-05-20, result: passed}
        - {step: approve_conversion, date: 2025-06-17, result: passed, outcome: convert, effective: 2025-05-20}
    """
