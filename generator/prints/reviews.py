"""Prints of 组织员审核单: each beside the dossier, under a name that no dossier can have."""

from __future__ import annotations

from dataclasses import asdict

from generator.prints.bundle_sheets import yaml_of
from generator.prints.page import PrintTemplates
from generator.prints.press import Sheaf
from generator.prints.run import Report
from generator.views.review import Review

_GRID = 12
"""A sheet of one page is hardly more than its font."""
_ENDING = "-审核单"
"""No identifier holds such characters."""


def review_name(person: str) -> str:
    """The name of the print, without its extension."""
    return f"{person}{_ENDING}"


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


def parted(report: Report) -> tuple[Report, Report]:
    """What came of the dossiers, and what of the review sheets. What stopped both prints of a person is told with the dossier alone."""
    dossiers, reviews = Report(), Report()
    for path in report.made:
        (reviews if path.stem.endswith(_ENDING) else dossiers).made.append(path)
    for path in report.unchanged:
        (reviews if path.stem.endswith(_ENDING) else dossiers).unchanged.append(path)
    for name in report.again:
        (reviews if name.endswith(_ENDING) else dossiers).again.append(name)
    dossiers.failed.extend(failure for failure in report.failed if not failure[0].endswith(_ENDING))
    said = {(review_name(name), *words) for name, *words in dossiers.failed}
    reviews.failed.extend(failure for failure in report.failed if failure[0].endswith(_ENDING) and failure not in said)
    return dossiers, reviews
