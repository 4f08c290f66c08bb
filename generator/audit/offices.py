"""Who held an office on a day, as far as the records of branches, committees and organisers tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from generator.records.corpus import Corpus
from generator.records.model import Branch, Committee, Organiser

SECRETARIES = ("secretary", "deputy")


def terms_of(body: Branch | Committee | None, functions: Collection[str] = ()) -> list[Mapping[str, Any]]:
    """The terms of office recorded for a body, of these functions only if any are given; empty: nothing is recorded."""
    officers = body.fields.get("officers") if body is not None else None
    terms = [item for item in officers if isinstance(item, Mapping)] if isinstance(officers, list) else []
    return [term for term in terms if not functions or term.get("function") in functions]


def in_term(term: Mapping[str, Any], day: date) -> bool:
    """Whether a term covers a day; an end that is not recorded is open."""
    return _covers(term.get("from"), term.get("to"), day)


def organiser_in_office(organiser: Organiser, day: date) -> bool:
    return _covers(organiser.fields.get("appointed"), organiser.fields.get("left"), day)


def organisers_named(corpus: Corpus, reference: str) -> list[Organiser]:
    """The records of an organiser under this id, or of one whose person has it."""
    own = [found] if (found := corpus.organisers.get(reference)) else []
    return own or [one for one in corpus.organisers.values() if one.fields.get("person") == reference]


def approving_committee(corpus: Corpus, committee: Committee | None) -> Committee | None:
    """The committee that approves for this one; None when it is not among the records."""
    if committee is None or committee.may_approve:
        return committee
    return corpus.committees.get(str(committee.fields.get("approves_through")))


def _covers(begins: Any, ends: Any, day: date) -> bool:
    return not (isinstance(begins, date) and day < begins) and not (isinstance(ends, date) and day > ends)
