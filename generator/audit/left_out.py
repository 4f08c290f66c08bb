"""What is written in the records but could not be read: products must not take it for missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

from generator.diagnostics import Diagnostic, Severity
from generator.records.corpus import Corpus
from generator.records.model import Person

_READING = ("YML", "SCH")
_NO_SUCH_FILE = "YML035"
_EVENTS = "/events"
_NAMED = 2
"""Up to so many files are named in a hint."""


def not_fully_read(corpus: Corpus) -> tuple[str, ...]:
    """Paths of all files of which something could not be read, in order."""
    return tuple(sorted({said.place.path for said in _lost(corpus.findings)}))


@dataclass(frozen=True, slots=True)
class _Event:
    """An event file with something lost. `names` None: nobody knows whom it is about."""

    path: str
    folder: str
    names: frozenset[str] | None


class LostEvents:
    """Event files that could not be fully read, and whom they may be about."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        by_path: dict[str, list[Diagnostic]] = {}
        for said in _lost(corpus.findings):
            if _EVENTS in said.place.path:
                by_path.setdefault(said.place.path, []).append(said)
        self._events = tuple(
            _Event(path, path.rpartition(_EVENTS)[0], self._names(path, found))
            for path, found in sorted(by_path.items())
        )

    def that_may_name(self, person: Person) -> tuple[str, ...]:
        """Paths of the event files that may say something about a person that nobody could read."""
        if not self._events:
            return ()
        folders = set(self._folders(person))
        return tuple(
            event.path
            for event in self._events
            if (event.folder in folders if event.names is None else person.id in event.names)
        )

    def cautioned(self, findings: Iterable[Diagnostic], person: Person, absence: Set[str]) -> tuple[Diagnostic, ...]:
        """The findings about a person; those of `absence`, codes of what is not recorded, with a word on what could not be read."""
        paths = self.that_may_name(person)
        if not paths:
            return tuple(findings)
        named = "、".join(paths[:_NAMED]) + (f" 等 {len(paths)} 个文件" if len(paths) > _NAMED else "")
        caution = f"若只因 {named} 没有读出，改正后自会消去。"
        return tuple(replace(one, hint=f"{one.hint}{caution}") if one.code in absence else one for one in findings)

    def _folders(self, person: Person) -> Iterator[str]:
        """Folders of the branches and committees where a person is or has been."""
        places = {person.branch}
        for entry in person.entries:
            places.update(value for value in entry.fields.values() if type(value) is str)
        for id in places & set(self._corpus.branches):
            branch = self._corpus.branches[id]
            yield f"data/{branch.committee}/{id}"
            yield f"data/{branch.committee}"

    def _names(self, path: str, found: Iterable[Diagnostic]) -> frozenset[str] | None:
        if path not in self._corpus.documents or any(said.code.startswith("YML") for said in found):
            return None
        data = self._corpus.documents[path].data
        people = data.get("people") if isinstance(data, Mapping) else None
        if not isinstance(people, Mapping) or not people:
            return None
        pointers = [said.place.pointer for said in found]
        parts = [pointer[1] if len(pointer) > 1 and pointer[0] == "people" else None for pointer in pointers]
        names = people if None in parts else parts
        return frozenset(self._corpus.aliases.get(str(name), str(name)) for name in names)


def _lost(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    for said in findings:
        if said.severity is Severity.ERROR and said.code.startswith(_READING) and said.code != _NO_SUCH_FILE:
            yield said
