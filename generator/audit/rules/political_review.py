import re
from collections.abc import Iterator, Mapping
from datetime import date

from generator.audit.paper_faults import faults_of
from generator.audit.papers import papers_of
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.definitions.model import Step
from generator.diagnostics import Related, Severity
from generator.records.model import Entry

PARENTS = {"父": "父亲", "母": "母亲"}
OTHERS = re.compile("[祖岳伯叔姑姨舅婶师][父母]")
"""Relatives whose name holds the word for a parent."""


@checks("DEV035", "政审结论早于函调返回，或缺父母的函调", severity=Severity.ERROR)
def letters_first(subject: Subject) -> Iterator[Found]:
    """查什么：政审结论是否早于任一函调的返回日期（错误）；写了发出日期的函调有没有返回日期（警告）；
    父母双方是否都有函调（缺的为警告，写明免函调理由的不报）。回函在材料里而没有抄录的，不算缺，提示未核对。

    为什么：结论要以函调为据，先有结论后有回函说不通。

    依据：《细则》（2014）第16条，2026 版同条。

    错例：
        - step: political_review
          date: 2025-03-03
          letters: [{relation: 父亲, sent: 2025-02-10, returned: 2025-03-07}]
          result: passed

    对例：
        - step: political_review
          date: 2025-03-10
          letters:
          - {relation: 父亲, sent: 2025-02-10, returned: 2025-03-07}
          - {relation: 母亲, sent: 2025-02-10, returned: 2025-03-05}
          result: passed
    """
    for entry, step in subject.at("DEV035", "political_review"):
        letters = entry.get("letters")
        if not isinstance(letters, list):
            yield from _nothing_recorded(subject, entry, step)
            continue
        for index, letter in enumerate(letters):
            returned = letter.get("returned") if isinstance(letter, Mapping) else None
            if isinstance(returned, date) and returned > entry.date:
                yield Found(
                    entry.place(f"letters.{index}.returned"),
                    f"政审结论 {entry.date} 早于函调返回 {returned}，最早 {returned}",
                    "核对两个日期；确属颠倒的，函调返回后重新作出结论。",
                    entry.step,
                    (Related(entry.place("date"), "政审结论日期"),),
                )
            elif isinstance(letter, Mapping) and letter.get("sent") is not None and returned is None:
                yield Found(
                    entry.place(f"letters.{index}.returned"),
                    f"{entry.date} 已有政审结论，发给{letter.get('relation', '亲属')}一方的函调没有返回日期",
                    "已返回的补写 returned；没有返回的，催要或另行调查后再作结论。",
                    entry.step,
                    (Related(entry.place("date"), "政审结论日期"),),
                    severity=Severity.WARNING,
                )
        relations = [OTHERS.sub("", str(x.get("relation", ""))) for x in letters if isinstance(x, Mapping)]
        missing = [name for key, name in PARENTS.items() if not any(key in relation for relation in relations)]
        if missing and not entry.get("letters_waived"):
            yield Found(
                entry.place("letters"),
                f"没有{'、'.join(missing)}的函调",
                "不需函调的，在 letters_waived 写明理由。",
                entry.step,
                severity=Severity.WARNING,
            )


def _nothing_recorded(subject: Subject, entry: Entry, step: Step) -> Iterator[Found]:
    """Neither a letter nor a reason for having none. Replies that lie in the folder are there, only not copied down."""
    if entry.get("letters_waived") or not subject.completed(entry):
        return
    hint = "在 letters 写明对象、发出和返回日期；不需函调的，在 letters_waived 写明理由。"
    own = {material.code for material in step.materials}
    laid = (subject.rules.materials.get(paper.code) for paper in papers_of(entry) if paper.code in own)
    if any(material is not None and material.repeats for material in laid):
        text = f"{step.title}的函调没有抄录对象和日期，父母是否齐全未核对"
        yield Found(entry.place("letters"), text, hint, entry.step, severity=Severity.INFO)
        return
    yield Found(entry.place("letters"), "没有父亲、母亲的函调", hint, entry.step, severity=Severity.WARNING)


@checks("DEV036", "政审材料未签名或未盖章", severity=Severity.WARNING)
def signed_and_sealed(subject: Subject) -> Iterator[Found]:
    """查什么：随政治审查登记的党组织材料，是否注明了未签名、未盖章；函调回信是否注明未盖章。

    为什么：没有书记签名和党组织印章的政审材料不能证明是组织的结论。

    依据：《细则》（2014）第16条；归档的通行要求。

    错例：
        - step: political_review
          date: 2025-03-10
          materials: [{code: M26, sealed: false}]

    对例：
        - {step: political_review, date: 2025-03-10, materials: [M24, M25, M26]}
    """
    entries = [entry for entry, _ in subject.at("DEV036", "political_review")]
    for paper in subject.papers:
        material = subject.rules.materials.get(paper.code)
        if paper.entry not in entries or material is None or not material.seals:
            continue
        for fault in faults_of(paper, material):
            if fault.field in ("signed", "sealed"):
                yield Found(fault.place, f"{material.title}{fault.text}", "请党组织补签、补盖。", paper.entry.step)
    for entry in entries:
        letters = entry.get("letters")
        for index, letter in enumerate(letters if isinstance(letters, list) else ()):
            if isinstance(letter, Mapping) and letter.get("sealed") is False:
                place = entry.place(f"letters.{index}.sealed")
                yield Found(place, "函调回信没有对方党组织印章", "请对方党组织补盖，或重新函调。", entry.step)


@checks("DEV037", "自传未签名，或写在培训结业之后", severity=Severity.WARNING, layer="local")
def autobiography(subject: Subject) -> Iterator[Found]:
    """查什么：自传的日期（autobiography）是否晚于此后才应有的培训结业日期；自传材料是否注明未签名。

    为什么：一些学校要求培训前交自传；细则没有规定，所以只在本校启用时才查。

    依据：本校规则。

    错例：
        - {step: political_review, date: 2025-03-28, autobiography: 2025-03-20, result: passed}
        - {step: train_target, start: 2025-03-14, date: 2025-03-16, days: 3, hours: 24, exam: passed}

    对例：
        - {step: political_review, date: 2025-03-28, autobiography: 2025-03-10, result: passed}
        - {step: train_target, start: 2025-03-14, date: 2025-03-16, days: 3, hours: 24, exam: passed}
    """
    classes = [e for e in subject.entries if (s := subject.step_of(e)) and s.kind == "training" and s.stage == "target"]
    for entry, _ in subject.at("DEV037", "political_review"):
        day = entry.get("autobiography")
        earlier = [training for training in classes if isinstance(day, date) and training.date < day]
        if earlier:
            yield Found(
                entry.place("autobiography"),
                f"自传（{day}）写在培训结业之后，最晚 {earlier[0].date}",
                "核对自传落款日期。",
                entry.step,
                (Related(earlier[0].place("date"), subject.title(earlier[0].step)),),
            )
