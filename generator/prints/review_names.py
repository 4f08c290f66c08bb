"""How prints of 组织员审核单 are called, and told from dossiers by their names."""

from __future__ import annotations

from generator.prints.run import Report

_ENDING = "-审核单"
"""No identifier holds such characters."""


def review_name(person: str) -> str:
    """The name of the print, without its extension."""
    return f"{person}{_ENDING}"


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
