"""Numbers as JSON, for programs. The shape is fixed by a JSON Schema in the tests."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from generator.commands.numbers.figures import Figures
from generator.views.statistics_findings import Levels, Tally
from generator.views.statistics_reviews import BranchReviews


def as_json(figures: Figures) -> str:
    people = figures.people
    report = {
        "as_of": figures.as_of,
        "summary": {
            "branches": len(figures.branches),
            "people": people.people,
            "without_error": people.clean,
            "findings": _levels(figures.findings.levels),
        },
        "stages": [{"id": id, "title": title} for id, title in zip(people.stages, people.titles, strict=True)],
        "branches": [
            {
                "id": branch.id,
                "name": branch.name,
                "committee": branch.committee,
                "people": row.total,
                "without_error": row.clean,
                "stages": dict(zip(people.stages, row.counts, strict=True)),
                "findings": _levels(figures.findings.of(branch.id)),
            }
            for branch, row in zip(figures.branches, people.rows, strict=True)
        ],
        "codes": [
            {"code": one.code, "title": one.title, "holders": one.holders, "findings": _levels(one.levels)}
            for one in figures.findings.codes
        ],
        "cells": [_cell(tally) for tally in figures.findings.tallies],
        "reviews": [_review(one) for one in figures.reviews],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _levels(levels: Levels) -> dict[str, int]:
    return dict(zip(("errors", "warnings", "infos"), levels, strict=True))


def _cell(tally: Tally) -> dict[str, Any]:
    return {
        "kind": tally.holder.kind,
        "holder": tally.holder.id or None,
        "code": tally.code,
        "step": tally.step or None,
        "findings": _levels(tally.levels),
    }


def _review(one: BranchReviews) -> dict[str, Any]:
    return {
        "branch": one.id,
        "reviews": one.reviews,
        "problems": one.problems,
        "corrected": one.corrected,
        "overdue": [_rows(asdict(row)) for row in one.overdue],
        "still_found": [_rows(asdict(row)) for row in one.still],
        "repeated": [{**asdict(repeat), "days": list(repeat.days), "times": repeat.times} for repeat in one.repeats],
        "threshold": {**asdict(one.threshold), "many": one.threshold.many, "repeated": one.threshold.repeated},
    }


def _rows(row: dict[str, str]) -> dict[str, str | None]:
    return {key: value or None for key, value in row.items()}
