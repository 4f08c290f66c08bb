"""The handing over of a member's dossier, after which everything has to be there."""

from __future__ import annotations

from generator.audit.subject import Subject
from generator.records.model import Entry

COMPLETE = "DEV067"
"""The steps whose `pitfalls` name this code are checked for completeness; those of kind `archive` hand over."""


def handed_over(subject: Subject) -> Entry | None:
    """The last handing over of the whole dossier; None without one, and for whoever came as a member: the papers are elsewhere."""
    if subject.person.get("baseline.status") is not None:
        return None
    found = [entry for entry, _ in subject.at(COMPLETE, "archive") if entry.get("category") in (None, "member")]
    return found[-1] if found else None
