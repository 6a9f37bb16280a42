"""What a run says: plain tables, one row per level, field and pair of fields.

Every number carries where it comes from. Counts are *exact*: derived from a layout or replayed,
and checkable by replaying again. Times are *modelled*: counts weighted with a machine's latencies.
What a machine's file does not state and nothing stands in for is *unknown*.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from layout import Layout, Proposal

Mark = Literal["exact", "modelled", "unknown"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a report: its value (None when unknown), unit and mark."""

    value: float | None
    unit: str
    mark: Mark
    note: str = ""  # what a modelled number assumes, in one sentence


@dataclass(frozen=True, slots=True)
class LevelScore:
    """One cache level (summed over its instances) under one order."""

    name: str
    accesses: int
    misses: int
    writebacks: int
    misses_per_thousand: float  # per thousand accesses of the program, not of the level


@dataclass(frozen=True, slots=True)
class FieldScore:
    """What one field of one record costs; misses in the order of the machine's data levels."""

    record: str
    field: str
    reads: int
    writes: int
    misses: tuple[int, ...]
    heat: float  # share of all typed accesses, 0 to 1


@dataclass(frozen=True, slots=True)
class SharedPair:
    """Two fields by which threads share lines falsely; see ``linewise.sharing``.

    The two may be the same field of two neighbouring objects. ``misses`` counts false-sharing
    misses, ``lines`` the lines on which they happen.
    """

    record: str
    field: str
    other_record: str
    other_field: str
    lines: int
    misses: int


@dataclass(frozen=True, slots=True)
class RecordScore:
    """The bytes of one record under one order; ``heap_bytes`` is what the heap took per object."""

    record: str
    objects: int
    size: int
    heap_bytes: float
    lines_spanned: float  # lines that one object touches, averaged over the placed objects


@dataclass(frozen=True, slots=True)
class Score:
    """One set of layouts under one workload, heap and machine."""

    order: str  # "written" or "proposed"
    records: tuple[RecordScore, ...]
    accesses: int
    lines_per_operation: Quantity
    levels: tuple[LevelScore, ...]
    memory_accesses: int
    average_access: Quantity  # cycles
    fields: tuple[FieldScore, ...]  # the costliest first
    sharing: tuple[SharedPair, ...]  # the most misses first
    shared_lines: int  # lines with at least one such pair


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record as written and as proposed, on every ABI asked for; the first is replayed."""

    name: str
    source: str  # "file:line"
    before: tuple[Layout, ...]
    after: tuple[Layout, ...]
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Run:
    """The answer of the loop for one scenario on one machine."""

    scenario: str
    description: str
    machine: str
    heap: str
    abis: tuple[str, ...]
    objects: int
    threads: int
    operations: int
    seed: int
    line_bytes: int
    changes: tuple[RecordChange, ...]
    written: Score
    proposed: Score
    seconds: dict[str, float]  # how long each stage took here; not a result
