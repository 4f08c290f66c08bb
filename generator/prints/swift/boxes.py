"""What WeasyPrint asks of a box again and again, and what the style of the box alone decides."""

from __future__ import annotations

from typing import Any

from generator.prints.swift.swap import swap

_CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))


def ask_styles_once() -> None:
    """Makes WeasyPrint ask once a style."""
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout.percent import resolve_radii_percentages
    from weasyprint.text.line_break import strut

    in_normal_flow = Box.is_in_normal_flow

    def is_in_normal_flow(box: Any) -> bool:
        style = box.style
        # The two values are set anew for a few boxes after their style was asked.
        position, float_ = style["position"], style["float"]
        return (position == "static" and float_ == "none") or bool(in_normal_flow(box))

    def line_of(style: Any) -> Any:
        try:
            return style.line
        except AttributeError:
            style.line = found = strut(style)
            return found

    def resolve_radii(box: Any) -> None:
        style = box.style
        try:
            square = style.square
        except AttributeError:
            square = style.square = all((0, "px") in style[name] for name in _CORNERS)
        if square:
            # Not into its dictionary: what stands in for an absolute box hands attributes on.
            for name in _CORNERS:
                setattr(box, name, (0, 0))
        else:
            resolve_radii_percentages(box)

    Box.is_in_normal_flow = is_in_normal_flow
    swap(strut, line_of)
    swap(resolve_radii_percentages, resolve_radii)
