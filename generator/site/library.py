"""What every page of a site is made from: definitions, the structure of the organisation, and where each thing has its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generator.definitions.layers import NATIONAL
from generator.definitions.load import Definitions
from generator.definitions.model import Platform, Procedure, Rules
from generator.definitions.source import Shelf
from generator.records.model import Branch, Committee, Organisation
from generator.views.handbook import Handbook
from generator.views.limits import Words
from generator.views.manual import Manual, PhaseView, manual_of, phases_of
from generator.views.record_fields import RecordFields
from generator.views.rule_pages import RuleBook, rule_book


@dataclass(frozen=True)
class Library:
    """What the handbook and every manual are made of. `rules`: branch id → its rules, all layers folded in."""

    shelf: Shelf
    organisation: Organisation
    committees: Mapping[str, Committee]
    branches: Mapping[str, Branch]
    definitions: Definitions
    rules: Mapping[str, Rules]
    bodies: Mapping[str, str]
    """Id of a Party body → its name: all committees, and the upper bodies of the organisation."""
    as_of: date

    @cached_property
    def general(self) -> Rules:
        """The national rules, without platform and profile."""
        return self.definitions.rules_of(None, NATIONAL)

    @cached_property
    def procedure(self) -> Procedure:
        """The version the handbook teaches: the one in force on the as-of day."""
        return versions(self.general, self.as_of)[0]

    @cached_property
    def older(self) -> Procedure | None:
        return versions(self.general, self.as_of)[1]

    @cached_property
    def fields(self) -> RecordFields:
        return RecordFields.load(self.shelf, self.procedure)

    @cached_property
    def rule_book(self) -> RuleBook:
        return rule_book(self.general.procedures)

    @cached_property
    def _phase_of(self) -> Mapping[str, str]:
        return {step: phase.id for phase in self.procedure.phases for step in phase.steps}

    def step_page(self, step: str) -> str:
        """Where a step is described for everybody."""
        phase = self._phase_of.get(step)
        return f"{self.phase_page(phase)}#{step}" if phase else "procedure/index.md"

    def phase_page(self, phase: str) -> str:
        return f"procedure/{phase}.md"

    def manual_page(self, branch: str) -> str:
        return f"manuals/{branch}.md"

    def checklist_page(self, branch: str) -> str:
        return f"checklists/{branch}.md"

    def phases(self) -> tuple[PhaseView, ...]:
        """All steps, for a reader of whom nothing is known."""
        platforms = tuple(self.definitions.platforms.values())
        return phases_of(self._handbook(self.general, platforms, self.step_page), {})

    def words(self) -> Words:
        return Words(self.procedure, self.fields.label)

    @cached_property
    def manuals(self) -> Mapping[str, Manual]:
        """Branch id → its manual."""
        return {branch.id: self._manual(branch) for branch in self.branches.values()}

    def _manual(self, branch: Branch) -> Manual:
        rules = self.rules[branch.id]
        page = self.manual_page(branch.id)
        handbook = self._handbook(rules, (rules.platform,) if rules.platform else (), lambda step: f"{page}#{step}")
        return manual_of(
            self.organisation, self.committees[branch.committee], branch, rules, handbook, self.fields, self.bodies
        )

    def _handbook(self, rules: Rules, platforms: tuple[Platform, ...], link_step: Callable[[str], str]) -> Handbook:
        procedure, older = versions(rules, self.as_of)
        return Handbook(
            procedure=procedure,
            older=older,
            materials=rules.materials,
            platforms=platforms,
            profile=rules.profile,
            words=Words(procedure, self.fields.label),
            link_step=link_step,
            link_rule=self.rule_book.link,
            example=self.fields.example,
            fields=self.fields.notes,
        )


def versions(rules: Rules, day: date) -> tuple[Procedure, Procedure | None]:
    """The version in force on a day and the one before it; the oldest one for a day before all of them."""
    current = rules.version_on(day) or rules.procedures[0]
    place = rules.procedures.index(current)
    return current, rules.procedures[place - 1] if place else None
