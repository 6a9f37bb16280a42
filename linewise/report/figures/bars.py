"""Pairs of horizontal bars, before and after: a row per thing, a panel per measure.

Each panel has a scale of its own, from zero. The bar of the written order is hatched and the one
of the proposed order solid, so that they differ without colour too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from linewise.report.figures import svg
from linewise.report.figures.svg import Drawing
from linewise.report.numbers import Change, compact

WIDTH, LABEL, GUTTER = 1156.0, 236.0, 26.0
HEAD, ROW, BAR = 42.0, 31.0, 10.0
VALUE = 64.0  # room at the end of the longest bar for its number
NAME, SMALL = 11.5, 9.5


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure: its title, its unit, and a value before and after for each row."""

    title: str
    unit: str
    values: Sequence[Change]


def paired_bars(name: str, title: str, labels: Sequence[str], panels: Sequence[Panel]) -> Drawing:
    """The figure. Every panel has as many values as there are labels."""
    width = (WIDTH - LABEL - GUTTER * (len(panels) - 1)) / max(1, len(panels))
    parts = [_legend(name)]
    for row, label in enumerate(labels):
        y = HEAD + row * ROW
        if row % 2 == 0:
            parts.append(svg.rect(0, y, WIDTH, ROW, class_="band"))
        shown = svg.shorten(label, LABEL - 14, NAME)
        parts.append(svg.text(6, y + ROW / 2 + 4, shown, class_="name"))
    for index, panel in enumerate(panels):
        x = LABEL + index * (width + GUTTER)
        parts.append(_panel(name, panel, labels, x, width))
    return Drawing(name, title, WIDTH, HEAD + len(labels) * ROW + 4, svg.join(parts))


def _legend(name: str) -> Markup:
    return svg.join(
        [
            svg.rect(6, 6, 18, BAR, class_="bar-before"),
            svg.rect(6, 6, 18, BAR, fill=f"url(#{name}-fine)"),
            svg.text(30, 15, "as written", class_="small"),
            svg.rect(104, 6, 18, BAR, class_="bar-after"),
            svg.text(128, 15, "as proposed", class_="small"),
        ]
    )


def _panel(name: str, panel: Panel, labels: Sequence[str], x: float, width: float) -> Markup:
    most = max((v for pair in panel.values for v in (pair.before, pair.after) if v), default=0.0)
    scale = (width - VALUE) / most if most else 0.0
    parts = [
        svg.text(x, 15, panel.title, class_="name strong"),
        svg.text(x, 30, panel.unit, class_="small soft"),
        svg.line(x, HEAD - 4, x, HEAD + len(labels) * ROW, class_="tick"),
    ]
    for row, (label, pair) in enumerate(zip(labels, panel.values, strict=True)):
        y = HEAD + row * ROW + (ROW - 2 * BAR - 3) / 2
        words = f"{label}: {panel.title} {_value(pair.before)} → {_value(pair.after)} ({pair.text})"
        bars = []
        for at, value, kind in ((y, pair.before, "before"), (y + BAR + 3, pair.after, "after")):
            length = (value or 0.0) * scale
            if value and length < 1.5:
                length = 1.5
            bars.append(svg.rect(x, at, length, BAR, class_=f"bar-{kind}"))
            if kind == "before":
                bars.append(svg.rect(x, at, length, BAR, fill=f"url(#{name}-fine)"))
            bars.append(svg.text(x + length + 5, at + BAR - 1, _value(value), class_="small num"))
        reach = svg.rect(x, HEAD + row * ROW, width, ROW, class_="reach")
        parts.append(svg.group(words, reach, *bars, class_="item", tabindex="-1"))
    return svg.join(parts)


def _value(value: float | None) -> str:
    return "unknown" if value is None else compact(value)
