from collections.abc import Iterator
from datetime import date

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.definitions.model import Step
from generator.diagnostics import Related, Severity
from generator.procedure.book import FULL, PROBATIONARY
from generator.procedure.calendar import add_days, add_months
from generator.records.model import Entry

STUDENTS = ("undergraduate", "postgraduate")
WITHIN_SCHOOL = ("in_school_cross", "in_school_same", "stay")
"""Routes on which nobody has to report anywhere with a letter that runs out."""
LETTER_MONTHS, AGAIN_MONTHS, WARNING_DAYS, BEFORE_LEAVING = 3, 6, 60, -12
"""Validity of a letter that states none; until when a new one is made out against the old; how long before the end of probation a
transfer still under way is pointed out; since when an entry belongs to this departure."""


@checks("DEV073", "毕业党员组织关系没有转出、介绍信过期或没有回执", severity=Severity.WARNING, absence=True)
def transfers(subject: Subject) -> Iterator[Found]:
    """查什么：毕业离校的党员（含预备党员）有没有组织关系转接的记录；介绍信或平台转接单过了有效期而没有接收日期
    （以有效天数 valid_days 为准，没有写的按平台的天数，没有平台的按三个月）；用纸质回执的，接收后到平台文件所写的日子有没有收到回执；
    预备期六十天之内就满而组织关系还在途。

    为什么：介绍信揣在身上不报到，就成了口袋党员；预备党员断档，会误了转正。

    依据：组织关系管理的规定；各项日子见平台文件，以本校当年的通知为准（待核实）。

    错例：
        leaves: 2025-06-30
        log:
        - {step: transfer, date: 2025-06-10, route: out_other_prov, letter: {issued: 2025-06-12, valid_days: 90}}

    对例：
        leaves: 2025-06-30
        log:
        - {step: transfer, date: 2025-06-10, route: out_other_prov, letter: {issued: 2025-06-12, valid_days: 90},
           reported_in: 2025-07-08, accepted: 2025-07-09, receipt: {type: paper, received: 2025-08-20}}
    """
    steps = (p.step for p in subject.progress.steps.values())
    step = next((s for s in steps if s.kind == "transfer" and "DEV073" in s.pitfalls), None)
    entries = [entry for entry, _ in subject.at("DEV073", "transfer")]
    if step is not None:
        yield from _none(subject, entries, step)
    for index, entry in enumerate(entries):
        if not _happened(subject, entry.get("ended.date")):
            yield from _under_way(subject, entry, superseded=index < len(entries) - 1)
            yield from _no_receipt(subject, entry)


def _none(subject: Subject, entries: list[Entry], step: Step) -> Iterator[Found]:
    """A student who was a member has left, and nothing is recorded of the transfer."""
    leaves, stages = subject.person.get("leaves"), subject.progress.stages
    member = (
        any(stages.get(stage, date.max) <= leaves for stage in (PROBATIONARY, FULL))
        if isinstance(leaves, date)
        else False
    )
    if not member or subject.person.get("category") not in STUDENTS or subject.progress.status != "active":
        return
    if any(entry.date >= add_months(leaves, BEFORE_LEAVING) for entry in entries) or not subject.passed(leaves):
        return
    leaving = subject.rules.platform.leaving if subject.rules.platform else None
    due = f"；登记表应在 {date(leaves.year, *leaving.register_by)} 前报送" if leaving else ""
    text = f"毕业离校（{leaves}）的党员没有组织关系转接的记录，应在离校之前发起{due}"
    hint = f"办过的补记 {step.id}；没有办的尽快办理。校内升学的记支部变动，并改 leaves。"
    yield Found(subject.person.place("leaves"), text, hint, step.id)


def _under_way(subject: Subject, entry: Entry, superseded: bool) -> Iterator[Found]:
    """Not accepted yet: the letter has run out, or probation is about to."""
    if _happened(subject, entry.get("accepted")) or entry.get("route") in WITHIN_SCHOOL or superseded:
        return
    expires, where = _expires(subject, entry)
    if subject.passed(expires):
        again = add_months(entry.date, AGAIN_MONTHS)
        text = f"介绍信（转接单）{expires} 到期，没有接收日期"
        hint = f"已接收的补记 accepted；没有接收的催办，可凭旧介绍信在 {again} 以前重新开具，原来的一条写 ended。"
        yield Found(entry.place(where), text, hint, entry.step)
    probation, stages = subject.progress.probation, subject.progress.stages
    if probation is None or FULL in stages or probation.expiry < entry.date:
        return
    if subject.passed(add_days(probation.expiry, -WARNING_DAYS)):
        text = f"预备期 {probation.expiry} 满，组织关系还在途，影响按期转正"
        related = (Related(entry.place("date"), "发起转接"),)
        hint = "催促本人报到、对方接收；接收以前仍由本支部讨论转正。"
        yield Found(entry.place("accepted"), text, hint, entry.step, related)


def _expires(subject: Subject, entry: Entry) -> tuple[date, str]:
    """The last day of validity, counted in natural days from the letter (else from the start), and the field to point at."""
    issued = entry.get("letter.issued")
    start, where = (issued, "letter.issued") if isinstance(issued, date) else (entry.date, "date")
    stated, platform = entry.get("letter.valid_days"), subject.rules.platform
    if isinstance(stated, int):
        return add_days(start, stated), where
    if platform is not None and platform.leaving is not None:
        return add_days(start, platform.leaving.letter_days), where
    return add_months(start, LETTER_MONTHS), where


def _no_receipt(subject: Subject, entry: Entry) -> Iterator[Found]:
    """Accepted elsewhere, but the slip of paper has not come back by the day on which the school counts them."""
    leaving = subject.rules.platform.leaving if subject.rules.platform else None
    accepted, route = entry.get("accepted"), entry.get("route")
    if leaving is None or not isinstance(accepted, date) or route not in leaving.paper_receipt:
        return
    if not _happened(subject, accepted):
        return
    latest = date(accepted.year, *leaving.receipts_by)
    if accepted > latest:
        latest = date(accepted.year + 1, *leaving.receipts_by)
    if not _happened(subject, entry.get("receipt.received")) and subject.passed(latest):
        text = f"组织关系 {accepted} 已接收，没有收到纸质回执，应在 {latest} 前收回并录入"
        yield Found(entry.place("receipt"), text, "催收回执；收到后写 receipt: {type, received}。", entry.step)


def _happened(subject: Subject, day: object) -> bool:
    """Whether a day is recorded and has come: a past day is replayed as it was."""
    return isinstance(day, date) and subject.passed(add_days(day, -1))
