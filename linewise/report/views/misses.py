"""Which fields cost the misses: every field, before and after, by level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from linewise.report.figures.field_misses import SHOWN, costliest
from linewise.report.figures.svg import Drawing
from linewise.report.numbers import Change, percent
from linewise.report.text import short_name
from linewise.score import FieldScore, Run

MAX_ROWS = 600


@dataclass(frozen=True, slots=True)
class MissRow:
    """One field's accesses and its misses per level."""

    field: str
    heat: float
    reads: int
    writes: int
    misses: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Misses:
    """The section."""

    levels: tuple[str, ...]
    drawing: Drawing | None
    rows: tuple[MissRow, ...]
    left_out: int
    shown: int
    finding: str


def view(run: Run, drawings: Mapping[str, Drawing]) -> Misses:
    """Rows with the most first-level misses first."""
    pairs = costliest(run)
    levels = tuple(level.name for level in run.written.levels)
    rows = [
        MissRow(
            field=f"{short_name(old.record)}.{old.field}",
            heat=old.heat,
            reads=old.reads,
            writes=old.writes,
            misses=tuple(
                Change(old.misses[level], new.misses[level] if new else None)
                for level in range(len(levels))
            ),
        )
        for old, new in pairs
    ]
    return Misses(
        levels=levels,
        drawing=drawings.get("field-misses"),
        rows=tuple(rows[:MAX_ROWS]),
        left_out=max(0, len(rows) - MAX_ROWS),
        shown=min(SHOWN, len(rows)),
        finding=_finding([old for old, _ in pairs], levels),
    )


def _finding(fields: list[FieldScore], levels: tuple[str, ...]) -> str:
    total = sum(one.misses[0] for one in fields) if levels else 0
    if not total:
        return "No access to a field missed." if levels else ""
    sums = list(accumulate(one.misses[0] for one in fields))
    needed = next(at for at, so_far in enumerate(sums, start=1) if so_far >= 0.8 * total)
    head = ", ".join(f"{short_name(one.record)}.{one.field}" for one in fields[: min(needed, 4)])
    rest = "" if needed <= 4 else f" and {needed - 4} more"
    noun = "field takes" if needed == 1 else "fields take"
    share = percent(sums[needed - 1] / total)
    return (
        f"{needed} of {len(fields)} {noun} {share} of the {levels[0]} misses "
        f"in the order as written: {head}{rest}."
    )
