"""The date calculator: its page, and its data as a script, so that it also works from a folder."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from markupsafe import Markup

from generator.definitions.conditions import canonical
from generator.definitions.layers import NATIONAL
from generator.definitions.platform import Platform
from generator.definitions.profile import Profile
from generator.definitions.rules import Rules
from generator.procedure.calendar import WorkCalendar
from generator.records.model import Branch
from generator.site.library import Library
from generator.site.pages import PageSet
from generator.views.branch_facts import branch_facts
from generator.views.calculator import Calculator, RuleSet, Source
from generator.views.limits import Words

PAGE = "calculator.md"
DATA = "assets/jishi/calculator-data.js"


def add_calculator(made: Calculator, pages: PageSet) -> None:
    """The page, a tab of its own, and the script of its data."""
    text = json.dumps(made.data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    pages.add(PAGE, "public/calculator.md.j2", title="日期计算", made=made)
    pages.add(DATA, "public/calculator-data.js.j2", data=Markup(text))


def calculator_of(library: Library) -> Calculator:
    """From the definitions; of the branches only by which platform and profile they go."""
    words = Words(library.general.current, library.fields.label, library.fields.word)
    calendar = WorkCalendar.with_holidays(library.definitions.holidays)
    links = {step: library.step_page(step) for procedure in library.general.procedures for step in procedure.steps}
    return Source(rule_sets(library), words, calendar, library.definitions.recurring.leaving).calculator(links)


def address_for(branch: Branch, made: Calculator, library: Library) -> str:
    """What makes the page compute by the rules and circumstances of a branch, as the query of its address."""
    rules = library.rules[branch.id]
    facts = branch_facts(library.committees[branch.committee], branch, rules)
    stated = {each.id: canonical(facts[each.id]) for each in made.circumstances if isinstance(facts.get(each.id), str | bool)}
    known = {each.id: {value for value, _ in each.options} - {each.default} for each in made.circumstances}
    return urlencode({"rules": rule_set_id(rules)} | {key: value for key, value in stated.items() if value in known[key]})


def rule_set_id(rules: Rules) -> str:
    """What the address of the page names the rules of a branch by: `?rules=dengta+campus`."""
    return "+".join(part.id for part in _layers(rules)) or NATIONAL


def _layers(rules: Rules) -> list[Platform | Profile]:
    return [part for part in (rules.platform, rules.profile) if part is not None and part.id != NATIONAL]


def rule_sets(library: Library) -> list[RuleSet]:
    """The national rules first, then what the branches here go by, then the platforms and the ready profiles."""
    definitions = library.definitions
    found = {NATIONAL: RuleSet(NATIONAL, "只按全国规定", library.general)}
    for rules in library.rules.values():
        id = rule_set_id(rules)
        found.setdefault(id, RuleSet(id, "＋".join(part.title for part in _layers(rules)), rules, local=True))
    for key, platform in definitions.platforms.items():
        found.setdefault(key, RuleSet(key, platform.title, definitions.rules_of(key, NATIONAL)))
    for key, profile in definitions.profiles.items():
        found.setdefault(key, RuleSet(key, profile.title, definitions.rules_of(None, key)))
    return list(found.values())
