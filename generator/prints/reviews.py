"""Prints of 组织员审核单: each beside the dossier."""

from __future__ import annotations

from dataclasses import asdict

from generator.prints.bundle_sheets import yaml_of
from generator.prints.page import PrintTemplates
from generator.prints.sheaf import Sheaf
from generator.views.review import Review

_GRID = 12
"""A sheet of one page is hardly more than its font."""


class ReviewPrinter:
    """`fonts`: fingerprint of the fonts in use. What a sheet was filled from is attached as YAML, not the records: a change that
    no line of the sheet shows prints nothing anew.
    """

    def __init__(self, templates: PrintTemplates, fonts: str) -> None:
        self._templates = templates
        self._css = templates.css() + templates.css("review.css")
        self._fonts = fonts

    def sheaf(self, review: Review) -> Sheaf:
        """All that one sheet is printed from."""
        return Sheaf(
            html=self._templates.html("review.html", review=review),
            css=self._css,
            slice_name="review.yaml",
            slice_text=yaml_of(asdict(review)),
            description="审核单内容",
            day=review.as_of,
            fonts=self._fonts,
            grid=_GRID,
        )
