"""The figures of a report: one file each, and one row here.

A figure is a function from what is reported to its drawings, which a page shows in place and
``linewise.report.pictures`` hands out as SVG documents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from linewise.report.figures import field_misses, level_misses, record_lines, shared_pairs
from linewise.report.figures.svg import Drawing
from linewise.score import Run

FIGURES: Mapping[str, Callable[[Run], tuple[Drawing, ...]]] = {
    "record-lines": record_lines.draw,
    "field-misses": field_misses.draw,
    "shared-pairs": shared_pairs.draw,
    "level-misses": level_misses.draw,
}
