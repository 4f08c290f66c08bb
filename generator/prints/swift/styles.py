"""Most properties of most elements are stated nowhere: they have their first value or that of the element around."""

from __future__ import annotations

from typing import Any

_INVOLVED = frozenset(("page", "position", "float", "display"))
_DECORATION = "text_decoration_"


def take_plain_values() -> None:
    """Makes WeasyPrint's computed styles take such values directly."""
    from weasyprint.css import ComputedStyle
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.functions import check_math
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    def logical(key: str, inline: str) -> str | None:
        function = PHYSICAL_FUNCTIONS.get(key)
        return function(block="ttb", inline=inline) if function else None

    plain = [key for key in INITIAL_VALUES if key not in _INVOLVED and not key.startswith(_DECORATION)]
    # Another name under which a property may be stated; where it depends on the direction, either counts.
    names = {key: {logical(key, inline) for inline in ("ltr", "rtl")} - {None} for key in plain}
    first = {
        key: (INITIAL_VALUES[key], (key, *names[key]))
        for key in plain
        if key not in INHERITED and key not in INITIAL_NOT_COMPUTED and not check_math(INITIAL_VALUES[key])
    }
    inherited = {key: (key, *names[key]) for key in plain if key in INHERITED}
    original = ComputedStyle.__missing__

    def missing(style: Any, key: str) -> Any:
        cascaded = style.cascaded
        if key in first:
            value, stated = first[key]
        elif key in inherited and style.parent_style is not None:
            stated, value = inherited[key], None
        else:
            return original(style, key)
        for name in stated:
            if name in cascaded:
                return original(style, key)
        if key in inherited:
            value = style.parent_style[key]
            if check_math(value):
                return original(style, key)
        style[key] = value
        return value

    ComputedStyle.__missing__ = missing
