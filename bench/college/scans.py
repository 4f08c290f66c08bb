"""Specimens of scans for the demo: pictures that say they are none of anybody's papers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shutil import copyfile

from bench.college.model import College, Person

SCENARIO = "full_archived"
_SAMPLES = Path(__file__).parent / "samples"
_OF_STEP = {"apply": ("M01.pdf",), "political_review": ("M24.jpg",), "apply_conversion": ("M40.png",)}
"""Step → specimens; the name of each is the code of the material."""


def scanned(people: Sequence[Person]) -> Person:
    """The first of those who went the whole way: the one whose papers are scanned."""
    return next(person for person in people if person.scenario == SCENARIO)


def name_scans(college: College) -> None:
    """Writes where the specimens lie into the entries whose papers they stand for."""
    person = scanned(college.people)
    for act in college.acts:
        if act.person is person and act.step in _OF_STEP:
            files = {Path(name).stem: name for name in _OF_STEP[act.step]}
            act.own["materials"] = [
                {"code": item, "scan": f"scans/{person.id}/{files[item]}"} if isinstance(item, str) and item in files else item
                for item in act.own["materials"]
            ]


def write_scans(college: College, out: Path) -> int:
    """Copies the specimens to where `name_scans` says they are; returns how many."""
    person = scanned(college.people)
    folder = out / person.branch.committee.id / person.branch.id / "people" / "scans" / person.id
    folder.mkdir(parents=True, exist_ok=True)
    names = [name for step in _OF_STEP.values() for name in step]
    for name in names:
        copyfile(_SAMPLES / name, folder / name)
    return len(names)
