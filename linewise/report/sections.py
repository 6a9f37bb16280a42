"""The sections of the page, in the order of a reader's questions: one row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from linewise.report.figures.svg import Drawing
from linewise.report.views import guide, levels, misses, orders, records, sharing, summary
from linewise.score import Run


@dataclass(frozen=True, slots=True)
class Section:
    """One section: ``view`` makes the values that its template lays out."""

    name: str  # the element's id, and templates/NAME.html.j2
    title: str
    short: str  # in the navigation
    view: Callable[[Run, Mapping[str, Drawing]], object]


SECTIONS = (
    Section("summary", "Verdict", "Verdict", summary.view),
    Section("records", "The records, line by line", "Records", records.view),
    Section("misses", "Which fields cost the misses", "Misses", misses.view),
    Section("sharing", "Which fields falsely share a line", "False sharing", sharing.view),
    Section("levels", "Cache levels and the average access", "Levels", levels.view),
    Section("orders", "The proposed order, and its proof", "Order", orders.view),
    Section("guide", "How to read this", "How to read", guide.view),
)
