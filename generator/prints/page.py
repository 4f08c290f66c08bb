"""HTML and CSS of what is printed: the templates of templates/print/, filled from views."""

from __future__ import annotations

from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from generator.definitions.template_faults import template_faults
from generator.prints.breaks import dotted, unbroken
from generator.prints.fonts import font_stack


class PrintTemplates:
    """The print templates, found in `folders` in order: a records repository may replace any of them by name."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            autoescape=lambda name: name is None or not name.endswith(".css"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["stack"] = font_stack
        self._environment.filters.update(dotted=dotted, unbroken=unbroken)

    def html(self, template: str, **views: object) -> str:
        """The page of a template with the given views."""
        with template_faults(template):
            return self._environment.get_template(template).render(**views)

    def css(self, name: str = "print.css") -> str:
        """The stylesheet, the same for every person, so that it is parsed once."""
        with template_faults(name):
            return self._environment.get_template(name).render()
