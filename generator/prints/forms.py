"""Print jobs for forms on their own: view → HTML → sheaf."""

from __future__ import annotations

from collections.abc import Callable

from generator.prints.page import PrintTemplates
from generator.prints.run import Job
from generator.prints.sheaf import Sheaf
from generator.views.form_sheets import FormDocument


class FormPrinter:
    """`fonts`: fingerprint of the fonts in use."""

    def __init__(self, templates: PrintTemplates, fonts: str) -> None:
        self._templates = templates
        self._css = templates.css()
        self._fonts = fonts

    def job(self, group: str, name: str, compile_: Callable[[], FormDocument]) -> Job:
        """A job that fills the form when its turn comes."""
        return Job(group, name, lambda: self._sheaf(compile_()))

    def _sheaf(self, document: FormDocument) -> Sheaf:
        return Sheaf(
            html=self._templates.html("form_document.html", document=document),
            css=self._css,
            slice_name=document.attached.name,
            slice_text=document.attached.text,
            description=document.attached.description,
            day=document.day,
            fonts=self._fonts,
        )
