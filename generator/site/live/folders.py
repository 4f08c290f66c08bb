"""Where the live preview is built: below `build/preview/`, never into `site/`."""

from __future__ import annotations

import fcntl
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.atomic import write_atomically
from generator.diagnostics import JishiError
from generator.owner_only import FILE, owner_only
from generator.site.settings import Audience, SiteFolders

AUDIENCES: tuple[Audience, ...] = ("public", "internal")


@dataclass(frozen=True, slots=True)
class PreviewFolders(SiteFolders):
    """Folders of the whole build behind the preview. It ends in `site`; whoever shows the preview moves that to `shown`."""

    @property
    def build(self) -> Path:
        return self.root / "build" / "preview" / self.audience

    @property
    def site(self) -> Path:
        return self.build / "site"

    @property
    def shown(self) -> Path:
        """The last whole site; the server reads from here."""
        return self.build / "shown"

    @property
    def config(self) -> Path:
        return self.build / "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class DraftFolders(PreviewFolders):
    """Settings for single pages, beside those of the whole build: both are made at the same time."""

    @property
    def build(self) -> Path:
        return self.root / "build" / "preview" / f"{self.audience}-pages"


def make_room(root: Path) -> Path:
    """The folder of the preview, closed to everybody but its owner. Raises `OSError`."""
    return owner_only(root / "build" / "preview")


def address_key(root: Path) -> str:
    """What the address of the internal site holds so that nobody else on this machine can open it. It stays the same from one run to
    the next, so that an open tab stays good. Raises `OSError`."""
    path = make_room(root) / ".key"
    kept = path.read_text(encoding="ascii", errors="replace") if path.is_file() else ""
    if re.fullmatch(r"[0-9a-f]{32}", kept) and path.stat().st_mode & 0o777 == FILE:
        return kept
    key = secrets.token_hex(16)
    write_atomically(path, key.encode(), mode=FILE)
    return key


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Two previews of the same records would build into the same folder. Raises JishiError when there is another, and `OSError`."""
    with (make_room(root) / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise JishiError("这个记录仓库已有一个预览在运行", "先按 Ctrl-C 结束那一个。") from error
        yield
