"""Margins, paddings and sizes that no percentage makes depend on the box around are worked out once a style, not once a box."""

from __future__ import annotations

from math import inf
from typing import Any

from generator.prints.swift.swap import swap

_ACROSS = (
    "margin_left",
    "margin_right",
    "margin_top",
    "margin_bottom",
    "padding_left",
    "padding_right",
    "padding_top",
    "padding_bottom",
    "width",
    "min_width",
    "max_width",
)
_DOWN = ("height", "min_height", "max_height")
_VERTICAL = frozenset(("margin_top", "margin_bottom", "padding_top", "padding_bottom"))
_BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")
_LEAST = frozenset(("min_width", "min_height"))


class _Plan:
    """What is known of a style beforehand (`fixed`), and the names of the rest."""

    __slots__ = ("across", "borders", "down", "fixed")

    def __init__(self, style: Any) -> None:
        self.fixed: dict[str, Any] = {}
        self.across = [name for name in _ACROSS if not self._fix(name, style[name])]
        self.down = [name for name in _DOWN if not self._fix(name, style[name])]
        borders = {name: style[name] for name in _BORDERS}
        # Where borders collapse, a table has decided already.
        self.borders = borders if style["border_collapse"] == "collapse" else None
        if self.borders is None:
            self.fixed.update(borders)

    def _fix(self, name: str, value: Any) -> bool:
        if value is None or value == "auto":
            self.fixed[name] = 0 if value == "auto" and name in _LEAST else value
        elif getattr(value, "unit", "%") == "%":
            return False
        else:
            self.fixed[name] = value.value
        return True


def plan_sizes() -> None:
    """Makes WeasyPrint work out sizes by style."""
    from weasyprint.css.functions import check_math
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages

    def resolve(box: Any, containing_block: Any) -> None:
        style = box.style
        try:
            plan = style.sizes
        except AttributeError:
            plan = style.sizes = _Plan(style) if style["box_sizing"] == "content-box" else None
        if plan is None:
            resolve_percentages(box, containing_block)
            return
        own = vars(box)
        own.update(plan.fixed)
        if plan.across or plan.down:
            if isinstance(containing_block, boxes.Box):
                width, height = containing_block.width, containing_block.height
            else:
                width, height = containing_block
            below = height if isinstance(box, boxes.PageBox) else width
            for name in plan.across:
                resolve_one_percentage(box, name, below if name in _VERTICAL else width)
            for name in plan.down:
                if height != "auto":
                    resolve_one_percentage(box, name, height)
                elif name == "height":
                    value = style["height"]
                    box.height = "auto" if check_math(value) or value.unit == "%" else value.value
                else:
                    resolve_one_percentage(box, name, inf if name == "max_height" else 0)
        if plan.borders is not None:
            for name, value in plan.borders.items():
                if name not in own and not hasattr(box, name):
                    own[name] = value

    swap(resolve_percentages, resolve)
