"""The records read by the schemas that hold for them; nothing is judged yet."""

from __future__ import annotations

from pathlib import Path

from generator.definitions.kept import kept_or_made
from generator.definitions.load import Definitions
from generator.definitions.shipped import shipped_root
from generator.records.corpus import Corpus, corpus_of
from generator.records.look import Reading
from generator.records.schema import RecordSchemas
from generator.records.store import Store


def corpus_read(root: Path, reading: Reading, definitions: Definitions) -> Corpus:
    return corpus_of(reading, load_schemas(root, definitions, reading.always))


def load_schemas(root: Path, definitions: Definitions, store: Store | None = None) -> RecordSchemas:
    """Schemas of the records; a file of the repository comes before the shipped one of the same name. `store`: see `load_definitions`."""
    folders = [base / "schema" / "records" for base in (root, shipped_root())]
    return kept_or_made(
        store,
        "schemas",
        lambda: RecordSchemas.load(folders, definitions.step_kinds, platforms=definitions.platforms),
    )
