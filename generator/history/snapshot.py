"""The records as they were at a commit, in a folder of their own."""

from __future__ import annotations

import io
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.diagnostics import JishiError
from generator.history.git import Repository
from generator.records.walk import DATA

_PARTS = (DATA, "schema", "templates")


@contextmanager
def snapshot(repository: Repository, commit: str) -> Iterator[Path]:
    """A folder for its owner alone with the records of a commit and the definitions and templates beside them; gone afterwards.

    Raises `JishiError` when git does not have them all, and `OSError`.
    """
    tree = f"{commit}:{repository.prefix.rstrip('/')}" if repository.prefix else commit
    there = repository.output("ls-tree", "--name-only", "-z", "--full-tree", tree).split(b"\0")
    parts = [part for part in _PARTS if part.encode() in there]
    packed = repository.output("archive", "--format=tar", tree, *parts)
    with tempfile.TemporaryDirectory(prefix="jishi-") as folder:
        try:
            with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
                _unpack(archive, Path(folder))
        except tarfile.TarError as error:
            raise JishiError(f"提交 {commit[:10]} 里的记录取不出来") from error
        yield Path(folder)


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Plain files alone: a link may lead anywhere."""
    for member in archive:
        target = folder / member.name
        content = archive.extractfile(member) if member.isfile() else None
        if content is not None and target.resolve().is_relative_to(folder.resolve()):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.read())
