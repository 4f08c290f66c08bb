"""`python -m tests.mutations`: prints the share of mutations caught, and those that were not."""

from __future__ import annotations

import sys

from tests.mutations.mutate import mutations, outcome


def main(argv: list[str]) -> int:
    """Exit code 1 unless every mutation gives what the table says. Arguments: words that the mutations shown must contain."""
    outcomes = [outcome(mutation) for mutation in mutations() if all(word in str(mutation) for word in argv)]
    breaking = [one for one in outcomes if one.mutation.expected]
    harmless = [one for one in outcomes if not one.mutation.expected]
    for one in outcomes:
        if not one.caught:
            print(one)
    caught, quiet = sum(one.caught for one in breaking), sum(one.caught for one in harmless)
    print(f"caught {caught} of {len(breaking)} mutations that break a rule ({caught / max(len(breaking), 1):.1%})")
    print(f"nothing said about {quiet} of {len(harmless)} that break none")
    return 0 if caught + quiet == len(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
