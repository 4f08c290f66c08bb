"""Lines of text are shaped once: the same words in the same style and width come back in every dossier, and often within one.

Nine lines in ten of a dossier have been seen before by the process that prints it: labels, heads, repeated phrases.
"""

from __future__ import annotations

from typing import Any

from generator.prints.swift.swap import swap

_DEPENDS_ON = (
    "font_family",
    "font_style",
    "font_stretch",
    "font_weight",
    "font_kerning",
    "font_size",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
    "font_variation_settings",
    "font_language_override",
    "lang",
    "direction",
    "letter_spacing",
    "word_spacing",
    "white_space",
    "overflow_wrap",
    "word_break",
    "hyphens",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "text_decoration_line",
    "tab_size",
)
"""Properties that decide how a text is shaped and where its line ends."""
_MOST = 20_000
"""Lines kept at most, some kilobytes each; then all are forgotten, so that no order of work matters."""


class Kept:
    """What a process has shaped so far, for the fonts of one `FontConfiguration`."""

    def __init__(self) -> None:
        self.lines: dict[Any, tuple[Any, ...]] = {}
        self.styles: dict[str, int] = {}
        self.faces: dict[int, Any] = {}
        """What draws them, by address."""

    def style(self, style: Any) -> int:
        """A number that styles share when they shape alike."""
        try:
            number: int = style.shaped_as
        except AttributeError:
            name = repr([style[key] for key in _DEPENDS_ON])
            number = style.shaped_as = self.styles.setdefault(name, len(self.styles))
        return number


def kept(fonts: Any) -> Kept:
    """The lines kept with a `FontConfiguration`."""
    try:
        found: Kept = fonts.kept
    except AttributeError:
        found = fonts.kept = Kept()
    return found


def forget_lines(fonts: Any) -> None:
    """Nothing of what was printed stays in memory for the next print."""
    fonts.kept = Kept()


def keep_lines() -> None:
    """Makes WeasyPrint keep its lines."""
    from weasyprint.text.line_break import Layout, split_first_line

    def split(
        text: str,
        style: Any,
        context: Any,
        max_width: Any,
        justification_spacing: Any,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> tuple[Any, ...]:
        known = kept(style.font_config)
        number = known.style(style)
        key = (number, text, max_width, justification_spacing, is_line_start, minimum)
        found = known.lines.get(key)
        if found is None:
            layout, *rest = split_first_line(
                text, style, context, max_width, justification_spacing, is_line_start, minimum
            )
            # What is drawn of it later is found by way of this; see `glyph_runs`.
            layout.drawn = {"style": number}
            if len(known.lines) >= _MOST:
                known.lines.clear()
            known.lines[key] = found = (dict(vars(layout)), *rest)
        # A layout is changed when it is drawn: each box has its own.
        own = Layout.__new__(Layout)
        vars(own).update(found[0])
        return (own, *found[1:])

    swap(split_first_line, split)
