"""WeasyPrint with some of its inner steps replaced by quicker ones that come to the same result.

What is replaced is what a profile of dossiers shows, and every replacement hands back to the original whatever it was not made for.
Tests hold that pages are the same with and without, for the releases in `MADE_FOR`; with others nothing is replaced.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version

MADE_FOR = {"weasyprint": "70.0", "pydyf": "0.13.0"}
"""Of each library, the release whose inner steps these stand for."""


@lru_cache(maxsize=1)
def use_swift_steps() -> None:
    """Replaces them from now on, in this process. WeasyPrint must have been imported as a whole."""
    if any(version(name) != release for name, release in MADE_FOR.items()):
        return
    from generator.prints.swift.boxes import ask_styles_once
    from generator.prints.swift.collisions import pass_where_nothing_floats
    from generator.prints.swift.declarations import parse_declarations
    from generator.prints.swift.glyph_runs import draw_kept_lines
    from generator.prints.swift.lines import keep_lines
    from generator.prints.swift.operands import write_operands
    from generator.prints.swift.references import keep_page_references
    from generator.prints.swift.rules import join_rules
    from generator.prints.swift.sizes import plan_sizes
    from generator.prints.swift.styles import take_plain_values

    keep_lines()
    draw_kept_lines()
    plan_sizes()
    take_plain_values()
    keep_page_references()
    join_rules()
    ask_styles_once()
    pass_where_nothing_floats()
    write_operands()
    parse_declarations()
