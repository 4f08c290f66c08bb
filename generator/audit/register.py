"""The register of all codes. Modules in `rules/` enter their rules here when they are first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

from generator.audit.rule import Check, CommitteeCheck, How, Rule, SecondLook
from generator.definitions.model import Layer
from generator.diagnostics import Severity

_entered: dict[str, Rule] = {}
_Described = TypeVar("_Described", bound=type)


def _enter(rule: Rule) -> None:
    if rule.code in _entered:
        raise ValueError(f"{rule.code} is registered twice")
    _entered[rule.code] = rule


def checks(
    code: str,
    title: str,
    *,
    severity: Severity,
    layer: Layer = "national",
    timeless: bool = False,
    absence: bool = False,
) -> Callable[[Check], Check]:
    """Register the decorated function as the check of `code`; its docstring is the rule's text."""

    def decorate(check: Check) -> Check:
        _enter(Rule(code, title, layer, severity, How.PYTHON, check.__doc__ or "", check, timeless, absence))
        return check

    return decorate


def looks_again(
    code: str, title: str, *, severity: Severity, layer: Layer = "national"
) -> Callable[[SecondLook], SecondLook]:
    """As `checks`, for a function that is also given the other findings about the person. Bound to no version of the rules."""

    def decorate(look: SecondLook) -> SecondLook:
        _enter(Rule(code, title, layer, severity, How.PYTHON, look.__doc__ or "", timeless=True, second_look=look))
        return look

    return decorate


def checks_committee(
    code: str, title: str, *, severity: Severity, layer: Layer = "local"
) -> Callable[[CommitteeCheck], CommitteeCheck]:
    """As `checks`, for a function about a committee. It runs everywhere; what the profile asks for it looks up itself."""

    def decorate(check: CommitteeCheck) -> CommitteeCheck:
        _enter(Rule(code, title, layer, severity, How.PYTHON, check.__doc__ or "", about_committee=check))
        return check

    return decorate


def describes(
    code: str, title: str, how: How, *, severity: Severity, layer: Layer = "national"
) -> Callable[[_Described], _Described]:
    """Register a code that is not checked by a function of ours; the docstring of the decorated class is its text."""

    def decorate(described: _Described) -> _Described:
        _enter(Rule(code, title, layer, severity, how, described.__doc__ or ""))
        return described

    return decorate


@cache
def all_rules() -> Mapping[str, Rule]:
    """Code → rule, sorted by code."""
    package = import_module("generator.audit.rules")
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(_entered.items()))


def nearest_codes(text: str) -> list[str]:
    """Codes that resemble what was typed: `E20` and `dev20` find DEV020."""
    wanted = text.strip().upper()
    digits = "".join(c for c in wanted if c.isdigit())
    same_number = [code for code in all_rules() if digits and code[3:].lstrip("0") == digits.lstrip("0")]
    letters = wanted.rstrip("0123456789")
    same_number.sort(key=lambda code: (not code.startswith(letters or "?"), not code.startswith("DEV"), code))
    close = get_close_matches(wanted, all_rules(), n=3, cutoff=0.7)
    return list(dict.fromkeys([*same_number, *close]))[:3]
