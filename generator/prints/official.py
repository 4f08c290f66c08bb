"""Official documents on paper and as .docx.

    printer = OfficialPrinter(PrintTemplates(template_folders(shelf)), activate_fonts().fingerprint)
    printer.job(group, compile)      a job for `print_jobs`: compiled when its turn comes, printed as PDF
    printer.sheaf(official)          what one PDF is made of
    docx_of(official)                the bytes of the same document for the office that must edit it (`official_docx`)

Attached to the PDF is the text of the document itself: it concerns people of one event, so no person's slice belongs there.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.prints.page import PrintTemplates
from generator.prints.run import Job
from generator.prints.sheaf import Sheaf
from generator.views.official_sheet import Official, plain_text


class OfficialPrinter:
    """`fonts`: fingerprint of the fonts in use."""

    def __init__(self, templates: PrintTemplates, fonts: str) -> None:
        self._templates = templates
        self._css = templates.css("official.css")
        self._fonts = fonts

    def job(self, group: str, name: str, compile_: Callable[[], Official]) -> Job:
        """A job that compiles the document when its turn comes; `group` is the folder, `name` the file without its ending."""
        return Job(group, name, lambda: self.sheaf(compile_()))

    def sheaf(self, official: Official) -> Sheaf:
        return Sheaf(
            html=self._templates.html("official.html", official=official),
            css=self._css,
            slice_name=f"{official.code}.txt",
            slice_text=plain_text(official),
            description="公文文本",
            day=official.day,
            fonts=self._fonts,
        )
