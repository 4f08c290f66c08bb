"""Links between pages, from the page they stand on. A target is a page's path with an optional anchor: `procedure/admission.md#oath`."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

HERE = "here"
"""Name under which a page's own path is given to its template."""
KNOWN = "known_pages"
"""The paths of all pages of the site."""


@pass_context
def page_link(context: Context, target: str) -> Markup:
    """The target as a Markdown link wants it; MkDocs checks that it exists."""
    path, _, anchor = target.partition("#")
    relative = posixpath.relpath(path, posixpath.dirname(context[HERE]) or ".") if path else ""
    return Markup(quote(relative, safe="/.") + (f"#{quote(anchor)}" if anchor else ""))


@pass_context
def page_url(context: Context, target: str) -> Markup:
    """The target as an address, for raw HTML and SVG, where MkDocs rewrites nothing."""
    path, _, anchor = target.partition("#")
    if path and path not in context[KNOWN]:
        raise LookupError(f"no page {path}, linked from {context[HERE]}")
    relative = posixpath.relpath(_folder(path), _folder(context[HERE])) + "/" if path else ""
    return Markup(quote(relative, safe="/.") + (f"#{quote(anchor)}" if anchor else ""))


@pass_context
def asset_url(context: Context, path: str) -> Markup:
    """A file that is no page (script, style sheet) as an address, for raw HTML. Nothing checks that it exists."""
    return Markup(quote(posixpath.relpath(path, _folder(context[HERE])), safe="/."))


def _folder(page: str) -> str:
    """The folder a page is published in: every page is the index of its own folder."""
    name = page.removesuffix(".md")
    return posixpath.dirname(name) or "." if posixpath.basename(name) == "index" else name
