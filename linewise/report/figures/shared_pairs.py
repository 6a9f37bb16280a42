"""Pairs of fields that falsely share lines: bars per pair, before and after."""

from __future__ import annotations

from linewise.report.figures.bars import Panel, paired_bars
from linewise.report.figures.svg import Drawing
from linewise.report.sharing import pair_changes
from linewise.score import Run

SHOWN = 12  # the pairs of the most misses; the table beside the figure has them all


def draw(run: Run) -> tuple[Drawing, ...]:
    """One figure, or none when no pair shares a line under either order."""
    shown = pair_changes(run)[:SHOWN]
    if not shown:
        return ()
    panels = (
        Panel("misses", "that only false sharing causes", [pair.misses for pair in shown]),
        Panel("lines", "on which they happen", [pair.lines for pair in shown]),
    )
    title = "False-sharing misses per pair of fields, as written and as proposed"
    return (paired_bars("shared-pairs", title, [pair.label for pair in shown], panels),)
