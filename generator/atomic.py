"""Files that are there in full or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

DRAFT = ".writing-"
"""What the name of a file begins with while it is being written."""


def write_atomically(path: Path, content: bytes, *, durable: bool = False, mode: int = 0o644) -> None:
    """Gives `path` this content; folders are made. Raises `OSError`; the old file is as it was then, and nothing is left behind.

    `durable`: also after a power cut; for what cannot be made again in a moment. `mode`: permissions; nobody has more meanwhile.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=DRAFT)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        draft.chmod(mode)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
