"""Records drawn as their cache lines, all in one SVG document that light and dark readers like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from linewise.errors import LinewiseError
from linewise.picture.rows import About, plural
from linewise.report.fields import FieldUse, named_fields
from linewise.report.figures import svg
from linewise.report.figures.record_lines import draw_layout
from linewise.report.palette import DARK

if TYPE_CHECKING:
    from layout import Layout
    from linewise.report.figures.svg import Drawing

# Records in one picture: beyond, nobody finds one, and readers of SVG get slow.
MAX_RECORDS = 500

HEAD, GAP = 24.0, 22.0  # height of a heading, and what parts one record from the next


def svg_document(shown: Sequence[tuple[Layout, About]]) -> str:
    """The records one below the other, each under its name, size and place.

    Raises LinewiseError for more than MAX_RECORDS.
    """
    if len(shown) > MAX_RECORDS:
        raise LinewiseError(
            f"--svg: {len(shown):,} records, but {MAX_RECORDS} at most; choose some with --struct"
        )
    parts, y, width = [], GAP, 0.0
    for index, (placed, about) in enumerate(shown):
        drawing = _drawn(index, placed, about.line)
        parts.append(svg.text(10, y + 12, placed.record.name, class_="title"))
        parts.append(svg.text(10, y + 28, _caption(placed, about), class_="small soft"))
        y += HEAD + 12
        parts.append(svg.tag("g", drawing.svg, transform=f"translate(0 {y:g})"))
        y += drawing.height + GAP
        width = max(width, drawing.width)
    ground = svg.rect(0, 0, width, y, class_="ground")
    names = ", ".join(placed.record.name for placed, _ in shown[:8])
    root = svg.tag(
        "svg",
        svg.tag("title", f"Cache lines of {names}{' and others' if len(shown) > 8 else ''}"),
        svg.tag("style", _style()),
        ground,
        *parts,
        viewBox=f"0 0 {width:g} {y:g}",
        width=width,
        height=y,
        class_="figure",
        xmlns=svg.NAMESPACE,
    )
    return svg.document(root)


def _drawn(index: int, placed: Layout, line: int) -> Drawing:
    uses = {
        name: FieldUse(placed.record.name, name, number, 0, 0, 0.0)
        for number, (name, _) in enumerate(named_fields(placed), start=1)
    }
    title = f"{placed.record.name} on {placed.abi}, {placed.size} bytes"
    return draw_layout(f"record-{index}", title, placed, uses, line, accessed=False)


def _caption(placed: Layout, about: About) -> str:
    holes = sum(hole.bits for hole in placed.holes) / 8
    facts = [plural(placed.size, "byte"), plural(-(-placed.size // about.line), "line")]
    if placed.holes:
        facts.append(f"{holes:g} bytes in {plural(len(placed.holes), 'hole')}")
    if placed.tail_padding:
        facts.append(f"{plural(placed.tail_padding, 'byte')} of tail padding")
    return f"{', '.join(facts)} · {about.place(placed)} · {', '.join(about.abis)}"


def _style() -> Markup:
    own = Markup(".figure .title{font-size:14px;font-weight:600}")
    dark = Markup("@media (prefers-color-scheme:dark){")
    return svg.figure_css() + own + dark + svg.figure_css(DARK) + Markup("}")
