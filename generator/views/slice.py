"""A person's slice: the own file, and of each event the shared part and the person's own part.

It says all that a dossier was made from and nothing about anybody else. Its digest stands in the footer of every page, so that a print
can be told from one made of other records, while a change that does not concern the person changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from generator.views.cut import Cut

_LOG = "log"
_SCANS = "scans"
DIGEST_SHOWN = 16
"""Hexadecimal digits of the digest that are printed."""


@dataclass(frozen=True, slots=True)
class Slice:
    """`text`: canonical YAML, ending in a line feed; `digest`: its SHA-256 in hexadecimal."""

    person: str
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def shown(self) -> str:
        return self.digest[:DIGEST_SHOWN]

    @property
    def name(self) -> str:
        return f"{self.person}.yaml"


class _Dumper(yaml.SafeDumper):
    """The pure Python dumper: its bytes do not depend on the libyaml of the machine. Repeats are written out, never anchored."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def cut_slice(
    ids: Sequence[str], path: str, own: Mapping[str, Any], events: Iterable[tuple[str, Mapping[str, Any]]], cut: Cut
) -> Slice:
    """The slice of a person from the texts of the own file (at `path`) and of the events that name the person, each with
    its path. `ids`: the present id, then former ones.
    """
    person = ids[0]
    content = {
        "person": person,
        "file": path,
        "record": _without_others(ids, own, cut),
        "events": [
            {"file": event_path, "record": cut.event(ids, data)}
            for event_path, data in sorted(events, key=lambda item: item[0])
        ],
    }
    return Slice(person, _yaml(content))


def _without_others(ids: Sequence[str], own: Mapping[str, Any], cut: Cut) -> dict[str, Any]:
    """A meeting may stand in the own log as well, with those who voted."""
    log = own.get(_LOG)
    if not isinstance(log, list):
        return dict(own)
    return {**own, _LOG: [cut.own_part(ids, entry) if isinstance(entry, Mapping) else entry for entry in log]}


@dataclass(frozen=True, slots=True)
class BoundScan:
    """A scan that was bound in: where it lay, from the root of the records, and the SHA-256 of its content."""

    file: str
    sha256: str


def with_scans(own: Slice, scans: Sequence[BoundScan]) -> Slice:
    """The slice with the digest of each scan behind what it says of the records; the same slice where there is none."""
    if not scans:
        return own
    listed = [{"file": scan.file, "sha256": scan.sha256} for scan in scans]
    return Slice(own.person, own.text + _yaml({_SCANS: listed}))


def without_scans(text: bytes) -> tuple[bytes, tuple[BoundScan, ...]]:
    """What a slice with line ends as we write them says of the records, and the scans it lists. The opposite of `with_scans`."""
    records, mark, listed = text.partition(f"\n{_SCANS}:\n".encode())
    if not mark:
        return text, ()
    try:
        scans = yaml.safe_load(listed.decode("utf-8"))
        return records + b"\n", tuple(BoundScan(str(scan["file"]), str(scan["sha256"])) for scan in scans)
    except (yaml.YAMLError, ValueError, TypeError, KeyError, RecursionError):
        return text, ()


def _yaml(content: Mapping[str, Any]) -> str:
    text: str = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120, line_break="\n")
    return text
