"""Where nothing floats, nothing can be in the way."""

from __future__ import annotations

from typing import Any

from generator.prints.swift.swap import swap


def pass_where_nothing_floats() -> None:
    """Makes WeasyPrint look for collisions only among floats."""
    from weasyprint.layout.float import avoid_collisions

    def avoid(context: Any, box: Any, containing_block: Any, outer: bool = True) -> tuple[float, float, float]:
        if context.excluded_shapes or box.style["float"] != "none" or containing_block.style["direction"] != "ltr":
            found: tuple[float, float, float] = avoid_collisions(context, box, containing_block, outer)
            return found
        left, top = containing_block.content_box_x(), box.position_y
        right = left + containing_block.width
        if not outer:
            left, right, top = left + box.margin_left, right - box.margin_right, box.border_box_y()
            return left - box.margin_left, top - box.margin_top, right - left
        return left, top, right - left

    swap(avoid_collisions, avoid)
