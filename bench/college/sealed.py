"""Sealed values of the demo: blocks that nobody can open, as no private key belongs to the public one.

Sealing gives other bytes each time, so the blocks are kept and copied. A block names its person; what is in it, beside that, is zeros
for the numbers and an address that does not exist.
"""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

from bench.college.model import College

_SAMPLES = Path(__file__).parent / "samples" / "sealed"
_RECIPIENTS = "recipients.txt"
SEALED = ("2024010103", "2023010102")


def write_sealed(college: College, out: Path) -> int:
    """Copies the list of recipients and the blocks beside their people; returns how many files. KeyError: nobody has that id."""
    people = {person.id: person for person in college.people}
    copyfile(_SAMPLES / _RECIPIENTS, out / _RECIPIENTS)
    for id in SEALED:
        branch = people[id].branch
        copyfile(_SAMPLES / f"{id}.age", out / branch.committee.id / branch.id / "people" / f"{id}.age")
    return len(SEALED) + 1
