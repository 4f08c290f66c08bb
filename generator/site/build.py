"""From pages to a built site: Markdown tree, theme, `nav.yml`, then MkDocs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.diagnostics import JishiError
from generator.os_errors import reason
from generator.owner_only import owner_only
from generator.site.environment import page_environment
from generator.site.escape import in_title
from generator.site.library import Library
from generator.site.links import FILES
from generator.site.mkdocs import run_mkdocs
from generator.site.page_days import page_days
from generator.site.pages import PageSet
from generator.site.settings import SiteFolders, check_own_config, generated_config, nav_yml, template_file, theme_files
from generator.site.standing import note_standing, stands
from generator.site.tree import Changes, sync, write_changed

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made."""

    folders: SiteFolders
    pages: int
    changes: Changes


def shared_values(folders: SiteFolders, library: Library) -> dict[str, Any]:
    """What every template is given, whatever its page."""
    title = library.organisation.name + (
        "发展党员工作台（内部）" if folders.audience == "internal" else "发展党员工作手册"
    )
    shared = {"site_name": title, "as_of": library.as_of, "internal": folders.audience == "internal"}
    return {**shared, "platforms_in_use": library.platforms_in_use, FILES: folders.offline}


def write_tree(folders: SiteFolders, library: Library, pages: PageSet) -> Changes:
    """Write everything MkDocs needs below `folders.build`, touching only what differs."""
    shared = shared_values(folders, library)
    own = {
        "nav.yml": nav_yml(folders, in_title(shared["site_name"]), pages.nav()),
        "look.yml": template_file(folders.root, "look.yml"),
        "words.txt": template_file(folders.root, "words.txt"),
    }
    config = generated_config(folders)
    if config is not None:
        own["mkdocs.yml"] = config
    changes = sync(folders.docs, _docs(folders, library, pages, shared))
    sync(folders.theme, theme_files(folders.root).items())
    for name, content in own.items():
        write_changed(folders.build / name, content)
    return changes


def _close(folder: Path) -> None:
    """What names people is for its owner alone. Raises JishiError."""
    try:
        owner_only(folder)
    except OSError as error:
        raise JishiError(f"无法使用 {folder}：{reason(error)}", "请检查文件夹的权限和磁盘空间。") from error


def _docs(
    folders: SiteFolders, library: Library, pages: PageSet, shared: dict[str, Any]
) -> Iterator[tuple[str, bytes]]:
    days = page_days(folders, library, pages)
    for path, content in pages.render(page_environment(folders.root), shared):
        yield path, content + days.get(path, b"")
    for name, source in library.published.items():
        yield name, source.read_bytes()


def build_site(folders: SiteFolders, library: Library, pages: PageSet, say: Say) -> Built:
    """The whole way. Raises JishiError when MkDocs has anything to complain about; the site published before then stays."""
    if folders.audience == "internal" and folders.root / "site" in (folders.site, *folders.site.parents):
        raise JishiError("内部网站不得写入 site/ 文件夹。")
    check_own_config(folders)
    if folders.audience == "internal":
        _close(folders.build)
    say("写页面")
    changes = write_tree(folders, library, pages)
    if not stands(folders, library.as_of):
        say(f"生成网站（{len(pages.pages)} 页）")
        run_mkdocs(folders, library.as_of)
        note_standing(folders, library.as_of)
    # It is copied without the folder around it. Where it is a link, who may come in there is for the owner to say.
    if folders.audience == "internal" and not folders.site.is_symlink():
        _close(folders.site)
    return Built(folders, len(pages.pages), changes)
