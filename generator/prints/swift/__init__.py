"""WeasyPrint with some of its inner steps replaced by quicker ones that come to the same result.

What is replaced is what a profile of dossiers shows, and every replacement hands back to the original whatever it was not made for.
WeasyPrint is pinned to one release; tests hold that the pages are the same with and without.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1)
def use_swift_steps() -> None:
    """Replaces them from now on, in this process. WeasyPrint must have been imported as a whole."""
    from generator.prints.swift.boxes import ask_styles_once
    from generator.prints.swift.collisions import pass_where_nothing_floats
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
