"""From an audit to dossiers: brings together what a dossier needs, one person at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property, partial

from generator.audit.assessment import Assessment, Journey
from generator.audit.audit import Audit
from generator.definitions.form_files import load_forms
from generator.definitions.forms import Form
from generator.definitions.source import Shelf
from generator.diagnostics import Diagnostic
from generator.privacy.vault import Vault
from generator.records.model import Entry, Event, Person
from generator.views.cut import Cut, OwnPart
from generator.views.dossier import Dossier, compile_dossier, stage_title
from generator.views.enclosed import Paper, ReadScan, ScanLeaf, bind_scans, papers_of
from generator.views.lookup import Subject
from generator.views.names import Names
from generator.views.paper_checks import paper_checks
from generator.views.review import Review, review_of
from generator.views.slice import BoundScan, Slice, cut_slice, with_scans
from generator.views.wording import Wording


def ids_of(person: Person) -> tuple[str, ...]:
    """The present id and former ones."""
    return (person.id, *(str(former) for former in person.get("former_ids") or ()))


class DossierDesk:
    """Compiles dossiers from one audit. Raises `JishiError` for faulty forms. Without `read_scan` no scan is bound in."""

    def __init__(self, audit: Audit, shelf: Shelf, read_scan: ReadScan | None = None) -> None:
        self._audit = audit
        self.vault = Vault(audit.root)
        self._read_scan = read_scan
        self.forms: Sequence[Form] = load_forms(shelf)
        self._cut = Cut.parse(shelf.read("schema/slice.yaml").data)
        self.wording = Wording(Names(audit))

    def with_vault(self, vault: Vault) -> DossierDesk:
        """The same desk, with what `vault` can open."""
        other = copy(self)
        other.vault = vault
        return other

    def compile(self, assessment: Assessment) -> tuple[Dossier, Slice]:
        """The dossier of one person and the slice it was made from. Raises `JishiError` when a scan cannot be bound in."""
        person, definitions = assessment.person, self._audit.definitions
        enclosed = papers_of(person, assessment.progress.papers, self._is_shared)
        bound = self._bound(enclosed)
        own = with_scans(self.slice_of(person), [BoundScan(leaf.path, leaf.digest) for leaf in bound])
        dossier = compile_dossier(
            assessment,
            self.subject_of(assessment),
            definitions.materials,
            definitions.sections,
            self.forms,
            self.wording,
            own,
            enclosed,
            bound,
        )
        return dossier, own

    def review(self, assessment: Assessment) -> Review:
        """What is still open about one person, and what to look for in the papers."""
        person, definitions, corpus = assessment.person, self._audit.definitions, self._audit.corpus
        return review_of(
            assessment,
            corpus.branches[person.branch],
            corpus.committees[person.committee],
            partial(self._others, person),
            paper_checks(definitions.materials, definitions.look, assessment.progress.papers),
            definitions.materials,
        )

    def scans_of(self, journey: Journey) -> tuple[ScanLeaf, ...]:
        """The scans that are bound into the dossier, in archive order. Raises `JishiError` when one cannot be read."""
        return self._bound(papers_of(journey.person, journey.progress.papers, self._is_shared))

    def _bound(self, enclosed: Mapping[str, Sequence[Paper]]) -> tuple[ScanLeaf, ...]:
        return bind_scans(enclosed, self._audit.definitions.materials, self._read_scan) if self._read_scan else ()

    def subject_of(self, assessment: Assessment) -> Subject:
        """The person with everything that a form may refer to."""
        corpus, person = self._audit.corpus, assessment.person
        return Subject(
            person=person,
            progress=assessment.progress,
            branch=corpus.branches[person.branch],
            committee=corpus.committees[person.committee],
            organisation=corpus.organisation,
            stage=stage_title(assessment.progress),
            schemas=corpus.schemas,
            told=self._told,
            sealed=self.vault.look(person.path, ids_of(person)),
        )

    def slice_of(self, person: Person) -> Slice:
        """The person's slice, from the records as they are written; no scan is looked at."""
        documents = self._audit.corpus.documents
        paths = sorted({entry.event for entry in person.entries if entry.event is not None})
        events = [(path, documents[path].data) for path in paths]
        return cut_slice(ids_of(person), person.path, documents[person.path].data, events, self._cut)

    def _others(self, person: Person, found: Diagnostic) -> list[Person]:
        """People beside `person` in whose file, or in whose part of an event, something lies that a finding rests on."""
        corpus = self._audit.corpus
        named: dict[str, Person] = {}
        for place in (related.place for related in found.related):
            part = place.pointer[1] if place.pointer[:1] == ("people",) and len(place.pointer) > 1 else ""
            other = self._people.get(place.path) or corpus.person(str(part))
            if other is not None and other.id != person.id:
                named[other.id] = other
        return list(named.values())

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {person.path: person for person in self._audit.corpus.people.values()}

    @cached_property
    def _events(self) -> dict[str, Event]:
        return {event.path: event for event in self._audit.corpus.events}

    def _is_shared(self, entry: Entry) -> bool:
        """Whether the entry's papers were written for several people of an event."""
        if entry.event is None or len(self._events[entry.event].people) <= 1:
            return False
        return entry.sources[entry.key_sources.get("materials", 0)].pointer == ()

    @cached_property
    def _told(self) -> OwnPart:
        return OwnPart(self._cut, self._audit.corpus.events)
