"""Misses, accesses and write-backs of each cache level, and of memory."""

from __future__ import annotations

from linewise.report.figures.bars import Panel, paired_bars
from linewise.report.figures.svg import Drawing
from linewise.report.numbers import Change
from linewise.score import Run


def draw(run: Run) -> tuple[Drawing, ...]:
    """One figure, or none for a machine without caches."""
    pairs = list(zip(run.written.levels, run.proposed.levels, strict=True))
    if not pairs:
        return ()
    panels = (
        Panel(
            "misses",
            "per 1000 accesses of the program",
            [Change(old.misses_per_thousand, new.misses_per_thousand) for old, new in pairs],
        ),
        Panel(
            "accesses", "that reach the level", [Change(o.accesses, n.accesses) for o, n in pairs]
        ),
        Panel(
            "write-backs",
            "dirty lines evicted",
            [Change(o.writebacks, n.writebacks) for o, n in pairs],
        ),
    )
    labels = [old.name for old, _ in pairs]
    return (
        paired_bars("level-misses", "Cache levels, as written and as proposed", labels, panels),
    )
