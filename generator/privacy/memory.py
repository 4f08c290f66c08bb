"""Keeps opened values in memory alone."""

from __future__ import annotations

import resource


def no_core_file() -> None:
    """A crash must not write the memory of this process, or of workers started from it, to the disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
