from collections.abc import Iterator
from difflib import get_close_matches

from generator.audit.comparison import not_compared
from generator.audit.register import checks
from generator.audit.rules.shown_dates import NAMES
from generator.audit.subject import Found, Subject
from generator.diagnostics import Severity


@checks("DEV125", "抄录的内容没有可核对的记录", severity=Severity.INFO, timeless=True)
def nothing_to_compare(subject: Subject) -> Iterator[Found]:
    """查什么：shows 里抄录了材料上的内容，记录里却没有对应的一项可比，这一处未核对。
    项目名写的步骤或个人信息根本不存在的（多半是拼错），为警告。

    为什么：没有比过的不能算一致；拼错一个字母，错误就漏过去了。

    依据：材料之间应当一致，属审档的通行要求。

    错例：
        - {step: apply, date: 2024-09-02, materials: [{code: M01, shows: {aply.date: 2024-09-02}}]}

    对例：
        - {step: apply, date: 2024-09-02, materials: [{code: M01, shows: {apply.date: 2024-09-02}}]}
    """
    steps = subject.progress.steps
    for paper, key in not_compared(subject):
        name, _, field = key.partition(".")
        known = name in steps or (not field and key in NAMES)
        near = get_close_matches(name, [*steps, *NAMES], n=1, cutoff=0.7)
        meant = f"是不是 {near[0]}{'.' if field else ''}{field}？" if near and not known else ""
        form = "写成 步骤.字段（如 apply.date）或个人信息的字段名（如 born）；记录里漏记的补记。"
        what = "记录里没有这一项" if known else "没有这样的步骤或个人信息"
        yield Found(
            paper.place("shows", key),
            f"抄录的 {key} 未核对：{what}",
            f"{meant}{form}",
            paper.entry.step,
            severity=None if known else Severity.WARNING,
        )
