"""Who wrote what and when, as far as git tells: only for pages that stay inside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from generator.audit.audit import Audit
from generator.audit.witness import Witness
from generator.diagnostics import JishiError, Place
from generator.history.git import Repository
from generator.history.last_change import LastChange, last_changes
from generator.history.written import read_written
from generator.records.model import Person


class Authors:
    """Made without anything it knows nobody."""

    def __init__(self, changes: Mapping[str, LastChange] | None = None, witness: Witness | None = None) -> None:
        self._changes = changes or {}
        self._witness = witness

    @classmethod
    def of(cls, audit: Audit) -> Authors:
        """What the history behind HEAD tells; nothing without git, and before the first commit."""
        try:
            repository = Repository.open(audit.root)
            changes = last_changes(repository, audit.record_paths)
            return cls(changes, Witness(audit, read_written(audit.root)))
        except JishiError:
            return cls()

    def last(self, path: str) -> str:
        """Day and name of the last commit that changed a file."""
        change = self._changes.get(path)
        return _told(change.day, change.author) if change is not None else ""

    def wrote(self, person: Person) -> Mapping[Place, str]:
        """Place of each entry → day and name of the commit that brought it; those in no commit say so."""
        found = {}
        for told in self._witness.on(person, 0) if self._witness is not None else ():
            place = told.entry.place()
            found[place] = f"{_told(told.written, told.commit.author)} 写入" if told.commit is not None else "尚未提交"
        return found


def _told(day: date, author: str) -> str:
    return f"{day} {author}".strip()
