"""What a replay says: counts, all exact. Parts that nobody asked for are None."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LevelResult:
    """One cache of the machine, summed over its instances.

    An access counts once per line it touches here. Reads include read-modify-writes.
    evictions: valid lines displaced by fills; writebacks: the dirty ones among them, and under
    an inclusive cache those dirty above. back_invalidations: lines taken because an inclusive cache
    below gave them up.
    """

    name: str
    reads: int
    writes: int
    fetches: int
    read_misses: int
    write_misses: int
    fetch_misses: int
    evictions: int
    writebacks: int
    back_invalidations: int = 0

    @property
    def accesses(self) -> int:
        """Demand accesses: reads, writes and fetches."""
        return self.reads + self.writes + self.fetches

    @property
    def misses(self) -> int:
        """Demand accesses that were not served here."""
        return self.read_misses + self.write_misses + self.fetch_misses


@dataclass(frozen=True, slots=True, eq=False)
class TagCounts:
    """Counts by tag, rows of ``levels`` in the machine's order.

    tag        int32[T], ascending, every tag that occurred
    accesses   int64[T], rows of the trace
    reads      int64[L, T], at each level, read-modify-writes included
    writes     int64[L, T]
    misses     int64[L, T], of reads, writes and fetches
    """

    tag: NDArray[np.int32]
    accesses: Counts
    reads: Counts
    writes: Counts
    misses: Counts


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The counts of one replay; ``levels`` are in the order of the machine's caches.

    machine            the machine's name
    accesses           rows of the trace
    memory_accesses    demand accesses that no cache served
    memory_writebacks  dirty lines that reached memory
    """

    machine: str
    accesses: int
    levels: tuple[LevelResult, ...]
    memory_accesses: int
    memory_writebacks: int
    tags: TagCounts | None = None
    # Counted by mechanisms that a replay may leave out; None: not counted.
    cores: Any | None = None
    instructions: Any | None = None
    lines: Any | None = None
    miss_classes: Any | None = None
    upgrades: int | None = None
    interventions: int | None = None
    invalidations: int | None = None
    prefetches: Any | None = None
    tlb: Any | None = None

    def level(self, name: str) -> LevelResult:
        """The level of this name; KeyError if the machine has none."""
        for level in self.levels:
            if level.name == name:
                return level
        raise KeyError(name)
