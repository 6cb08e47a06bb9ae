"""Colours and fonts: one palette for light and one for dark, used by every page.

The colours are Oslo kommune's own tokens in light mode and shades of the same dark blue in dark
mode. :data:`CONTRASTS` lists the pairs that meet on the screen; a test computes each ratio. The
browser chooses the palette (``prefers-color-scheme``), also for Gradio, whose own colours are
set to the same variables. 'Oslo Sans' comes first among the fonts but is not shipped: its licence
forbids that, and a computer that has it installed uses it.
"""

from __future__ import annotations

from gradio.themes import Base

FONTS = ("'Oslo Sans'", "Arial", "system-ui", "sans-serif")

LIGHT = {
    "background": "#ffffff",
    "surface": "#f9f9f9",
    "text": "#2a2859",
    "muted": "#595880",
    "link": "#1f42aa",
    "action": "#1f42aa",
    "action-hover": "#2a2859",
    "action-text": "#ffffff",
    "question": "#f8f0dd",
    "quote": "#f1fdff",
    "notice": "#ffe7bc",
    "notice-text": "#2a2859",
    "absent": "#f2f2f2",
    "mark": "#f9c66b",
    "mark-text": "#2a2859",
    "line": "#d0bfae",
    "control": "#6a698b",
    "focus": "#e0adff",
    "focus-edge": "#2a2859",
}

DARK = {
    "background": "#15142d",
    "surface": "#1e1c3f",
    "text": "#f2f2f2",
    "muted": "#c3c2d9",
    "link": "#b3f5ff",
    "action": "#b3f5ff",
    "action-hover": "#e5fcff",
    "action-text": "#15142d",
    "question": "#2a2859",
    "quote": "#1e1c3f",
    "notice": "#3f3213",
    "notice-text": "#ffe7bc",
    "absent": "#26244a",
    "mark": "#f9c66b",
    "mark-text": "#15142d",
    "line": "#4a4875",
    "control": "#a3a2c2",
    "focus": "#e0adff",
    "focus-edge": "#15142d",
}

CONTRASTS = (
    *(
        (front, back, 4.5)
        for front in ("text", "muted", "link")
        for back in ("background", "surface", "question", "quote", "absent")
    ),
    ("action-text", "action", 4.5),
    ("action-text", "action-hover", 4.5),
    ("notice-text", "notice", 4.5),
    ("mark-text", "mark", 4.5),
    ("control", "background", 3.0),
    ("control", "surface", 3.0),
)
"""Foreground, background and the ratio that WCAG 2.1 asks for (text 4.5, controls 3)."""


def palette_css() -> str:
    """Return the palettes as CSS variables, ``--a-`` before each name."""
    light = _variables(LIGHT)
    dark = _variables(DARK)
    fonts = ", ".join(FONTS)
    return (
        f":root {{ color-scheme: light dark; --a-fonts: {fonts};\n{light}}}\n"
        f"@media (prefers-color-scheme: dark) {{\n:root {{\n{dark}}}\n}}\n"
    )


def _variables(palette: dict[str, str]) -> str:
    return "".join(f"  --a-{name}: {colour};\n" for name, colour in palette.items())


def build_theme() -> Base:
    """Return Gradio's theme with our variables in place of its colours."""
    colours = {
        "body_background_fill": "background",
        "background_fill_primary": "background",
        "background_fill_secondary": "surface",
        "block_background_fill": "background",
        "block_label_text_color": "text",
        "block_title_text_color": "text",
        "body_text_color": "text",
        "body_text_color_subdued": "muted",
        "border_color_primary": "control",
        "button_primary_background_fill": "action",
        "button_primary_background_fill_hover": "action-hover",
        "button_primary_border_color": "action",
        "button_primary_text_color": "action-text",
        "button_primary_text_color_hover": "action-text",
        "button_secondary_background_fill": "background",
        "button_secondary_background_fill_hover": "quote",
        "button_secondary_border_color": "control",
        "button_secondary_text_color": "link",
        "button_secondary_text_color_hover": "link",
        "input_background_fill": "background",
        "input_border_color": "control",
        "input_border_color_focus": "control",
        "input_placeholder_color": "muted",
        "link_text_color": "link",
        "loader_color": "link",
    }
    values = {}
    for setting, colour in colours.items():
        values[setting] = values[f"{setting}_dark"] = f"var(--a-{colour})"
    theme = Base(font=[font.strip("'") for font in FONTS], font_mono=["monospace"])
    return theme.set(**values)
