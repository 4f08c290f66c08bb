"""One page of a site as HTML, without building the others: what MkDocs does for a page, with the settings kept in memory."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page as MkDocsPage

from generator.diagnostics import JishiError
from generator.site.build import shared_values
from generator.site.environment import page_environment
from generator.site.escape import in_title
from generator.site.live.folders import DraftFolders
from generator.site.live.sources import Everything
from generator.site.page_days import page_days
from generator.site.pages import Page, PageSet
from generator.site.settings import Audience, generated_config, nav_yml, template_file, theme_files
from generator.site.tree import sync, write_changed

_HEADING = re.compile(r"^# ([^&<>{}\n]+?)\s*(?:\{:.*\})?$", re.MULTILINE)
"""Where it is plain text; else the page's name in the navigation has to do."""


@dataclass(frozen=True, slots=True)
class _Theme:
    """The settings as loaded, and the theme's templates; good for as long as the files behind them are the same."""

    made_of: object
    config: MkDocsConfig
    templates: Environment


class SinglePages:
    """Makes pages of one audience. The search index, the pictures and everything about other pages come with the whole build."""

    def __init__(self, root: Path, audience: Audience) -> None:
        self._folders = DraftFolders(root, audience)
        self._theme: _Theme | None = None
        self._markdown: Environment | None = None

    def templates_changed(self) -> None:
        """A template may now lie where there was none."""
        self._markdown = self._theme = None

    def html(self, everything: Everything, page: Page) -> str:
        """Raises JishiError for faults in templates and settings."""
        text = self._text(everything, page)
        try:
            return self._built(everything, page, text)
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            place = f"{getattr(error, 'name', None) or '外观模板'}{f' 第 {line} 行' if line else ''}"
            raise JishiError(f"templates/theme/ 的 {place} 有错：{error.message}", "请改正这个外观模板。") from error
        except MkDocsException as error:
            raise JishiError(f"mkdocs.yml 或外观设置有错：{error}", "请改正 mkdocs.yml 或 look.yml。") from error

    def _text(self, everything: Everything, page: Page) -> str:
        if self._markdown is None:
            self._markdown = page_environment(self._folders.root)
        shared = shared_values(self._folders, everything.library)
        text = dict(everything.pages.render(self._markdown, shared, {page.path}))[page.path]
        day = page_days(self._folders, everything.library, PageSet([page])).get(page.path, b"")
        return (text + day).decode()

    def _built(self, everything: Everything, page: Page, text: str) -> str:
        theme = self._loaded(everything, page)
        config = theme.config
        files = Files(
            File.generated(config, name, content=text if name == page.path else b"", inclusion=InclusionLevel.INCLUDED)
            for name in _names(everything)
        )
        files.add_files_from_theme(theme.templates, config)
        config.nav = _nav(everything, page, self._headings(everything, page))
        nav = get_navigation(files, config)
        file = files.get_file_from_path(page.path)
        if file is None:
            raise JishiError(f"没有页面 {page.path}")
        shown = file.page or MkDocsPage(None, file, config)
        shown.read_source(config)
        shown.render(config, files)
        shown.active = True
        context = get_context(nav, files, config, shown)
        context = config.plugins.on_page_context(context, page=shown, config=config, nav=nav)
        output = theme.templates.get_template(str(shown.meta.get("template", "main.html"))).render(context)
        return config.plugins.on_post_page(output, page=shown, config=config) or output

    def _headings(self, everything: Everything, page: Page) -> dict[str, str]:
        """Of the pages before and behind this one, those whose title MkDocs takes from their heading: the foot of this page names them."""
        order = list(_paths(everything.pages.nav()))
        if page.path not in order:
            return {}
        place = order.index(page.path)
        beside = {*order[max(place - 1, 0) : place], *order[place + 1 : place + 2]}
        titled = (p for p in everything.pages.pages if p.path in beside and p.title == p.section)
        # What sums up all branches is not worked out for its heading, which is its name.
        wanted = {p.path for p in titled if isinstance(p.values, Mapping)}
        assert self._markdown is not None
        shared = shared_values(self._folders, everything.library)
        texts = dict(everything.pages.render(self._markdown, shared, wanted)) if wanted else {}
        found = {path: _HEADING.search(texts[path].decode()) for path in wanted}
        return {path: heading[1] for path, heading in found.items() if heading is not None}

    def _loaded(self, everything: Everything, page: Page) -> _Theme:
        folders = self._folders
        title = in_title(shared_values(folders, everything.library)["site_name"])
        files = {
            "nav.yml": nav_yml(folders, title, []),
            "look.yml": template_file(folders.root, "look.yml"),
            "words.txt": b"",
            "mkdocs.yml": generated_config(folders) or b"",
        }
        theme = theme_files(folders.root) if self._theme is None else {}
        if self._theme is None or self._theme.made_of != files:
            for name, content in files.items():
                write_changed(folders.build / name, content)
            if theme:
                sync(folders.theme, theme.items())
            folders.docs.mkdir(parents=True, exist_ok=True)
            self._theme = _load(folders, files)
        return self._theme


def _load(folders: DraftFolders, made_of: object) -> _Theme:
    os.chdir(folders.root)
    config = load_config(config_file=str(folders.config), site_dir=str(folders.site))
    for plugin in config.plugins.values():
        if "jieba_dict_user" in plugin.config:
            # Loading a dictionary takes longer than a page, and serves the index alone.
            plugin.config["jieba_dict_user"] = None
    config.plugins.on_startup(command="serve", dirty=True)
    config = config.plugins.on_config(config)
    for plugin in config.plugins.values():
        # What is said about a single page is not to be indexed: that takes longer than all the rest.
        if hasattr(plugin, "search_index"):
            plugin.search_index = _NoIndex()
    return _Theme(made_of, config, config.theme.get_env())


class _NoIndex:
    def add_entry_from_context(self, page: Any) -> None:
        pass


def _paths(nav: Iterable[Any]) -> Iterator[str]:
    """In the order of the navigation."""
    for entry in nav:
        if isinstance(entry, str):
            yield entry
        else:
            for value in entry.values():
                yield from [value] if isinstance(value, str) else _paths(value)


def _names(everything: Everything) -> list[str]:
    beside = (*everything.pages.files, *everything.library.published)
    return [*(page.path for page in everything.pages.pages), *beside]


def _nav(everything: Everything, page: Page, headings: Mapping[str, str]) -> list[Any]:
    """With a title for every other page: MkDocs would look for it in the page, which is not made here."""
    titles = {**{other.path: in_title(other.title) for other in everything.pages.pages}, **headings}

    def named(entry: Any) -> Any:
        if isinstance(entry, str):
            return entry if entry == page.path else {titles[entry]: entry}
        return {
            key: [named(inner) for inner in value] if isinstance(value, list) else value for key, value in entry.items()
        }

    return [named(entry) for entry in everything.pages.nav()]
