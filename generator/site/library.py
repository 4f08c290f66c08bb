"""What every page of a site is made from: definitions, the structure of the organisation, and where each thing has its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from generator.definitions.document_files import load_documents
from generator.definitions.form_files import load_forms
from generator.definitions.layers import NATIONAL
from generator.definitions.load import Definitions
from generator.definitions.model import Procedure
from generator.definitions.platform import Platform
from generator.definitions.rules import Rules
from generator.definitions.source import Shelf
from generator.procedure.calendar import WorkCalendar
from generator.records.model import Branch, Committee, Organisation
from generator.records.schema import RecordSchemas
from generator.views.blank_forms import BlankForm, blank_forms, by_material
from generator.views.branch_facts import branch_facts, kind_of, tailor_for
from generator.views.handbook import Handbook
from generator.views.limits import Words
from generator.views.manual import Manual, ManualSource, PhaseView, phases_of
from generator.views.profile_pages import setting_in_words
from generator.views.record_fields import RecordFields
from generator.views.rule_fields import RuleFields
from generator.views.rule_pages import RuleBook, rule_book
from generator.views.steps import Blank, StepView
from generator.views.term_calendar import CalendarSource


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
    schemas: RecordSchemas
    """What records were read by."""
    published: Mapping[str, Path] = field(default_factory=dict)
    """Files that the site offers: address → where it lies now."""

    @cached_property
    def blank_forms(self) -> tuple[BlankForm, ...]:
        """All forms and official documents, with the blank ones that there are."""
        forms, documents = load_forms(self.shelf), load_documents(self.shelf)
        materials = self.definitions.materials
        return blank_forms(forms, documents, self.procedure, materials, self.step_page, self.published)

    @cached_property
    def blanks(self) -> Mapping[str, tuple[Blank, ...]]:
        """Code of a material → its blank forms."""
        return by_material(self.blank_forms)

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
    def rule_fields(self) -> RuleFields:
        return RuleFields(self.schemas, self.procedure, self.definitions.settings)

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

    @cached_property
    def platforms_in_use(self) -> frozenset[str]:
        """Ids of the platforms that a branch works on; of all where none works on any."""
        found = frozenset(rules.platform.id for rules in self.rules.values() if rules.platform)
        return found or frozenset(self.definitions.platforms)

    @cached_property
    def phases(self) -> tuple[PhaseView, ...]:
        """All steps, for a reader of whom nothing is known."""
        platforms = tuple(self.definitions.platforms.values())
        return phases_of(self._handbook(self.general, platforms, self.step_page), {})

    @cached_property
    def views(self) -> Mapping[str, StepView]:
        """Step id → its view for such a reader."""
        return {step.id: step for phase in self.phases for step in phase.steps}

    def words(self) -> Words:
        return Words(self.procedure, self.fields.label, self.fields.word)

    @cached_property
    def manuals(self) -> Mapping[str, Manual]:
        """Branch id → its manual."""
        return {branch.id: self._manual(branch) for branch in self.branches.values()}

    def _manual(self, branch: Branch) -> Manual:
        rules = self.rules[branch.id]
        handbook = self._handbook(rules, (rules.platform,) if rules.platform else (), "#{}".format)
        facts = branch_facts(self.committees[branch.committee], branch, rules)
        # Links stay on the page, so that branches of one kind share their steps.
        key = kind_of(facts, rules)
        if key not in self._tailored:
            self._tailored[key] = phases_of(handbook, facts, tailor_for(self.definitions.tailoring, facts))
        return self._manual_source.manual(branch, rules, handbook, self._tailored[key])

    @cached_property
    def _tailored(self) -> dict[tuple[object, ...], tuple[PhaseView, ...]]:
        return {}

    @cached_property
    def _manual_source(self) -> ManualSource:
        work = WorkCalendar.with_holidays(self.definitions.holidays)
        return ManualSource(
            self.organisation,
            self.committees,
            self.bodies,
            self.fields,
            self.definitions.tailoring,
            lambda key, value: setting_in_words(self.definitions.settings[key], value),
            CalendarSource(self.organisation, self.definitions.recurring, work, self.as_of),
            self.as_of,
        )

    def _handbook(self, rules: Rules, platforms: tuple[Platform, ...], link_step: Callable[[str], str]) -> Handbook:
        procedure, older = versions(rules, self.as_of)
        return Handbook(
            procedure=procedure,
            older=older,
            materials=rules.materials,
            platforms=platforms,
            profile=rules.profile,
            words=Words(procedure, self.fields.label, self.fields.word),
            link_step=link_step,
            link_rule=self.rule_book.link,
            example=self.fields.example,
            fields=self.fields.notes,
            blanks=self.blanks,
        )


def versions(rules: Rules, day: date) -> tuple[Procedure, Procedure | None]:
    """The version in force on a day and the one before it; the oldest one for a day before all of them."""
    current = rules.version_on(day) or rules.procedures[0]
    place = rules.procedures.index(current)
    return current, rules.procedures[place - 1] if place else None
