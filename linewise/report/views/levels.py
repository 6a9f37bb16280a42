"""The cache levels, memory and the average access time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linewise.report.figures.svg import Drawing
from linewise.report.numbers import Change
from linewise.score import Mark, Run


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level before and after."""

    name: str
    accesses: Change
    misses: Change
    per_thousand: Change
    writebacks: Change


@dataclass(frozen=True, slots=True)
class Levels:
    """The section."""

    drawing: Drawing | None
    rows: tuple[LevelRow, ...]
    memory: Change
    average: Change
    mark: Mark
    notes: tuple[str, ...]


def view(run: Run, drawings: Mapping[str, Drawing]) -> Levels:
    """Levels nearest first."""
    old, new = run.written, run.proposed
    rows = tuple(
        LevelRow(
            name=one.name,
            accesses=Change(one.accesses, two.accesses),
            misses=Change(one.misses, two.misses),
            per_thousand=Change(one.misses_per_thousand, two.misses_per_thousand),
            writebacks=Change(one.writebacks, two.writebacks),
        )
        for one, two in zip(old.levels, new.levels, strict=True)
    )
    average = Change(old.average_access.value, new.average_access.value)
    unknown = average.direction == "unknown"
    notes = dict.fromkeys(q.note for q in (old.average_access, new.average_access) if q.note)
    return Levels(
        drawing=drawings.get("level-misses"),
        rows=rows,
        memory=Change(old.memory_accesses, new.memory_accesses),
        average=average,
        mark="unknown" if unknown else new.average_access.mark,
        notes=tuple(notes),
    )
