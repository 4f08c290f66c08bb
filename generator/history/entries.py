"""Which entries a version of a record file holds, and what makes two entries of two versions the same.

An entry is the same as long as the person, the step, the date and its number among equals stay the same: the n-th entry of
that step on that day in one file. The line, the order in the file, the YAML style, comments and all other fields play no part, nor
does the file: a person's file is known by its id wherever it lies, so that a change of branch keeps every entry, and so does
taking an entry out of the person's log into an event. A corrected date makes another entry: it was written when it was corrected.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.records.raw_file import MAX_BYTES
from generator.records.walk import RecordFile
from generator.records.yaml_source import read_text

KINDS = ("person", "event")
"""Kinds of record files that hold entries."""

_STEP = re.compile(r"[A-Za-z0-9_]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID = re.compile(r"[^\s]+")


class EntryKey(NamedTuple):
    """The identity of an entry. `day` is written YYYY-MM-DD; `n` counts from 1."""

    person: str
    step: str
    day: str
    n: int


Noted = tuple[str, str, str]
"""(person, step, day); the person is empty for the one whose file it is."""


def noted_in(kind: str, raw: bytes) -> tuple[Noted, ...]:
    """The entries that the content of a file holds. What cannot be read holds none; old encodings are read as they are meant."""
    text = _decoded(raw)
    if text is None:
        return ()
    data = read_text("", text).data
    found = _in_event(data) if kind == "event" else _in_log(data)
    return tuple((who, step, day) for who, step, day in found if _STEP.fullmatch(step) and _DAY.fullmatch(day))


def keys_of(file: RecordFile, noted: Iterable[Noted]) -> set[EntryKey]:
    """The entries of one version of a file, with their numbers among equals."""
    count: Counter[Noted] = Counter()
    keys = set()
    for who, step, day in noted:
        one = (who or file.id, step, day)
        count[one] += 1
        keys.add(EntryKey(*one, count[one]))
    return keys


def _in_log(data: Mapping[str, Any]) -> Iterator[Noted]:
    log = data.get("log")
    for item in log if isinstance(log, list) else ():
        if isinstance(item, dict):
            yield "", _text(item.get("step")), _text(item.get("date"))


def _in_event(data: Mapping[str, Any]) -> Iterator[Noted]:
    people = data.get("people")
    step, day = _text(data.get("step")), _text(data.get("date"))
    for person in people if isinstance(people, dict) else ():
        if isinstance(person, str) and _ID.fullmatch(person):
            yield person, step, day


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _decoded(raw: bytes) -> str | None:
    """Records are UTF-8 today; a version saved otherwise and converted later was written all the same."""
    if len(raw) > MAX_BYTES:
        return None
    marked = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    return None
