"""Colours: one table per theme, and the cascading style sheet made from them.

Fields are coloured with Paul Tol's "light" scheme, which is made for cells filled behind black
text and holds for the common colour deficiencies (Tol, Colour Schemes, SRON/EPS/TN/09-002,
figure 6), in an order that keeps neighbours apart. Nine fields and more repeat the hues with a
texture on top. Heat is a ramp of one hue that is monotone in lightness, so that it survives
printing without colour.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# Eight hues of the scheme (its grey means "no field" here), lightened or darkened by one share.
HUES_LIGHT = (
    "#92bbe4",
    "#f1a085",
    "#69c9ad",
    "#f1e4a0",
    "#ffbbc9",
    "#bbbb33",
    "#ade4ff",
    "#c9d65c",
)
HUES_DARK = ("#3e5770", "#73483c", "#285f52", "#6b6644", "#7a5761", "#555710", "#4d6d7f", "#5c6626")
HEATS_LIGHT = ("#f4f4f2", "#fdeedb", "#fdd0a2", "#fd9f56", "#e2601a", "#9c3206")
HEATS_DARK = ("#20252b", "#3a2b21", "#5b3a20", "#8a4f1c", "#d07a22", "#ffc266")

HUES = len(HUES_LIGHT)

# Shares of all accesses at which the next heat begins; below the first it is "never used".
HEAT_STEPS = (0.0, 0.01, 0.03, 0.10, 0.25)
HEAT_NAMES = ("never used", "below 1 %", "1 to 3 %", "3 to 10 %", "10 to 25 %", "25 % and more")

LIGHT = {
    "paper": "#f6f7f8",
    "card": "#ffffff",
    "sunk": "#eef0f2",
    "ink": "#16191d",
    "soft": "#565e68",
    "rule": "#d6dbe0",
    "edge": "#7b8591",
    "accent": "#1f5fa8",
    "before": "#98a3ae",
    "after": "#1f5fa8",
    "good": "#0a6e53",
    "bad": "#a83a12",
    "hatch": "#8a939d",
    "texture": "#16191d",
    "on-h4": "#16191d",
    "on-h5": "#ffffff",
    **{f"f{index}": hue for index, hue in enumerate(HUES_LIGHT)},
    **{f"h{index}": heat for index, heat in enumerate(HEATS_LIGHT)},
}

DARK = {
    "paper": "#0f1317",
    "card": "#171c21",
    "sunk": "#1f252b",
    "ink": "#e9edf1",
    "soft": "#a3adb8",
    "rule": "#303840",
    "edge": "#7d8894",
    "accent": "#7db4f0",
    "before": "#76818d",
    "after": "#5c9ee6",
    "good": "#4fc9a0",
    "bad": "#f2946b",
    "hatch": "#6d7883",
    "texture": "#e9edf1",
    "on-h4": "#16191d",
    "on-h5": "#16191d",
    **{f"f{index}": hue for index, hue in enumerate(HUES_DARK)},
    **{f"h{index}": heat for index, heat in enumerate(HEATS_DARK)},
}


def heat_step(share: float) -> int:
    """0 for a field that is never used, then 1 to 5 as in ``HEAT_NAMES``."""
    return sum(share > step if step == 0.0 else share >= step for step in HEAT_STEPS)


def theme_css() -> str:
    """Both themes as custom properties: the reader's setting, the page's toggle, and paper."""
    light, dark = _properties(LIGHT), _properties(DARK)
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light])"
        f"{{color-scheme:dark;{dark}}}}}\n"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}\n"
        f"@media print{{:root,:root[data-theme]{{color-scheme:light;{light}}}}}\n"
    )


def resolve(css: str, colours: Mapping[str, str] = LIGHT) -> str:
    """``css`` with each ``var(--name)`` replaced: for SVG readers without custom properties."""
    return re.sub(r"var\(--([a-z0-9-]+)\)", lambda found: colours[found[1]], css)


def field_css() -> str:
    """Fills by field and, under ``data-colour=heat``, by heat."""
    rows = [f".f{index}>.box{{fill:var(--f{index})}}" for index in range(HUES)]
    for heat in range(len(HEATS_LIGHT)):
        rows.append(f".h{heat}>.warmth,.heat-{heat}{{fill:var(--h{heat})}}")
        rows.append(f"[data-colour=heat] .h{heat}>.box{{fill:var(--h{heat})}}")
    rows += [f"[data-colour=heat] .h{heat}>text{{fill:var(--on-h{heat})}}" for heat in (4, 5)]
    rows.append("[data-colour=heat] .over{display:none}")
    return "\n".join(rows)


def _properties(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in colours.items())
