"""A miss-ratio curve: the share of accesses that miss, by the size of the cache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from linewise.report.figures import svg
from linewise.report.figures.svg import Drawing

WIDTH, HEIGHT = 760.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 16.0, 30.0, 44.0
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
DOT = 3.5
INSET = 16.0  # of the first point from the axis


@dataclass(frozen=True, slots=True)
class Point:
    """One size: what stands under the axis, the share that misses, and its error or None."""

    label: str
    ratio: float
    error: float | None = None


def miss_curve(name: str, title: str, axis: str, points: Sequence[Point]) -> Drawing:
    """The figure: a step from each point to the next, for a cache between two sizes misses no more
    than the smaller one."""
    step = (WIDTH - LEFT - RIGHT - INSET) / max(len(points), 1)
    parts = [svg.text(LEFT, 16, title, class_="strong"), *map(_share, SHARES)]
    parts.append(svg.text(WIDTH - RIGHT, HEIGHT - 6, axis, class_="small soft", text_anchor="end"))
    every = -(-len(points) // 14)  # labels that fit side by side
    corners = []
    for index, point in enumerate(points):
        x, y = _place(index, step), _height(point.ratio)
        corners.append(f"{x:.1f},{y:.1f} {_place(index + 1, step):.1f},{y:.1f}")
        if index % every == 0:
            label = svg.text(x, HEIGHT - BOTTOM + 16, point.label, class_="small",
                             text_anchor="middle")  # fmt: skip
            parts.append(label)
    parts.append(svg.tag("polyline", points=" ".join(corners), fill="none", class_="curve"))
    for index, point in enumerate(points):
        parts.append(_dot(point, _place(index, step)))
    return Drawing(name, title, WIDTH, HEIGHT, svg.join(parts))


def _place(index: int, step: float) -> float:
    return LEFT + INSET + index * step


def _height(ratio: float) -> float:
    return TOP + (1 - min(max(ratio, 0.0), 1.0)) * (HEIGHT - TOP - BOTTOM)


def _share(share: float) -> Markup:
    y = _height(share)
    words = svg.text(LEFT - 6, y + 4, f"{share:.0%}", class_="small soft", text_anchor="end")
    return svg.join([svg.line(LEFT, y, WIDTH - RIGHT, y, class_="tick"), words])


def _dot(point: Point, x: float) -> Markup:
    y = _height(point.ratio)
    words = f"{point.label}: {point.ratio:.2%} miss"
    parts = [svg.tag("circle", cx=x, cy=y, r=DOT, class_="bar-after")]
    if point.error is not None:
        words += f", ± {point.error:.2%}"
        low, high = _height(point.ratio - point.error), _height(point.ratio + point.error)
        parts.append(svg.line(x, low, x, high, class_="edge"))
    return svg.group(words, *parts, class_="item", tabindex="-1")
