"""What the print of a dossier is made of: view → HTML → sheaf."""

from __future__ import annotations

from generator.prints import qr
from generator.prints.page import PrintTemplates
from generator.prints.scans import Scan
from generator.prints.sheaf import ScanSource, Sheaf
from generator.views.dossier import Dossier
from generator.views.slice import Slice


class DossierPrinter:
    """`fonts`: fingerprint of the fonts in use."""

    def __init__(self, templates: PrintTemplates, fonts: str) -> None:
        self._templates = templates
        self._css = templates.css() + templates.css("dossier.css")
        self._fonts = fonts

    def sheaf(self, dossier: Dossier, own: Slice) -> Sheaf:
        """All that one dossier is printed from."""
        return Sheaf(
            html=self._templates.html("dossier.html", dossier=dossier),
            css=self._css,
            slice_name=own.name,
            slice_text=own.text,
            description="本人记录片段（编制本册所依据的记录）",
            day=dossier.as_of,
            fonts=self._fonts,
            pictures=((qr.URL, qr.qr_png(dossier.id, own.digest)),),
            scans=tuple(_source(leaf.file) for leaf in dossier.scans),
        )


def _source(file: object) -> ScanSource:
    assert isinstance(file, Scan)
    return ScanSource(file.digest, file.content, file.is_pdf, file.told, file.path)
