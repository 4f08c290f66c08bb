"""Cerberus schemas of the definition files. Files are data too: a slip in one is told with its line, not met later as a wrong finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.definitions.vocabulary import (
    CODE,
    CODES,
    CONDITION,
    CONFIDENCE,
    COUNT,
    DAY,
    FLAG,
    IDENTIFIER,
    LAYER,
    MATERIAL,
    NAME,
    NUMBER,
    PARAMETERS,
    REF,
    REFS,
    SEVERITY,
    TEXT,
)

Shape = Mapping[str, Any]


def listing(item: Shape) -> Shape:
    return {"type": "list", "schema": item}


def record(fields: Shape) -> Shape:
    return {"type": "dict", "schema": fields}


def needed(rule: Shape) -> Shape:
    return {**rule, "required": True}


TEXTS = listing(TEXT)
WHOLE = {"type": "integer", "coerce": "whole"}
NAMES = listing(NAME)

BASIS = record({"regulation": TEXT, "article": COUNT, "confidence": CONFIDENCE, "note": TEXT, "version": TEXT})

LIMIT = record(
    {
        "id": needed(IDENTIFIER),
        "rule": needed({"type": "string", "allowed": sorted(PARAMETERS)}),
        "code": needed(CODE),
        "of": REFS,
        "severity": SEVERITY,
        "layer": LAYER,
        "basis": BASIS,
        "when": CONDITION,
        "unless": NAMES,
        "consequence": TEXT,
        "hint": TEXT,
        "doubtful": FLAG,
        **{key: rule for rules in PARAMETERS.values() for key, rule in rules.items()},
        # Rules use the same word for different things; `build_limit` checks which of them a rule may have.
        "min": NUMBER,
        "max": NUMBER,
    }
)

AFTER = record(
    {
        "step": needed(NAME),
        "strict": FLAG,
        "apart": FLAG,
        "order": CODE,
        "missing": CODE,
        "severity": SEVERITY,
        "layer": LAYER,
        "basis": BASIS,
        "when": CONDITION,
    }
)

PAPER = record({"code": needed(MATERIAL), "required": FLAG, "when": CONDITION})

TRANSITION = record(
    {
        "when": CONDITION,
        "default": FLAG,
        "stage": NAME,
        "since": REFS,
        "status": {"type": "string", "allowed": ["active", "suspended", "closed", "left", "cancelled", "transferred", "stopped"]},
        "extends": REF,
        "stage_from_field": NAME,
        "reopens": NAMES,
    }
)

VARIANT = record({"when": needed(CONDITION), "text": needed(TEXT)})


def edits(item: Shape, name: Shape) -> Shape:
    """What an extension may write for a list: the whole list, or items added, replaced and removed by their name."""
    return record({"whole": listing(item), "add": listing(item), "replace": listing(item), "remove": listing(name)})


STEP: Shape = {
    "id": needed(NAME),
    "kind": NAME,
    "title": TEXT,
    "number": {**COUNT, "min": 1, "max": 99},
    "phase": NAME,
    "stage": NAME,
    "actor": NAME,
    "repeat": {"type": "string", "allowed": ["once", "many"]},
    "optional": FLAG,
    "duty": FLAG,
    "opens_attempt": FLAG,
    "refused_when": CONDITION,
    "after": listing(AFTER),
    "limits": listing(LIMIT),
    "transitions": listing(TRANSITION),
    "materials": listing(PAPER),
    "when": CONDITION,
    "basis": BASIS,
    "date_means": TEXT,
    "purpose": TEXT,
    "prepare": TEXTS,
    "guide": TEXT,
    "record": TEXT,
    "entry": TEXT,
    "refusal": TEXT,
    "again": TEXT,
    "told": TEXT,
    "changed": TEXT,
    "variants": listing(VARIANT),
    "pitfalls": CODES,
}
STEP_NEEDS = ("kind", "title", "phase", "actor")
EXTENDED_STEP: Shape = {
    **STEP,
    "place": record({"after": NAME, "before": NAME}),
    "guide_more": TEXT,
    "after": edits(AFTER, NAME),
    "limits": edits(LIMIT, IDENTIFIER),
    "materials": edits(PAPER, MATERIAL),
}

TITLED = listing(record({"id": needed(NAME), "title": needed(TEXT)}))
HEAD: Shape = {
    "id": needed(IDENTIFIER),
    "title": needed(TEXT),
    "version": needed(TEXT),
    "from": needed(DAY),
    "until": DAY,
    "uncertain_from": DAY,
    "written_votes_count": FLAG,
    "written_votes_settled": FLAG,
    "actors": {"type": "dict", "keysrules": NAME, "valuesrules": TEXT},
    "probation": record({"starts": REF, "months": COUNT, "confirmed_by": NAME, "extended_by": REF, "basis": BASIS}),
    "regulation": TEXT,
}
PROCEDURE: Shape = {
    **HEAD,
    "regulation": needed(TEXT),
    "stages": needed(TITLED),
    "phases": needed(TITLED),
    "probation": needed(HEAD["probation"]),
    "steps": needed(listing(record({**STEP, **{key: needed(STEP[key]) for key in STEP_NEEDS}}))),
}
EXTENSION: Shape = {
    **HEAD,
    "extends": needed(IDENTIFIER),
    "articles": {
        "type": "dict",
        "keysrules": {"type": "string", "regex": "[0-9]+"},
        "valuesrules": {"type": "string", "regex": "[0-9]+|-"},
    },
    "confidence": {"type": "dict", "keysrules": CONFIDENCE, "valuesrules": listing(COUNT)},
    "remove": NAMES,
    "steps": listing(record(EXTENDED_STEP)),
}

LOOK = listing(record({"code": needed(CODE), "text": needed(TEXT)}))
MATERIALS: Shape = {
    "sections": needed({"type": "dict", "keysrules": NAME, "valuesrules": TEXT}),
    "sources": {"type": "dict", "valuesrules": TEXT},
    "format": TEXTS,
    "look": LOOK,
    "materials": needed(
        listing(
            record(
                {
                    "code": needed(MATERIAL),
                    "title": needed(TEXT),
                    "section": needed(NAME),
                    "requirement": needed({"type": "string", "allowed": ["national", "required", "optional"]}),
                    "repeats": FLAG,
                    "form": needed(listing({"type": "string", "allowed": ["original", "copy"]})),
                    "handwritten": FLAG,
                    "signers": TEXTS,
                    "seals": TEXTS,
                    "keep": needed(listing({"type": "string", "allowed": ["dossier", "branch", "committee"]})),
                    "note": TEXT,
                    "look": LOOK,
                    "seen_in": TEXTS,
                }
            )
        )
    ),
}

YEARLY = {"type": "string", "regex": "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"}
"""A day of every year, MM-DD."""
STEP_LIMITS = {"type": "dict", "keysrules": NAME, "valuesrules": listing(LIMIT)}
PLATFORM: Shape = {
    "id": needed(IDENTIFIER),
    "title": needed(TEXT),
    "note": TEXT,
    "require": NAMES,
    "limits": STEP_LIMITS,
    "audits": listing(record({"n": needed(COUNT), "step": needed(NAME), "remark": TEXT})),
    "audit_days": COUNT,
    "exams": NAMES,
    "leaving": record(
        {
            "through_month": needed({**COUNT, "min": 1, "max": 12}),
            "letter_days": needed(COUNT),
            "register_by": needed(YEARLY),
            "receipts_by": needed(YEARLY),
            "paper_receipt": needed(NAMES),
            "remark": TEXT,
        }
    ),
    "menus": needed(
        listing(record({"id": needed(IDENTIFIER), "title": needed(TEXT), "path": needed(TEXTS), "note": TEXT}))
    ),
    "operations": needed(
        listing(
            record(
                {
                    "id": needed(IDENTIFIER),
                    "title": needed(TEXT),
                    "text": needed(TEXT),
                    "menu": needed(IDENTIFIER),
                    "how": needed({**TEXTS, "minlength": 1}),
                    "step": NAME,
                    "who": TEXT,
                    "where": TEXTS,
                    "enter": TEXTS,
                    "attach": TEXTS,
                    "checks": TEXT,
                    "result": TEXT,
                    "refused": TEXT,
                    "often": TEXT,
                    "after": listing(IDENTIFIER),
                    "when": CONDITION,
                    "confidence": CONFIDENCE,
                    "source": TEXT,
                }
            )
        )
    ),
}

SETTING = record(
    {
        "title": needed(TEXT),
        "default": needed(TEXT),
        "values": {"type": "dict", "keysrules": NAME, "valuesrules": TEXT},
        "note": TEXT,
        "unit": TEXT,
        "min": WHOLE,
        "max": WHOLE,
        "codes": CODES,
        "touches": NAMES,
    }
)
PROFILE: Shape = {
    "id": needed(IDENTIFIER),
    "title": needed(TEXT),
    "note": TEXT,
    "switches": {"type": "dict", "keysrules": NAME, "valuesrules": SETTING},
    "settings": {"type": "dict", "keysrules": NAME, "valuesrules": TEXT},
    "require": NAMES,
    "drop": NAMES,
    "limits": STEP_LIMITS,
    "enable": CODES,
    "severity": {"type": "dict", "keysrules": CODE, "valuesrules": SEVERITY},
    "include": listing(IDENTIFIER),
    "source": TEXT,
    "conflict": TEXT,
    "unchecked": TEXTS,
}

HOLIDAYS: Shape = {
    "years": {
        "type": "dict",
        "keysrules": {"type": "string", "regex": "20[0-9]{2}"},
        "valuesrules": record({"source": needed(TEXT), "complete": FLAG, "off": listing(DAY), "work": listing(DAY)}),
    }
}
