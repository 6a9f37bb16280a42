"""False-sharing misses by pair of fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from linewise.report.figures.shared_pairs import SHOWN
from linewise.report.figures.svg import Drawing
from linewise.report.numbers import Change
from linewise.report.sharing import PairChange, pair_changes, sharing_misses
from linewise.report.text import plural
from linewise.score import Run

MAX_ROWS = 400


@dataclass(frozen=True, slots=True)
class Sharing:
    """The section. ``left`` says how many pairs remain for each reason."""

    threads: int
    misses: Change
    drawing: Drawing | None
    rows: tuple[PairChange, ...]
    left_out: int
    shown: int
    finding: str
    left: tuple[tuple[str, int], ...]


def view(run: Run, drawings: Mapping[str, Drawing]) -> Sharing:
    """Pairs of the most misses first."""
    pairs = pair_changes(run)
    remain = [pair for pair in pairs if pair.why]
    return Sharing(
        threads=run.threads,
        misses=Change(sharing_misses(run.written), sharing_misses(run.proposed)),
        drawing=drawings.get("shared-pairs"),
        rows=tuple(pairs[:MAX_ROWS]),
        left_out=max(0, len(pairs) - MAX_ROWS),
        shown=min(SHOWN, len(pairs)),
        finding=_finding(run, pairs, remain),
        left=tuple(Counter(pair.why for pair in remain).most_common()),
    )


def _finding(run: Run, pairs: list[PairChange], remain: list[PairChange]) -> str:
    if run.threads < 2:
        return "The scenario has one thread: no line can be falsely shared."
    if not pairs:
        return f"No two of the {run.threads} threads use different data of one line."
    gone = sum(1 for pair in pairs if pair.lines.before and not pair.lines.after)
    stuck = sum(1 for pair in remain if not pair.order_can)
    misses = plural(sharing_misses(run.written), "miss", "misses")
    lines = (
        f"{misses} on {plural(run.written.shared_lines, 'line')} as written, "
        f"{sharing_misses(run.proposed):,} on {run.proposed.shared_lines:,} as "
        f"proposed. Of {plural(len(pairs), 'pair')} of fields, {gone} part ways"
    )
    if not remain:
        return f"{lines} and none remains."
    return f"{lines} and {len(remain)} still meet; order alone cannot part {stuck} of these."
