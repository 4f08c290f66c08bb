"""All findings about one person: what the engine found and what the rules in `rules/` find, merged; waived ones apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from generator.audit.assessment import Assessment
from generator.audit.register import all_rules
from generator.audit.rule import Rule
from generator.audit.subject import Subject
from generator.audit.waivers import ABOUT_WAIVERS, apply_waivers, entry_at, waiver_turns
from generator.diagnostics import Diagnostic, Severity
from generator.procedure.findings import GENERAL


def assess(subject: Subject) -> Assessment:
    """Run every rule of Python that applies, weigh by the profile, take out the waived. Findings are not located yet."""
    found = list(subject.progress.findings)
    for rule in all_rules().values():
        if rule.applies_to(subject):
            found.extend(_doubted(finding, rule, subject) for finding in rule.run(subject))
    found = graver_of_each_place(_weighed(found, subject))
    stays, waived = apply_waivers(subject.person, subject.progress, found)
    if again := [more for rule in _second_looks() for more in rule.look_again(subject, stays)]:
        found = graver_of_each_place([*found, *_weighed(again, subject)])
        stays, waived = apply_waivers(subject.person, subject.progress, found)
    turns = {*subject.today.turns, *waiver_turns(subject.person)}
    if subject.progress.next_change is not None:
        turns.add(subject.progress.next_change)
    next_change = min((day for day in turns if day > subject.today.day), default=None)
    return Assessment(subject.person, subject.progress, tuple(stays), tuple(waived), next_change)


@cache
def _second_looks() -> tuple[Rule, ...]:
    return tuple(rule for rule in all_rules().values() if rule.second_look is not None)


def _doubted(finding: Diagnostic, rule: Rule, subject: Subject) -> Diagnostic:
    """National rules are not held against what happened before the oldest version known: DEV105, as in the engine."""
    entry = entry_at(subject.entries, finding.place)
    oldest = subject.rules.procedures[0].from_
    if rule.timeless or rule.layer != "national" or entry is None or entry.date >= oldest:
        return finding
    message = f"{finding.message}（需核对：早于 {oldest}，当时的规定未收录；原编号 {finding.code}）"
    return replace(finding, code="DEV105", severity=Severity.INFO, message=message)


def _weighed(findings: Iterable[Diagnostic], subject: Subject) -> Iterable[Diagnostic]:
    """The profile may give a code another severity."""
    overrides = subject.rules.profile.severity
    for finding in findings:
        severity = overrides.get(finding.code)
        changes = severity is not None and finding.code not in ABOUT_WAIVERS
        yield replace(finding, severity=severity) if severity is not None and changes else finding


def graver_of_each_place(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Of two findings with the same code at the same place the graver one, the first of equals."""
    best: dict[object, Diagnostic] = {}
    for finding in findings:
        key = finding.code, finding.place, finding.step, finding.message if finding.code in GENERAL else ""
        if key not in best or finding.severity.rank < best[key].severity.rank:
            best[key] = finding
    return list(best.values())
