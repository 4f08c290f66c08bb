"""The Jinja environment of the pages: every printed value goes through `escape`, an undefined name is an error."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from generator.site.escape import escape, in_title
from generator.site.links import asset_url, page_link, page_url
from generator.site.shipped import template_folders


class _EscapedOnce(CodeGenerator):
    """`finalize` has made every value `Markup`; Jinja would have markupsafe look at each once more, which costs as much again."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(finalize.src)

    def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(")")


class _PageEnvironment(Environment):
    code_generator_class = _EscapedOnce


def page_environment(root: Path) -> Environment:
    """Templates in `templates/site/` beside the records' `data/` come before the shipped ones of the same name."""
    environment = _PageEnvironment(
        loader=FileSystemLoader([folder / "site" for folder in template_folders(root)]),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = trusted_markdown
    environment.filters["anchor"] = anchor
    environment.filters["in_title"] = in_title
    environment.filters["path"] = path
    environment.filters["page_title"] = page_title
    environment.globals["link"] = page_link
    environment.globals["url"] = page_url
    environment.globals["asset"] = asset_url
    return environment


def anchor(name: str) -> Markup:
    """An id for the attribute list of a heading, where character references are not understood."""
    return Markup(quote(name, safe=""))


def page_title(text: str) -> Markup:
    """The title of a page for its front matter. MkDocs makes one from the name of the file where something stands before the heading."""
    return Markup(f"'{in_title(text)}'")


def path(parts: Iterable[str]) -> Markup:
    """A path that may be broken behind each folder, for raw HTML."""
    return Markup("/<wbr>".join(map(escape, parts)))


def trusted_markdown(text: str, indent: int = 0) -> Markup:
    """Markdown from a definition file, which is written by the same hands as the templates; never a record's text."""
    pad = " " * indent
    return Markup(("\n" + pad).join(text.strip().splitlines()))


def _finalize(value: Any) -> Any:
    return Markup("") if value is None else escape(value)
