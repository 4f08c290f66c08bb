"""Every mutation that breaks a rule is found, under the code the table names; one that breaks none is passed over in silence."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.mutations.mutate import CLEAN, base_record, findings_of_base, mutations, outcome, uncovered

TABLE = list(mutations())
BASES = sorted({mutation.base for mutation in TABLE})
OPERATORS = sorted({mutation.what.partition(" ")[0] for mutation in TABLE})


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("operator", OPERATORS)
def test_mutations_give_what_the_table_says(base: str, operator: str) -> None:
    chosen = [one for one in TABLE if one.base == base and one.what.startswith(f"{operator} ")]
    wrong = [str(one) for one in map(outcome, chosen) if not one.caught]
    assert not wrong, "\n".join(wrong)


def test_there_are_enough_mutations_of_each_kind() -> None:
    breaking = Counter(one.what.partition(" ")[0] for one in TABLE if one.expected)
    assert set(breaking) == {"drop", "order", "papers", "values"}
    assert min(breaking.values()) > 50
    assert len([one for one in TABLE if not one.expected]) > 80, f"rows marked {CLEAN}"
    assert len({code for one in TABLE for code in one.expected}) > 55


@pytest.mark.parametrize("base", BASES)
def test_a_base_has_no_finding(base: str) -> None:
    """Somebody on probation, whom the mutations name as contact, waits for conversion; nothing else is said."""
    assert base_record(base)["log"]
    assert {code for code, severity in findings_of_base(base) if severity != "info"} <= {"DEV060"}


@pytest.mark.parametrize("base", ["2014", "2026"])
def test_every_entry_and_every_paper_is_taken_out_once(base: str) -> None:
    assert list(uncovered(base)) == []
