"""The booklet of a branch's manual: view → HTML → sheaf. Texts in Markdown are turned into HTML by the library that the site uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache

from markupsafe import Markup

from generator.prints.bundle_sheets import yaml_of
from generator.prints.page import PrintTemplates
from generator.prints.run import Job
from generator.prints.sheaf import Sheaf
from generator.views.booklet import Booklet


@lru_cache(maxsize=4096)
def rendered(text: str) -> Markup:
    """Markdown of a definition file as HTML; never a record's text."""
    from markdown import markdown

    return Markup(markdown(text, output_format="xhtml"))


class ManualPrinter:
    """`fonts`: fingerprint of the fonts in use. Attached is what the manual was tailored by, and no name."""

    def __init__(self, templates: PrintTemplates, fonts: str) -> None:
        self._templates = templates
        self._css = templates.css("manual.css")
        self._fonts = fonts

    def job(self, name: str, compile_: Callable[[], Booklet]) -> Job:
        """A job that compiles the booklet when its turn comes."""
        return Job("", name, lambda: self.sheaf(compile_()))

    def sheaf(self, booklet: Booklet) -> Sheaf:
        """All that one booklet is printed from."""
        manual = booklet.manual
        attached = {
            "title": booklet.title,
            "as_of": booklet.as_of.isoformat(),
            "version": booklet.version,
            "branch": {row.label: row.value for row in manual.rows},
            "contacts": [asdict(contact) for contact in manual.contacts],
            "reminders": list(manual.reminders),
            "steps": [step.id for step in manual.steps],
        }
        return Sheaf(
            html=self._templates.html("manual.html", booklet=booklet, manual=manual, markdown=rendered),
            css=self._css,
            slice_name="manual.yaml",
            slice_text=yaml_of(attached),
            description="手册的编制依据",
            day=booklet.as_of,
            fonts=self._fonts,
        )
