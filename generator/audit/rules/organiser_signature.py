from collections.abc import Iterator

from generator.audit.subject import Found, Subject


def unsigned_minutes(subject: Subject) -> Iterator[Found]:
    """The part of DEV069 about minutes: the four meetings whose minutes the organiser signs."""
    for entry, step in subject.at("DEV069", "committee_meeting", "members_meeting"):
        if entry.get("organiser_signed") is None:
            text = f"{step.title}的记录没有组织员签字"
            yield Found(entry.place("organiser_signed"), text, "签字后写 organiser_signed: {by, date}。", entry.step)
