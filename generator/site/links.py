"""Links between pages, from the page they stand on. A target is a page's path with an optional anchor: `procedure/admission.md#oath`."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

HERE = "here"
"""Name under which a page's own path is given to its template."""
KNOWN = "known_pages"
"""The paths of all pages of the site."""
FILES = "from_files"
"""Whether the site is opened from a folder: there a page is a file of its own name, and a folder opens no page."""


@pass_context
def page_link(context: Context, target: str) -> Markup:
    """The target as a Markdown link wants it; MkDocs checks that it exists."""
    path, _, anchor = target.partition("#")
    relative = _relative(path, posixpath.dirname(context[HERE]) or ".") if path else ""
    return Markup(relative + (f"#{quote(anchor)}" if anchor else ""))


@pass_context
def page_url(context: Context, target: str) -> Markup:
    """The target as an address, for raw HTML and SVG, where MkDocs rewrites nothing."""
    path, _, anchor = target.partition("#")
    if path and path not in context[KNOWN]:
        raise LookupError(f"no page {path}, linked from {context[HERE]}")
    relative = _address(path, context) if path else ""
    return Markup(relative + (f"#{quote(anchor)}" if anchor else ""))


@pass_context
def asset_url(context: Context, path: str) -> Markup:
    """A file that is no page (script, style sheet) as an address, for raw HTML. Nothing checks that it exists."""
    return Markup(_relative(path, _folder(context)))


def _address(page: str, context: Context) -> str:
    if context.get(FILES, False):
        return _relative(page.removesuffix(".md") + ".html", _folder(context))
    return _relative(_own_folder(page), _folder(context)) + "/"


@lru_cache(maxsize=1 << 15)
def _relative(path: str, folder: str) -> str:
    """Quoted. A manual has some hundred links, each asked for several times."""
    return quote(posixpath.relpath(path, folder), safe="/.")


def _folder(context: Context) -> str:
    """The folder that addresses on the page being written start from."""
    here: str = context[HERE]
    return posixpath.dirname(here) or "." if context.get(FILES, False) else _own_folder(here)


def _own_folder(page: str) -> str:
    """On a web server every page is the index of its own folder."""
    name = page.removesuffix(".md")
    return posixpath.dirname(name) or "." if posixpath.basename(name) == "index" else name
