"""Share of the changed facts that the audit finds (tests/mutations)."""

from __future__ import annotations


def main(argv: list[str]) -> int:
    """As `python -m tests.mutations`; needs a checkout, where the tests are."""
    from tests.mutations.__main__ import main as show

    return show(argv)
