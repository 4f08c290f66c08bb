"""A college with events that concern several people of two branches, and a name made of what templates are made of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.definitions.source import shelf_for
from generator.views.official import OfficialDesk
from tests.audit.case_files import audit_of
from tests.prints.college import OTHER, make_college, person_file, write

AS_OF = date(2024, 1, 10)
BRANCH_TWO = "ug-2"
ELSEWHERE, REFUSED = "2020000021", "2020000022"
STRANGE = "阮<b>&{{ 7*7 }}{% x %}"
FILED = "data/cs/events/2021-03-29-file_activist.yaml"
APPROVED = "data/cs/events/2022-11-23-approve_admission.yaml"
EXTENDED = "data/cs/ug-1/events/2023-11-02-conversion_meeting.yaml"
SHARED_REASON = "两人都缺席较多"


def make_official_college(root: Path) -> Path:
    """`OTHER` bears the strange name; a second branch of the same committee; events with several people."""
    make_college(root)
    text = (root / person_file(OTHER)).read_text(encoding="utf-8")
    name, rest = text.split("\n", 1)
    assert name.startswith("name: ")
    write(root, person_file(OTHER), f'name: "{STRANGE}"\n{rest}')
    write(
        root, f"data/cs/{BRANCH_TWO}/branch.yaml", "name: 本科生第二党支部\nkind: undergraduate\nhas_committee: false\n"
    )
    for id, name in ((ELSEWHERE, "宗政青黛"), (REFUSED, "澹台砚北")):
        own = f"name: {name}\nborn: 2001-07-08\nsex: 男\nethnicity: 回族\ncategory: undergraduate\n"
        log = "log:\n- {step: apply, date: 2020-10-09}\n- {step: political_review, date: 2022-05-02}\n"
        write(root, f"data/cs/{BRANCH_TWO}/people/{id}.yaml", own + log)
    whole = "2020000001"
    write(
        root,
        FILED,
        "step: file_activist\ndate: 2021-03-29\ndecision: filed\nnumber: 备〔2021〕5 号\npeople:\n"
        f'  "{whole}": {{reported: 2021-03-23}}\n  "{OTHER}": {{reported: 2021-03-24}}\n'
        f'  "{ELSEWHERE}": {{reported: 2021-03-24}}\n',
    )
    write(
        root,
        APPROVED,
        "step: approve_admission\ndate: 2022-11-23\nbody: cs\nnotified: 2022-11-25\npeople:\n"
        f'  "{ELSEWHERE}": {{result: passed, probation: {{from: 2022-10-20, to: 2023-10-19}}}}\n'
        f'  "{REFUSED}": {{result: failed, opinion: 材料不全}}\n',
    )
    write(
        root,
        EXTENDED,
        f"step: conversion_meeting\ndate: 2023-11-02\ndue: 21\npresent: 19\nresult: passed\noutcome: extend\nreason: {SHARED_REASON}\n"
        f'people: {{"{whole}": {{extension_months: 6}}, "{OTHER}": {{}}}}\n',
    )
    return root


def desk_of(root: Path, as_of: date = AS_OF) -> OfficialDesk:
    audit = audit_of(root, as_of)
    return OfficialDesk(audit, shelf_for(root))
