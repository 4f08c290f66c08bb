from collections.abc import Iterator, Mapping

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Severity


@checks("DEV031", "入党介绍人不具备资格", severity=Severity.ERROR)
def sponsor_kinship(subject: Subject) -> Iterator[Found]:
    """查什么：确定之日，介绍人是否为正式党员，是否在留党察看期间或尚未恢复党员权利，是否就是本人。
    有亲属关系的给出警告（这是惯例，条文没有写）。

    为什么：介绍人要对被介绍人负责，须有完整的党员权利。

    依据：《细则》（2014）第14条，2026 版同条。

    错例：
        # 2021030099 当时还是预备党员
        - {step: assign_sponsors, date: 2024-11-08, sponsors: [{person: "2021030099"}, {person: "1995003"}]}

    对例：
        - {step: assign_sponsors, date: 2024-11-08, sponsors: [{person: "2008017"}, {person: "1995003"}]}
    """
    # Membership and rights are limits of the procedure file; kinship is custom and only said here.
    for entry, _ in subject.at("DEV031", "assign_sponsors"):
        sponsors = entry.get("sponsors")
        for index, sponsor in enumerate(sponsors if isinstance(sponsors, list) else ()):
            if isinstance(sponsor, Mapping) and sponsor.get("kinship") is True:
                yield Found(
                    entry.place(f"sponsors.{index}.kinship"),
                    f"入党介绍人{subject.name_of(sponsor.get('person'))}与本人有亲属关系",
                    "宜另行确定介绍人。",
                    entry.step,
                    severity=Severity.WARNING,
                    basis="惯例，条文没有写",
                )
