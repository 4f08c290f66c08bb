"""Each type of C is parsed when it is first named, for 5 ms: once before workers are forked is better than once in each."""

from __future__ import annotations

_NAMED = (
    "char[]", "char[4]", "hb_codepoint_t[]", "hb_tag_t[100]", "intptr_t", "PangoFcFontMap *", "PangoLogAttr[]", "PangoRectangle *",
    "unsigned int *",
)  # fmt: skip
"""By WeasyPrint, and by us, whenever something is printed."""


def parse_declarations() -> None:
    """Has WeasyPrint know them."""
    from weasyprint.text.ffi import ffi

    for name in _NAMED:
        ffi.typeof(name)
