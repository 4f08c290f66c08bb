from collections.abc import Iterator

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity


@checks("DEV028", "发展对象培训晚于预审或支部大会，或考试未合格", severity=Severity.ERROR)
def training_passed(subject: Subject) -> Iterator[Found]:
    """查什么：培训结束日期：晚于支部大会为错误，在预审与大会之间为警告。平台要求考试合格的（如 E先锋），
    考试未合格就预审或开会为警告。

    为什么：培训是接收的前提，预审时就应具备。

    依据：《细则》（2014）第17条，2026 版同条；考试合格是平台的要求。

    错例：
        - {step: admission_meeting, date: 2025-05-20, result: passed}
        - {step: train_target, start: 2025-05-23, date: 2025-05-25, days: 3, hours: 24, exam: passed}

    对例：
        - {step: train_target, start: 2025-03-14, date: 2025-03-16, days: 3, hours: 24, exam: passed}
        - {step: preview, date: 2025-04-25, result: passed}
    """
    # The order is said by the procedure file; here, what a platform asks of the examination.
    platform = subject.rules.platform
    examined = platform.exams if platform is not None else ()
    trainings = [(e, step) for e, step in subject.at("DEV028", "training") if e.step in examined]
    for training, step in trainings[-1:]:
        for follower in subject.followers(training):
            taken = [e for e, _ in trainings if e.date <= follower.date]
            if taken and taken[-1].get("exam") == "failed":
                yield Found(
                    follower.place("date"),
                    f"{step.title}（{taken[-1].date}）考试未合格，{follower.date} 已办{subject.title(follower.step)}",
                    "平台要求考试合格才能继续：参加下一期，合格后再办。",
                    follower.step,
                    (Related(taken[-1].place("exam"), "考试未合格"),),
                    Severity.WARNING,
                    platform.title if platform is not None else "",
                )
