"""Where the live preview is built: below `build/preview/`, never into `site/`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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


def make_room(root: Path) -> None:
    """Closes the folder of the preview to everybody but its owner. Raises `OSError`."""
    owner_only(root / "build" / "preview")
