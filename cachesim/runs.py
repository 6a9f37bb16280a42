"""How a machine's rows are replayed: as a stream through stages, or one access at a time."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cachesim.kernels import loop_for, walk_for
from cachesim.kernels import plan as p
from cachesim.spec import Machine
from cachesim.stages import Layout

Columns = tuple[Any, ...]
Tables = tuple[NDArray[Any], ...]  # plan, counts, counts by tag, kinds, slots


class Run(Protocol):
    """One of them. ``counts_arrivals``: the caller counts accesses at the first level.

    ``replay`` goes on from ``state[NEXT_ROW]`` and stops at ``rows``, or where STATUS says why.
    """

    counts_arrivals: bool

    def replay(
        self,
        columns: Columns,
        rows: int,
        plain_info: int,
        tables: Tables,
        store: NDArray[np.int64],
        state: NDArray[np.int64],
        threads: int,
    ) -> None: ...

    def missed(self, counts: NDArray[np.int64], level: int, kind: int) -> int: ...


class Stream:
    """Levels that nothing flows up from: see `cachesim.kernels.plan`."""

    counts_arrivals = True

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._loop = loop_for(layout.policies)
        self._clock = np.zeros(len(layout.stages), np.int64)
        # A stage puts at most one write-back beside each item, so that many after all of them:
        items = p.MAX_ITEMS * (len(layout.stages) + 1)
        self._lines = (np.zeros(items, np.int64), np.zeros(items, np.int64))
        self._infos = (np.zeros(items, np.int64), np.zeros(items, np.int64))
        self._marks = np.zeros(p.BLOCK, np.int64)

    def replay(
        self,
        columns: Columns,
        rows: int,
        plain_info: int,
        tables: Tables,
        store: NDArray[np.int64],
        state: NDArray[np.int64],
        threads: int,  # noqa: ARG002
    ) -> None:
        """Rows through all stages, block by block."""
        layout = self._layout
        self._loop(
            columns, rows, np.uint64(layout.bits), plain_info, layout.collapses, tables,
            layout.stages, self._clock, store, state, self._lines, self._infos, self._marks,
        )  # fmt: skip

    def missed(self, counts: NDArray[np.int64], level: int, kind: int) -> int:
        """What missed is what arrived below."""
        below = self._layout.plan[level, p.NEXT + kind]
        return int(counts[below, p.ARRIVED + kind]) if below >= 0 else 0


class Walk:
    """Levels that act on one another: see `cachesim.kernels.walk`."""

    counts_arrivals = False

    def __init__(self, machine: Machine, layout: Layout) -> None:
        self._walk = walk_for(layout.policies)
        self._clock = np.zeros(1, np.int64)
        self._once = machine.straddle == "once"
        self._refresh = machine.writebacks == "touch"
        self._cap = min(cache.line for cache in machine.caches) if machine.cap_data else 0
        # Each line of one access may displace one at each level, and these one more below.
        pieces = p.MAX_PIECES if self._once else 1
        self._pending = np.zeros((pieces * len(machine.caches) + 2 * p.MAX_CACHES, 5), np.int64)

    def replay(
        self,
        columns: Columns,
        rows: int,
        plain_info: int,  # noqa: ARG002
        tables: Tables,
        store: NDArray[np.int64],
        state: NDArray[np.int64],
        threads: int,
    ) -> None:
        """Rows one after the other."""
        self._walk(
            columns, rows, tables, self._clock, store, state, self._pending, threads,
            self._once, self._refresh, self._cap,
        )  # fmt: skip

    def missed(self, counts: NDArray[np.int64], level: int, kind: int) -> int:
        """Counted as it happens."""
        return int(counts[level, p.MISSED + kind])
