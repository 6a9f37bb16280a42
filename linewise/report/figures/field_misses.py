"""Which fields cost the misses: bars per field, a panel per cache level."""

from __future__ import annotations

from linewise.report.figures.bars import Panel, paired_bars
from linewise.report.figures.svg import Drawing
from linewise.report.numbers import Change
from linewise.report.text import short_name
from linewise.score import FieldScore, Run

SHOWN = 14  # the costliest fields; the table beside the figure has them all


def draw(run: Run) -> tuple[Drawing, ...]:
    """One figure, or none when no field was accessed."""
    shown = costliest(run)[:SHOWN]
    if not shown or not run.written.levels:
        return ()
    panels = []
    for level, name in enumerate(one.name for one in run.written.levels):
        values = [Change(_misses(before, level), _misses(after, level)) for before, after in shown]
        panels.append(Panel(f"{name} misses", "count", values))
    labels = [f"{short_name(before.record)}.{before.field}" for before, _ in shown]
    title = "Misses per field and level, as written and as proposed"
    return (paired_bars("field-misses", title, labels, panels),)


def costliest(run: Run) -> list[tuple[FieldScore, FieldScore | None]]:
    """Each field before and after, the most first-level misses before first."""
    after = {(one.record, one.field): one for one in run.proposed.fields}
    pairs = [(one, after.get((one.record, one.field))) for one in run.written.fields]
    return sorted(pairs, key=lambda pair: [-misses for misses in pair[0].misses])


def _misses(score: FieldScore | None, level: int) -> float | None:
    if score is None or level >= len(score.misses):
        return None
    return score.misses[level]
