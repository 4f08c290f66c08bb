"""Where the live preview is built: below `build/preview/`, never into `site/`."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import JishiError
from generator.owner_only import owner_only
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


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Two previews of the same records would build into the same folder. Raises JishiError when there is another, and `OSError`."""
    with (make_room(root) / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise JishiError("这个记录仓库已有一个预览在运行", "先按 Ctrl-C 结束那一个。") from error
        yield
