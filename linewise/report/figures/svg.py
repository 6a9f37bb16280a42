"""SVG in plain functions: every text and attribute is escaped on the way in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from markupsafe import Markup, escape

from linewise.report.palette import HUES, LIGHT, field_css, resolve
from linewise.report.text import without_controls

NAMESPACE = "http://www.w3.org/2000/svg"

# Width of one character of the figures' label font, as a share of its size. A generous mean over
# the sans-serif fonts that systems bring, so that labels are dropped rather than clipped.
CHARACTER = 0.6


@dataclass(frozen=True, slots=True)
class Drawing:
    """One figure, ready for a page or, through ``standalone``, for a file of its own.

    ``name`` is unique within a page, plain ASCII, and a good file name.
    """

    name: str
    title: str
    width: float
    height: float
    body: Markup

    @property
    def svg(self) -> Markup:
        """The figure for a page that has the report's style sheet."""
        return self._svg("")

    def standalone(self) -> str:
        """The figure as an SVG document in the light theme that needs nothing else."""
        style = tag("style", figure_css())
        ground = rect(0, 0, self.width, self.height, class_="ground")
        return document(self._svg(style + ground, xmlns=NAMESPACE))

    def _svg(self, first: str, **attributes: str) -> Markup:
        title = f"{self.name}-title"
        return tag(
            "svg",
            tag("title", self.title, id=title),
            first,
            _definitions(self.name),
            self.body,
            class_="figure",
            viewBox=f"0 0 {self.width:g} {self.height:g}",
            width=self.width,
            height=self.height,
            role="group",
            aria_labelledby=title,
            **attributes,
        )


def figure_css(colours: Mapping[str, str] = LIGHT) -> Markup:
    """The style of figures in one theme, for SVG readers without custom properties."""
    css = (files("linewise.report") / "templates" / "figure.css").read_text("utf-8")
    return Markup(resolve(css + field_css(), colours))  # noqa: S704  (our own file)


def document(root: Markup) -> str:
    """An SVG document from its root element."""
    return without_controls(f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n')


def tag(name: str, *children: str, **attributes: str | float | None) -> Markup:
    """One element. ``class_`` is class, ``aria_label`` is aria-label; None leaves one out."""
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is None:
            continue
        text = f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        parts.append(f' {key.rstrip("_").replace("_", "-")}="{escape(text)}"')
    inside = "".join(str(escape(child)) for child in children)
    parts.append(f">{inside}</{name}>" if inside else "/>")
    return Markup("".join(parts))  # noqa: S704  (each part is escaped above)


def rect(x: float, y: float, width: float, height: float, **attributes: str | None) -> Markup:
    """A rectangle."""
    return tag("rect", x=x, y=y, width=width, height=height, **attributes)


def text(x: float, y: float, words: str, **attributes: str | float | None) -> Markup:
    """A line of text on its baseline."""
    return tag("text", words, x=x, y=y, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: str | None) -> Markup:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def group(label: str, *children: str, **attributes: str | float | None) -> Markup:
    """Something a reader can point at or move to: its label shows on hover and on focus."""
    return tag("g", tag("title", label), *children, role="img", aria_label=label, **attributes)


def join(parts: list[Markup]) -> Markup:
    """One after the other."""
    return Markup("").join(parts)


def text_width(words: str, size: float) -> float:
    """An estimate of how wide ``words`` get, in the units of ``size``."""
    return len(words) * size * CHARACTER


def shorten(words: str, room: float, size: float, least: int = 5) -> str:
    """``words`` cut to ``room`` with an ellipsis; nothing when fewer than ``least`` would stay."""
    if text_width(words, size) <= room:
        return words
    keep = int(room / (size * CHARACTER)) - 1
    return f"{words[:keep]}…" if keep >= least else ""


def texture(index: int, name: str) -> str | None:
    """What lies over the hue of field ``index`` in a drawing: nothing for the first 8."""
    return (None, f"url(#{name}-dots)", f"url(#{name}-lines)", f"url(#{name}-grid)")[
        index // HUES % 4
    ]


def _definitions(name: str) -> Markup:
    def pattern(kind: str, size: float, *children: str, turn: str | None = None) -> Markup:
        return tag(
            "pattern",
            *children,
            id=f"{name}-{kind}",
            width=size,
            height=size,
            patternUnits="userSpaceOnUse",
            patternTransform=turn,
        )

    return tag(
        "defs",
        pattern("hatch", 7, line(0, 0, 0, 7, class_="hatch"), turn="rotate(45)"),
        pattern("fine", 4, line(0, 0, 0, 4, class_="fine"), turn="rotate(45)"),
        pattern("dots", 7, tag("circle", cx=3.5, cy=3.5, r=1.1, class_="texture")),
        pattern("lines", 6, line(0, 3, 6, 3, class_="texture")),
        pattern(
            "grid",
            9,
            line(0, 4.5, 9, 4.5, class_="texture"),
            line(4.5, 0, 4.5, 9, class_="texture"),
        ),
    )
