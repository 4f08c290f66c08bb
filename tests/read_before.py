"""For tests that read nearly the same tree again and again: a file of the same path and bytes is read, typed and checked once a process."""

from __future__ import annotations

from functools import cache

from generator.records.load import load_bytes

load_bytes_once = cache(load_bytes)
"""To stand where `load_bytes` does. What is loaded is never changed, so that it can be shared."""
