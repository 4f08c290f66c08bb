"""Print jobs for dossiers: view → HTML → sheaf."""

from __future__ import annotations

from collections.abc import Callable

from generator.prints.page import PrintTemplates
from generator.prints.press import Sheaf
from generator.prints.run import Job
from generator.views.dossier import Dossier
from generator.views.slice import Slice

Compile = Callable[[], tuple[Dossier, Slice]]


class DossierPrinter:
    """`fonts`: fingerprint of the fonts in use."""

    def __init__(self, templates: PrintTemplates, fonts: str) -> None:
        self._templates = templates
        self._css = templates.css()
        self._fonts = fonts

    def job(self, branch: str, person: str, compile_: Compile) -> Job:
        """A job that compiles the dossier when its turn comes."""
        return Job(branch, person, lambda: self._sheaf(*compile_()))

    def _sheaf(self, dossier: Dossier, own: Slice) -> Sheaf:
        return Sheaf(
            html=self._templates.html("dossier.html", dossier=dossier),
            css=self._css,
            slice_name=own.name,
            slice_text=own.text,
            description="本人记录片段（编制本册所依据的记录）",
            day=dossier.as_of,
            fonts=self._fonts,
        )
