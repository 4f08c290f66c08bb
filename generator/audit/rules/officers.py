from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.audit.offices import SECRETARIES, in_term, organiser_in_office, terms_of
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Place, Related, Severity
from generator.records.model import Organiser


@checks("DEV075", "签名的书记、组织员当时不在任", severity=Severity.WARNING)
def signers_in_office(subject: Subject) -> Iterator[Found]:
    """查什么：大会决议上签名的人，按支部班子的任职记录，当天是否担任书记或副书记（支部没有记任职的，或者任职记录从后来才开始、没有记到签名人的，不查）；
    会议记录上签字的组织员，当天是否在任。

    为什么：由不在任的人签名，多半是事后补签。

    依据：《细则》（2014）第22条；按条文推断。

    错例：
        # 2008017 自 2025-09-01 起任书记
        - step: admission_meeting
          date: 2025-05-20
          resolution: {date: 2025-05-20, signed_by: "2008017"}

    对例：
        # 1995003 任书记至 2025-08-31
        - step: admission_meeting
          date: 2025-05-20
          resolution: {date: 2025-05-20, signed_by: "1995003"}
    """
    yield from _secretaries(subject)
    yield from _organisers(subject)


def _secretaries(subject: Subject) -> Iterator[Found]:
    for entry, step in subject.at("DEV048"):
        signer = entry.get("resolution.signed_by")
        signed = entry.get("resolution.date")
        day = signed if isinstance(signed, date) else entry.date
        branch = subject.corpus.branches.get(subject.branch_of(entry))
        terms = terms_of(branch, SECRETARIES)
        if branch is None or not terms or not isinstance(signer, str):
            continue
        holders = [term.get("person") for term in terms if in_term(term, day)]
        if not holders and _before_the_list(terms, signer, day):
            continue
        if signer not in holders:
            then = "、".join(subject.name_of(holder) for holder in holders)
            yield Found(
                entry.place("resolution.signed_by"),
                f"{step.title}决议由{subject.name_of(signer)}签名，按任职记录 {day} 不是书记、副书记"
                + (f"，当时是{then}" if then else ""),
                "核对签名和任职起止日期；签错的按规定更正，不得倒签。",
                entry.step,
                (Related(branch.place("officers").key(), f"{branch.name}的任职记录"),),
            )


def _before_the_list(terms: list[Mapping[str, Any]], signer: str, day: date) -> bool:
    """Whether the list of terms begins only later, as where it names those now in office: of others before it tells nothing."""
    begins = [term.get("from") for term in terms]
    known = [day_ for day_ in begins if isinstance(day_, date)]
    return len(known) == len(begins) and day < min(known) and all(term.get("person") != signer for term in terms)


def _organisers(subject: Subject) -> Iterator[Found]:
    for entry in subject.entries:
        signer, signed = entry.get("organiser_signed.by"), entry.get("organiser_signed.date")
        organiser = subject.corpus.organisers.get(signer) if isinstance(signer, str) else None
        if organiser is None:
            continue
        day = signed if isinstance(signed, date) else entry.date
        if not organiser_in_office(organiser, day):
            yield Found(
                entry.place("organiser_signed.by"),
                f"组织员{subject.name_of(signer)}在 {day} 不在任{_term(organiser)}",
                "核对签字人、签字日期和聘任、离任日期；不得倒签。",
                entry.step,
                (Related(Place(organiser.path, ("name",)), "组织员的任职记录"),),
            )


def _term(organiser: Organiser) -> str:
    begins, ends = organiser.fields.get("appointed"), organiser.fields.get("left")
    days = [f"{begins} 聘任"] if isinstance(begins, date) else []
    days += [f"{ends} 离任"] if isinstance(ends, date) else []
    return f"（{'，'.join(days)}）" if days else ""
