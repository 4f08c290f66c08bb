"""The papers of a dossier, as the catalogue has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.diagnostics import RuleOrigin


@dataclass(frozen=True, slots=True)
class Look:
    """What no record shows: a question to whoever has the paper in hand, and the rule it belongs to."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Material:
    """A paper of the catalogue. `requirement`: national core (N), required by most lists (R), optional or local (O)."""

    code: str
    title: str
    section: str
    """applicant | activist | target | admission | conversion | other | whole"""
    requirement: Literal["national", "required", "optional"]
    repeats: bool
    form: tuple[Literal["original", "copy"], ...]
    handwritten: bool
    signers: tuple[str, ...]
    seals: tuple[str, ...]
    keep: tuple[Literal["dossier", "branch", "committee"], ...]
    order: int
    """Position in the dossier."""
    note: str = ""
    seen_in: tuple[str, ...] = ()
    origin: RuleOrigin | None = None
    look: tuple[Look, ...] = ()
