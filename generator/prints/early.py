"""A key that is known before a dossier is compiled: nothing in the repository, the program or the fonts has changed since the last print.

It covers more than a dossier rests on, so that it can be had without reading a record. Where it differs, the dossier is compiled and
its own key decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import blake2b
from pathlib import Path

from generator.records.walk import DATA


def early_key(
    program: bytes, root: Path, templates: Iterable[Path], drawn_by: str, day: date, explicit: bool
) -> str:
    """`program`: stands for program and definitions; `templates`: folders of the templates in use; `drawn_by`: fonts and libraries;
    `explicit`: the day was asked for.

    Every file below `data/` counts, scans and sealed values included, and each by its content: times may lie.
    """
    whole = blake2b(program, digest_size=20)
    whole.update(f"\0{drawn_by}\0{day.isoformat()}\0{explicit}\0".encode())
    for folder in (root / DATA, *templates):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            content = _digest(path)
            whole.update(f"{path.relative_to(folder).as_posix()}\0{content}\0".encode(errors="surrogateescape"))
        whole.update(b"\1")
    return whole.hexdigest()


def unchanged_since(moment: int, root: Path, templates: Iterable[Path]) -> bool:
    """Whether nothing that the key covers has come, gone or changed since `moment` (nanoseconds since 1970).

    What was saved after the records had been read has a part in the key, but none in a print.
    """
    return all(_changed(path) < moment for folder in (root / DATA, *templates) for path in (folder, *folder.rglob("*")))


def _changed(path: Path) -> int:
    try:
        # Unlike the time of its content, this one cannot be set by a program.
        return path.lstat().st_ctime_ns
    except FileNotFoundError:
        return 0


def _digest(path: Path) -> str:
    try:
        return blake2b(path.read_bytes(), digest_size=20).hexdigest()
    except OSError as error:
        return f"unreadable {error.errno}"
