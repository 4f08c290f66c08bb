"""File and line of values of the records, looked up file by file, since only a few files are kept in memory as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, Place
from generator.records.corpus import Corpus
from generator.records.walk import DATA


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A line of a file; line 0: the file as a whole."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path

    @property
    def parts(self) -> tuple[str, ...]:
        """The same without the folder of all records, part by part of the path."""
        return tuple(str(self).removeprefix(f"{DATA}/").split("/"))


NOWHERE = Source("")


def source_of(finding: Diagnostic) -> Source:
    """Where a located finding points."""
    return Source(finding.place.path, finding.span.line if finding.span else 0)


def sources_of(corpus: Corpus, places: Iterable[Place]) -> Mapping[Place, Source]:
    """Each place with its line; one in a file that could not be read has none."""
    line_of = corpus.line_of
    return {place: Source(place.path, line_of(place)) for place in sorted(set(places), key=lambda place: place.path)}
