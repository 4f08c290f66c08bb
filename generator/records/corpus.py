"""All records of a tree as one value: people with their merged entries, events, branches, and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from generator.diagnostics import Diagnostic, Place, RuleOrigin, Span
from generator.records.assemble import Assembly
from generator.records.documents import Documents
from generator.records.entry_lines import line_in
from generator.records.garbage import without_looking_for_garbage
from generator.records.load import Loaded, Texts, load_bytes, load_file
from generator.records.look import Reading, look, require_records
from generator.records.model import Branch, Committee, Event, Organisation, Organiser, Person
from generator.records.plain_text import KIND as PLAIN_TEXT
from generator.records.raw_file import read_bytes
from generator.records.reading import read_all
from generator.records.scans import ScanFaults
from generator.records.schema import RecordSchemas
from generator.records.walk import Tree, classify, walk


@dataclass(frozen=True, slots=True)
class Content:
    """`digest` stands for the bytes of a file; `mentions` holds every id of the tree that occurs in it as a value."""

    digest: bytes
    mentions: frozenset[str]


@dataclass(frozen=True)
class Corpus:
    """The records of one tree. Nothing in it is changed after loading."""

    root: Path
    organisation: Organisation
    committees: Mapping[str, Committee]
    branches: Mapping[str, Branch]
    people: Mapping[str, Person]
    events: tuple[Event, ...]
    """In order of path."""
    organisers: Mapping[str, Organiser]
    findings: tuple[Diagnostic, ...]
    """Findings of reading, schema, references and privacy, in order of path; some not yet located."""
    documents: Documents
    files: int
    """Number of record files read."""
    schemas: RecordSchemas
    """What they were read by."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Former id → present id."""
    unread: frozenset[str] = frozenset()
    """Ids of people whose file could not be read (which is reported). They are in `people`, without name and log, so that they can be
    referred to; nothing else should be said about them."""
    contents: Mapping[str, Content] = field(default_factory=dict)
    """Path → what stands for the file's content; empty for files in memory."""
    entry_lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Path → lines of its entries."""

    def person_path(self, id: str) -> str | None:
        """Path of a person's file, by present or former id; None for an unknown one."""
        person = self.person(id)
        return person.path if person is not None else None

    def person(self, id: str) -> Person | None:
        """A person by present or former id."""
        return self.people.get(self.aliases.get(id, id))

    def locate(self, diagnostic: Diagnostic) -> Diagnostic:
        """The diagnostic with its span and those of its related places filled in. Files outside the tree are left alone."""
        span = diagnostic.span
        if span is None and diagnostic.place.path in self.documents:
            span = self.documents[diagnostic.place.path].span(diagnostic.place.pointer, diagnostic.place.on_key)
        related = tuple(
            replace(other, span=self.documents[other.place.path].span(other.place.pointer, other.place.on_key))
            if other.span is None and other.place.path in self.documents
            else other
            for other in diagnostic.related
        )
        rule: RuleOrigin | None = diagnostic.rule
        return diagnostic.located(span, related, rule)

    def line_of(self, place: Place) -> int:
        """Where a value begins, or its key; 0 in a file outside the tree. For entries and their dates no file is read again."""
        if not place.on_key and place.path in self.entry_lines:
            event = self._events.get(place.path)
            found = line_in(self.entry_lines[place.path], place.pointer, event.people if event is not None else None)
            if found:
                return found
        known = place.path in self.documents
        return self.documents[place.path].span(place.pointer, place.on_key).line if known else 0

    @cached_property
    def _events(self) -> Mapping[str, Event]:
        return {event.path: event for event in self.events}

    def line(self, path: str, span: Span) -> str:
        """The text of a span's first line; empty for a file outside the tree."""
        return self.documents[path].index.line(span.line) if path in self.documents else ""


def load_corpus(root: Path, schemas: RecordSchemas) -> Corpus:
    """Reads every record below `root/data`. Raises `JishiError` only when there is no such folder."""
    require_records(root)
    return corpus_of(look(root, None), schemas)


def corpus_of(reading: Reading, schemas: RecordSchemas) -> Corpus:
    """As `load_corpus`, for a tree already looked at."""
    with without_looking_for_garbage():
        loaded = read_all(reading, schemas)
        documents = _documents(reading.root, reading.tree)
        corpus = _assemble(reading.root, loaded, reading.tree.findings, schemas, documents, True, reading.scans)
        reading.keep_scans()
        return corpus


def load_structure(root: Path, schemas: RecordSchemas) -> Corpus:
    """Reads organisation, committees and branches only; folders with personal data are not even listed.

    References to people are not checked, as nobody is known.
    """
    require_records(root)
    tree = walk(root, structure_only=True)
    loaded = [load_file(root, file, schemas) for file in tree.files]
    return _assemble(root, loaded, tree.findings, schemas, _documents(root, tree), False)


def load_texts(texts: Texts, schemas: RecordSchemas) -> Corpus:
    """As `load_corpus`, for files in memory. Paths that are no record are left out, and nobody looks for scans."""
    files = sorted((file for path in texts if (file := classify(path)) is not None), key=lambda file: file.path)
    loaded = [load_bytes(file, texts[file.path], schemas) for file in files]
    return _assemble(
        Path(), loaded, (), schemas, Documents(dict.fromkeys(file.path for file in files), texts.get), True
    )


def _documents(root: Path, tree: Tree) -> Documents:
    return Documents(dict.fromkeys(file.path for file in tree.files), lambda path: read_bytes(root / path))


def _assemble(
    root: Path,
    loaded: list[Loaded],
    findings: Iterable[Diagnostic],
    schemas: RecordSchemas,
    documents: Documents,
    follow: bool,
    scans: ScanFaults | None = None,
) -> Corpus:
    made = Assembly(loaded, schemas, follow, scans)
    ids = {*made.people, *made.aliases, *made.branches, *made.committees}
    every = sorted([*findings, *made.findings], key=lambda said: (said.place.path, said.code, str(said.place.pointer)))
    return Corpus(
        root=root,
        organisation=made.organisation,
        committees=made.committees,
        branches=made.branches,
        people=made.people,
        events=tuple(made.events),
        organisers=made.organisers,
        findings=tuple(every),
        documents=documents,
        files=sum(one.file.kind != PLAIN_TEXT for one in loaded),
        schemas=schemas,
        aliases=made.aliases,
        contents={one.file.path: Content(one.digest, one.mentions & ids) for one in loaded},
        entry_lines={one.file.path: one.lines for one in loaded if one.lines},
        unread=frozenset(one.file.id for one in loaded if one.broken and one.file.kind == "person"),
    )
