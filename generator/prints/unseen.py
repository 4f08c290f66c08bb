"""Files that have no name until they are whole: of a process that is killed in the midst of one, nothing is left."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from generator.atomic import DRAFT, write_atomically


def write_unseen(path: Path, content: bytes, mode: int) -> None:
    """As `write_atomically`, durable; where the system has no files without a name, just so. The folder must be there."""
    try:
        handle = os.open(path.parent, os.O_TMPFILE | os.O_WRONLY, mode)
    except (AttributeError, OSError):
        write_atomically(path, content, durable=True, mode=mode)
        return
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, mode)
        file.write(content)
        file.flush()
        os.fsync(handle)
        named = _named(handle, path)
    if not named:
        write_atomically(path, content, durable=True, mode=mode)


def _named(handle: int, path: Path) -> bool:
    """False: this system gives no name to such a file."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        _link(handle, path.name, folder)
    except FileExistsError:
        _replace(handle, path, folder)
    except OSError:
        return False
    finally:
        os.close(folder)
    return True


def _replace(handle: int, path: Path, folder: int) -> None:
    # A link replaces nothing, a renaming does: for that one moment there is a draft with a name.
    draft = path.with_name(f"{DRAFT}{secrets.token_hex(8)}")
    try:
        _link(handle, draft.name, folder)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _link(handle: int, name: str, folder: int) -> None:
    os.link(f"/proc/self/fd/{handle}", name, dst_dir_fd=folder, follow_symlinks=True)
