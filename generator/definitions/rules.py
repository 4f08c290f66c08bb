"""All that holds for a branch: versions of the procedure with the layers put over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.definitions.model import Procedure
from generator.definitions.papers import Material
from generator.definitions.platform import Platform
from generator.definitions.profile import Profile


@dataclass(frozen=True, slots=True)
class Rules:
    """All versions and layers that hold for one branch: what `evaluate` is given."""

    procedures: tuple[Procedure, ...]
    """Oldest first."""
    materials: Mapping[str, Material]
    platform: Platform | None
    profile: Profile

    def version_on(self, day: date) -> Procedure | None:
        """The version in force on a day; None before the oldest one (limits are 需核对 there)."""
        found = None
        for procedure in self.procedures:
            if procedure.from_ <= day:
                found = procedure
        return found

    @property
    def current(self) -> Procedure:
        return self.procedures[-1]
