"""The bytes of a record file."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

MAX_BYTES = 2_000_000
"""Largest record read. A person's file with a hundred entries has 20,000 bytes."""


def digest_of(raw: bytes) -> bytes:
    """Stands for the content of a file."""
    return hashlib.blake2b(raw, digest_size=16).digest()


def read_bytes(path: Path) -> bytes | None:
    """Content of a regular file, at most one byte beyond the limit; None for a device or pipe. Raises `OSError`."""
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe would block for ever
        return None
    with path.open("rb") as source:
        return source.read(MAX_BYTES + 1)
