"""All record files of a tree, read: from what was kept where nothing changed, else anew, in several processes when there are many."""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from generator.diagnostics import Span
from generator.records.load import Loaded, load_file
from generator.records.look import GROUP, Reading, group_of, people_of
from generator.records.schema import Checked, RecordSchemas
from generator.records.stamps import Stamp, stamped
from generator.records.store import packed
from generator.records.walk import RecordFile
from generator.records.workers import in_order, process_count

MANY = 400
"""From this many files on it pays to start other processes."""


def read_all(reading: Reading, schemas: RecordSchemas) -> list[Loaded]:
    """Every file, in the order of the tree. Fills in the stamps and, if all could be read, the digest."""
    groups: dict[str, list[RecordFile]] = {}
    for file in reading.tree.files:
        groups.setdefault(group_of(file.committee, file.branch), []).append(file)
    kept = {name: found for name, files in groups.items() if (found := _kept(reading, name, files)) is not None}
    stale = [name for name in groups if name not in kept]
    many = sum(len(groups[name]) for name in stale) >= MANY

    def read(name: str) -> bytes:
        return _read_group(reading, name, groups[name], schemas)

    for name, raw in zip(stale, in_order(read, stale, process_count() if many else 1), strict=True):
        kept[name] = pickle.loads(raw)
        if reading.store is not None:
            reading.store.put_raw(name, raw)
    loaded: list[Loaded] = []
    for name, files in groups.items():
        for file in files:
            stamp, content = kept[name][file.path]
            # The content counts that was taken in, should the file have changed since it was looked at.
            if stamp is None:
                reading.stamps.pop(file.path, None)
            elif file.path not in reading.stamps or reading.stamps[file.path].digest != stamp[-1]:
                reading.stamps[file.path] = Stamp(*stamp)
            loaded.append(_unfolded(file, content))
    reading.settle()
    if reading.store is not None and stale:
        reading.store.drop_others(GROUP, {*groups, *(people_of(name) for name in groups)})
    order = {file.path: number for number, file in enumerate(reading.tree.files)}
    return sorted(loaded, key=lambda one: order[one.file.path])


def _kept(reading: Reading, name: str, files: Iterable[RecordFile]) -> Any:
    """What was kept of a group, if every file in it is unchanged."""
    if reading.store is None or any(file.path not in reading.stamps for file in files):
        return None
    found = reading.store.get(name)
    if not isinstance(found, dict):
        return None
    for file in files:
        stamp = found.get(file.path, (None,))[0]
        if stamp is None or stamp[-1] != reading.stamps[file.path].digest:
            return None
    return found


def _read_group(reading: Reading, name: str, files: Sequence[RecordFile], schemas: RecordSchemas) -> bytes:
    old = reading.store.get(name) if reading.store is not None else None
    old = old if isinstance(old, dict) else {}
    found: dict[str, Any] = {}
    for file in files:
        stamp, content = old.get(file.path, (None, None))
        known = reading.stamps.get(file.path)
        if stamp is None or known is None or stamp[-1] != known.digest:
            stamp, content = _fresh(reading.root, file, schemas)
        found[file.path] = stamp, content
    return packed(found)


def _fresh(root: Path, file: RecordFile, schemas: RecordSchemas) -> tuple[Any, Any]:
    now = time.time_ns()
    try:
        found = (root / file.path).stat()
    except OSError:
        found = None
    loaded = load_file(root, file, schemas)
    stamp = tuple(stamped(found, loaded.digest, now)) if found is not None and loaded.digest else None
    return stamp, _folded(loaded)


def _folded(loaded: Loaded) -> tuple[Any, ...]:
    """As plain values, which take a third of the time to keep and to fetch."""
    checked = loaded.checked
    numbers = tuple((code, number, (s.line, s.column, s.end_line, s.end_column)) for code, number, s in loaded.numbers)
    content = (checked.fields, checked.entries, checked.people, checked.diagnostics)
    return (
        content,
        loaded.diagnostics,
        numbers,
        loaded.broken,
        loaded.mentions,
        loaded.references,
        loaded.digest,
        loaded.scans,
        loaded.lines,
    )


def _unfolded(file: RecordFile, content: Any) -> Loaded:
    (fields, entries, people, said), diagnostics, numbers, broken, mentions, references, digest, scans, lines = content
    spans = tuple((code, number, Span(*span)) for code, number, span in numbers)
    checked = Checked(fields, entries, people, said)
    return Loaded(file, checked, diagnostics, spans, broken, mentions, references, digest, scans, lines)
