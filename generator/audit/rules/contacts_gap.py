from collections.abc import Iterator, Mapping
from datetime import date

from generator.audit.comparison import reference_in
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Related, Severity
from generator.records.model import Entry


@checks("DEV013", "培养联系人已离开而没有另行指定", severity=Severity.WARNING, absence=True)
def contacts_gap(subject: Subject) -> Iterator[Found]:
    """查什么：到接收为预备党员为止，每一天是否至少有一名在校的培养联系人；联系人毕业、调离或不再担任之后没有新的指定，即报。

    为什么：联系人断档，这段时间的培养就没有人负责。

    依据：《细则》（2014）第9条；按条文推断。

    错例：
        # 2020030088 已于 2025-06-20 毕业
        - {step: assign_contacts, date: 2024-10-15, contacts: ["2020030088"]}

    对例：
        - {step: assign_contacts, date: 2024-10-15, contacts: ["2020030088"]}
        - {step: assign_contacts, date: 2025-06-16, contacts: ["2008017"]}
    """
    assignments = [entry for entry, _ in subject.at("DEV013")]
    end = subject.progress.stages.get("probationary", date.max)
    if subject.progress.status != "active":
        return
    for index, entry in enumerate(assignments):
        until = min(assignments[index + 1].date if index + 1 < len(assignments) else date.max, end)
        contacts = [reference_in(item) for item in _contacts(entry)]
        ended = assignments[index + 1].get("ended") if index + 1 < len(assignments) else None
        left = [day for day in (_last_day(subject, contact, ended) for contact in contacts) if day is not None]
        if not contacts or len(left) < len(contacts) or max(left) >= until or not subject.passed(max(left)):
            continue
        names = "、".join(subject.name_of(contact) for contact in contacts)
        span = "" if until == date.max else f"至 {until} "
        yield Found(
            entry.place("contacts"),
            f"培养联系人{names}到 {max(left)} 已全部离开，此后{span}没有联系人，最晚 {max(left)} 另行指定",
            "联系人离开前另行指定，记一条新的指定联系人，写明自该日起的全部联系人。",
            entry.step,
            tuple(
                Related(person.place("leaves"), f"{person.name}的离校（离职）日期")
                for person in map(subject.person_named, contacts)
                if person is not None and person.get("leaves") is not None
            ),
        )


def _contacts(entry: Entry) -> list[object]:
    value = entry.fields.get("contacts")
    return value if isinstance(value, list) else []


def _last_day(subject: Subject, contact: object, ended: object) -> date | None:
    """The day somebody left for good, or ceased to be a contact as the next assignment tells; None where nothing is known."""
    said = [item for item in ended if isinstance(item, Mapping)] if isinstance(ended, list) else []
    days = [item.get("date") for item in said if item.get("person") == contact]
    person = subject.person_named(contact)
    leaves = person.get("leaves") if person else None
    return min((day for day in (leaves, *days) if isinstance(day, date)), default=None)
