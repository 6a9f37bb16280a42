"""What a report knows of one field: its number, its colour and what the program does with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linewise.report.palette import HEAT_NAMES, heat_step

if TYPE_CHECKING:
    from layout.model import Layout, PlacedField
    from linewise.score import FieldScore, RecordChange, Run

ANONYMOUS = "<anonymous>"


@dataclass(frozen=True, slots=True)
class FieldUse:
    """One field of a record. ``number`` counts from 1 in the written order, and colours it."""

    record: str
    name: str
    number: int
    reads: int
    writes: int
    heat: float  # share of all accesses of the program, 0 to 1

    @property
    def step(self) -> int:
        return heat_step(self.heat)

    @property
    def heat_name(self) -> str:
        return HEAT_NAMES[self.step]


def field_uses(run: Run, change: RecordChange) -> dict[str, FieldUse]:
    """By the name that ``named_fields`` gives, in the written order."""
    names = [name for name, _ in named_fields(change.before[0])]
    scores: dict[str, list[FieldScore]] = {name: [] for name in names}
    for score in run.written.fields:
        name = member_of(score.field, scores)
        if score.record == change.name and name is not None:
            scores[name].append(score)
    return {
        name: FieldUse(
            record=change.name,
            name=name,
            number=number,
            reads=sum(score.reads for score in mine),
            writes=sum(score.writes for score in mine),
            heat=sum(score.heat for score in mine),
        )
        for number, (name, mine) in enumerate(scores.items(), start=1)
    }


def named_fields(layout: Layout) -> list[tuple[str, PlacedField]]:
    """The placed fields with names that are unique within the record, by offset."""
    seen: Counter[str] = Counter()
    named = []
    for field in layout.fields:
        name = field.name or ANONYMOUS
        seen[name] += 1
        named.append((name if seen[name] == 1 else f"{name} ({seen[name]})", field))
    return sorted(named, key=lambda pair: pair[1].bit_offset)


def member_of(path: str, names: Container[str]) -> str | None:
    """The member that an access path goes through: ``levels`` for ``levels[3].qty``."""
    if path in names:
        return path
    root = re.split(r"[.\[]", path, maxsplit=1)[0]
    return root if root in names else None
