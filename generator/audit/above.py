"""The findings about committees: rules that are about nobody's own dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from generator.audit.committees import committee_subjects
from generator.audit.register import all_rules
from generator.audit.subject import Today
from generator.definitions.load import Definitions
from generator.diagnostics import Diagnostic
from generator.records.corpus import Corpus


@dataclass(frozen=True, slots=True)
class SaidAbove:
    """Findings, not located; `until`: the first day after the as-of day on which they may be others, None: never."""

    findings: tuple[Diagnostic, ...]
    until: date | None


def said_about_committees(corpus: Corpus, definitions: Definitions, day: date) -> SaidAbove:
    """What the rules about committees find, weighed by the profile of each. Nothing of it can be waived."""
    rules = [rule for rule in all_rules().values() if rule.about_committee is not None]
    today = Today(day)
    found: list[Diagnostic] = []
    for subject in committee_subjects(corpus, definitions, today):
        weights = subject.profile.severity
        said: Iterable[Diagnostic] = (finding for rule in rules for finding in rule.run_above(subject))
        found.extend(replace(one, severity=weights.get(one.code, one.severity)) for one in said)
    return SaidAbove(tuple(found), min((turn for turn in today.turns if turn > day), default=None))
