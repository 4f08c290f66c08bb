from collections.abc import Iterator

from generator.audit.paper_faults import defects_of
from generator.audit.papers import Paper
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity


@checks("DEV040", "《入党志愿书》重号、重填，或有涂改、空白、旧版", severity=Severity.WARNING, timeless=True)
def one_clean_book(subject: Subject) -> Iterator[Found]:
    """查什么：志愿书编号是否与他人相同，同一人是否有两个编号，或登记了不止一份；志愿书是否登记了涂改、空白、涂改液、旧版表格。

    为什么：志愿书一人一份、统一编号，是最重要的入党材料。

    依据：《细则》（2014）第19条；《细则》（2026）第18条；归档的通行要求。

    错例：
        - step: fill_book
          date: 2025-05-06
          serial: A0012345
          materials: [{code: M30, defects: [altered]}]

    对例：
        - {step: fill_book, date: 2025-05-06, serial: A0012345, materials: [M30]}
    """
    entries = [entry for entry, _ in subject.at("DEV040", "fill_book")]
    for index, entry in enumerate(entries):
        serial = entry.get("serial")
        if serial is None:
            continue
        for earlier in entries[:index]:
            if earlier.get("serial") not in (None, serial):
                yield Found(
                    entry.place("serial"),
                    f"同一人有两份志愿书：{earlier.get('serial')}、{serial}",
                    "只保留一份；作废的写明并退回。",
                    entry.step,
                    (Related(earlier.place("serial"), "另一份志愿书"),),
                )
        for holder, place in subject.index.serials.get(str(serial), ()):
            if holder.id != subject.person.id:
                yield Found(
                    entry.place("serial"),
                    f"志愿书编号 {serial} 与{holder.name}的相同",
                    "核对原件上的编号。",
                    entry.step,
                    (Related(place, f"{holder.name}的志愿书"),),
                )
    papers = {code for _, step in subject.at("DEV040") for code in (m.code for m in step.materials)}
    for paper in subject.papers:
        if paper.code in papers:
            yield from _several(paper)
            for defect in defects_of(paper):
                text = f"入党志愿书{defect.text}"
                yield Found(defect.place, text, "由党组织核实后按规定处理，不得自行重填。", paper.entry.step)


def _several(paper: Paper) -> Iterator[Found]:
    count = paper.fields.get("count")
    if isinstance(count, int) and count > 1:
        text = f"登记了 {count} 份入党志愿书"
        yield Found(paper.place("count"), text, "一人只有一份；作废的写明并退回。", paper.entry.step)
