"""Cerberus schemas of what the handbook says beside the procedure: duties of the year, roles, glossary, news, other wording."""

from __future__ import annotations

from generator.definitions.shapes import BASIS, NAMES, TEXTS, Shape, listing, needed, record
from generator.definitions.vocabulary import (
    CODE,
    CODES,
    CONDITION,
    CONFIDENCE,
    COUNT,
    DAY,
    FLAG,
    IDENTIFIER,
    MATERIAL,
    NAME,
    TEXT,
)

TAILORING: Shape = {
    "reminders": listing(record({"when": needed(CONDITION), "text": needed(TEXT)})),
    "wording": listing(
        record(
            {
                "when": needed(CONDITION),
                "instead": {"type": "dict", "keysrules": TEXT, "valuesrules": TEXT},
                "without": TEXTS,
            }
        )
    ),
}

RECURRING: Shape = {
    "leaving": needed(
        record(
            {
                "when": needed(CONDITION),
                "window_months": needed(COUNT),
                "code": needed(CODE),
                "text": needed(TEXT),
                "before": listing(record({"step": needed(NAME), "text": needed(TEXT), "when": CONDITION})),
            }
        )
    ),
    "duties": listing(
        record(
            {
                "id": needed(IDENTIFIER),
                "title": needed(TEXT),
                "actor": needed(NAME),
                "months": {**COUNT, "min": 1, "max": 12},
                "setting": NAME,
                "code": CODE,
                "text": needed(TEXT),
                "step": NAME,
                "when": CONDITION,
                "basis": BASIS,
            }
        )
    ),
}

ROLES: Shape = {
    "roles": needed(
        {
            **listing(
                record(
                    {
                        "id": needed(IDENTIFIER),
                        "title": needed(TEXT),
                        "duty": needed(TEXT),
                        "own": FLAG,
                        "shared": FLAG,
                        "audits": FLAG,
                        "stages": NAMES,
                        "actors": NAMES,
                        "appointed": NAMES,
                        "signs": TEXTS,
                        "later": listing(MATERIAL),
                        "by": NAMES,
                        "tasks": listing(
                            record(
                                {
                                    "step": needed(NAME),
                                    "text": needed(TEXT),
                                    "source": needed(TEXT),
                                    "confidence": CONFIDENCE,
                                    "pitfalls": CODES,
                                }
                            )
                        ),
                    }
                )
            ),
            "minlength": 1,
        }
    )
}

GLOSSARY: Shape = {
    "sections": needed(
        listing(
            record(
                {
                    "title": needed(TEXT),
                    "terms": needed(
                        listing(
                            record(
                                {"term": needed(TEXT), "text": needed(TEXT), "steps": NAMES, "confidence": CONFIDENCE}
                            )
                        )
                    ),
                }
            )
        )
    )
}

NEWS: Shape = {
    "news": needed(
        listing(
            record(
                {
                    "date": needed(DAY),
                    "kind": needed({"type": "string", "allowed": ["rules", "handbook"]}),
                    "title": needed(TEXT),
                    "text": TEXT,
                    "steps": NAMES,
                    "confidence": CONFIDENCE,
                }
            )
        )
    )
}
