"""The closed vocabulary of the definition files: the rules a limit may use, their parameters, and the words allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NUMBER = {"coerce": "number"}
COUNT = {"type": "integer", "coerce": "whole", "min": 0}
FLAG = {"type": "boolean", "coerce": "flag"}
DAY = {"type": "date", "coerce": "day"}
MONTH_DAY = {"type": "string", "regex": "(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"}
TEXT = {"type": "string", "minlength": 1}
NAME = {"type": "string", "regex": "[a-z][a-z0-9_]*(\\.[a-z_]+)*"}
IDENTIFIER = {"type": "string", "regex": "[a-z][a-z0-9_-]*"}
REF = {"type": "string", "regex": "[a-z][a-z0-9_]*\\.[a-z][a-z0-9_.]*"}
CODE = {"type": "string", "regex": "(DEV|BRN|ORG|TRF)[0-9]{3}"}
MATERIAL = {"type": "string", "regex": "M[0-9][0-9A-Z]"}
REFS = {"type": "list", "schema": REF, "minlength": 1}
CODES = {"type": "list", "schema": CODE}
SEVERITY = {"type": "string", "allowed": ["error", "warning", "info"]}
CONFIDENCE = {"type": "string", "allowed": ["certain", "likely", "unsure"]}
LAYER = {"type": "string", "allowed": ["national", "platform", "local", "guidance"]}
CONDITION = {
    "type": "dict",
    "keysrules": {"type": "string", "regex": "[a-z][a-z0-9_]*(\\.[a-z_]+)*"},
    "valuesrules": {"type": "list", "minlength": 1, "schema": {"coerce": "word"}},
}

PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    "within": {"months": NUMBER, "days": NUMBER, "workdays": NUMBER, "month_day": MONTH_DAY, "on": NAME, "mention": REFS},
    "not_before": {"months": NUMBER, "days": NUMBER, "on": NAME, "strict": FLAG},
    "every": {"months": NUMBER, "grace_days": NUMBER, "until": REFS, "where": CONDITION, "what": TEXT},
    "count": {"field": NAME, "min": NUMBER, "max": NUMBER, "distinct": FLAG},
    "standing": {
        "field": NAME,
        "rights": {"type": "string", "allowed": ["error", "warning", "ignore"]},
        "not_self": FLAG,
        "same_committee": FLAG,
    },
    "vote": {
        "codes": {
            "type": "dict",
            "schema": dict.fromkeys(("quorum", "majority", "arithmetic", "secret", "one_by_one"), CODE),
        }
    },
    "workdays": {"min": NUMBER, "from": NAME, "to": NAME},
    "span": {"min": NUMBER, "from": NAME, "to": NAME},
    "value": {"field": NAME, "allowed": {"type": "list", "minlength": 1, "schema": {"coerce": "word"}}},
    "duration": {"days": NUMBER, "hours": NUMBER},
    "age": {"years": NUMBER, "on": NAME},
}
"""Rule → its parameters. ARCHITECTURE.md says when each holds."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "within": ("of",),
    "not_before": ("of",),
    "every": ("months", "of"),
    "count": ("field",),
    "standing": ("field",),
    "vote": ("codes",),
    "workdays": ("min",),
    "span": ("min",),
    "value": ("field", "allowed"),
    "duration": (),
    "age": ("years",),
}
"""Rule → keys without which it says nothing."""

SUBJECTS = frozenset(("own", "person", "since", "probation", "refused"))
"""Subjects of a reference besides the ids of steps."""
