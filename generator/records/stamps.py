"""Whether a file is still as it was: by what the system says of it, and where that does not settle it, by its content."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

from generator.records.raw_file import digest_of, read_bytes

SETTLED_NS = 2_000_000_000
"""A file changed twice within one tick of the clock of its disk looks unchanged. The coarsest disks tick every two seconds: what had
been changed later than that before it was read is not believed."""


class Stamp(NamedTuple):
    """What the system said of a file, when (`read`, nanoseconds), and the digest of what was then read from it."""

    size: int
    modified: int
    changed: int
    number: int
    read: int
    digest: bytes

    def holds(self, found: os.stat_result) -> bool:
        same = (self.size, self.modified, self.changed, self.number) == _said(found)
        return same and max(self.modified, self.changed) + SETTLED_NS < self.read


def stamped(found: os.stat_result, digest: bytes, read: int) -> Stamp:
    return Stamp(*_said(found), read, digest)


def renewed(path: str, old: Stamp) -> Stamp | None:
    """The stamp of a file, read only where `old` no longer holds; None when it cannot be read."""
    try:
        found = os.stat(path)  # noqa: PTH116 -- a Path for each of fifty thousand files takes longer than the question
        if old.holds(found):
            return old
        now = time.time_ns()
        raw = read_bytes(Path(path))
    except OSError:
        return None
    return None if raw is None else stamped(found, digest_of(raw), now)


def _said(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
