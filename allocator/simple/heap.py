"""A heap made of a design: checks the events, runs the compiled loop, counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allocator.errors import HeapError
from allocator.heap import (
    MALLOC_ALIGN,
    HeapEvents,
    HeapOperation,
    HeapOutcome,
    HeapStatistics,
)
from allocator.kernels import check as faults
from allocator.kernels import heap_loop
from allocator.kernels.loop import BLOCKS, PEAK_USED, REQUESTED, RESERVED, USED
from allocator.simple.scalar import ScalarCalls
from allocator.simple.state import HeapState, Own, every_free

# Objects that one heap tells apart: its columns then take 9 GiB.
MAX_OBJECTS = 1 << 28
# Bytes of the largest block: half of the addresses that x86-64 and arm64 give a program.
MAX_BLOCK = 1 << 46
# Where the address space begins: away from 0, which means nowhere, and aligned to any block.
BASE = 1 << 40
PAGE = 4096

_MESSAGES = {
    faults.TWICE: "is allocated twice; free it first",
    faults.NOT_LIVE: "was never allocated; allocate it first",
    faults.FREED_TWICE: "was freed already; allocate it again or leave the event out",
    faults.BAD_ALIGN: "asks for an alignment that is no power of two up to 2**30; correct it",
    faults.TOO_BIG: "asks for more than the heap's address space; correct the size",
}


@dataclass(frozen=True, slots=True)
class ArenaOptions:
    """What every simple heap can be told. ``arena``: bytes of its address space."""

    arena: int = 1 << 46


@dataclass(frozen=True, slots=True)
class Design:
    """One allocator: see `allocator.simple` for the two compiled functions.

    start    the heap's own arrays, for an empty heap
    grow     the arrays with room for so many threads and more blocks
    demand   no more bytes than this can be taken by that many events asking for that many bytes
    reset    gives up all at once; None where each object is freed
    """

    name: str
    allocate: Callable[..., Any]
    release: Callable[..., Any]
    start: Callable[[Any], Own]
    grow: Callable[[Own, int, int], Own]
    demand: Callable[[Any, int, float], float]
    reset: Callable[[Any, Own], Own] | None = None


class SimpleHeap(ScalarCalls):
    """A heap without a collector; the interface is `allocator.Heap`."""

    def __init__(self, design: Design, options: ArenaOptions) -> None:
        self._design = design
        self._options = options
        self._loop = heap_loop(design.allocate, design.release)
        super().__init__()

    @property
    def name(self) -> str:
        """Its name in ``HEAPS``."""
        return self._design.name

    @property
    def options(self) -> ArenaOptions:
        """What it was made with."""
        return self._options

    def start(self) -> HeapState:
        """The state of an empty heap."""
        return HeapState(self._design.start(self._options))

    def run(self, events: HeapEvents, state: HeapState) -> HeapOutcome:
        """Do these events in order; see `allocator.Heap.run`."""
        resets = np.flatnonzero(events.operation == HeapOperation.ARENA_RESET)
        needed = _needed(events)
        demand = self._design.demand(self._options, len(events), needed)
        # Where the address space might end, or everything be given up, before a fault is found,
        # the work is done on a copy: whatever happens, the state given stays as it was.
        if len(resets) or demand > self._options.arena - int(state.totals[RESERVED]):
            state = state.copy()
        out = np.zeros(len(events), np.uint64)
        start = 0
        for stop in [*resets.tolist(), len(events)]:
            self._stretch(_rows(events, start, stop), state, out[start:stop])
            if stop < len(events):
                self._reset(state, int(events.thread[stop]))
                state.rows += 1
            start = stop + 1
        return HeapOutcome(address=out, state=state)

    def statistics(self, state: HeapState) -> HeapStatistics:
        """What the heap holds in that state."""
        totals = state.totals.tolist()
        return HeapStatistics(
            blocks=totals[BLOCKS],
            requested=totals[REQUESTED],
            used=totals[USED],
            peak_used=totals[PEAK_USED],
            reserved=totals[RESERVED],
        )

    def _stretch(self, events: HeapEvents, state: HeapState, out: NDArray[np.uint64]) -> None:
        """Events without an ARENA_RESET among them."""
        if not len(events):
            return
        self._number(events, state)
        align = events.align
        if align is None:
            align = np.full(len(events), MALLOC_ALIGN, np.uint32)
        operation = np.ascontiguousarray(events.operation)
        objects, size = np.ascontiguousarray(events.object), np.ascontiguousarray(events.size)
        align = np.ascontiguousarray(align)
        largest = min(MAX_BLOCK, self._options.arena)
        scratch = np.zeros(len(events), np.uint8)
        row, fault = faults.check_events(
            operation, objects, size, align, largest, state.live, scratch
        )
        if fault != faults.FINE:
            raise HeapError(self._message(events, state, row, fault))
        slots = state.slots_of(events.thread)
        allocations = int(np.count_nonzero(events.operation != HeapOperation.FREE))
        state.own = self._design.grow(state.own, state.threads, allocations)
        by_object = (state.address, state.requested, state.capacity, state.handle)
        columns = (operation, objects, size, slots, align)
        done = self._loop(*columns, *by_object, state.totals, state.own, out)
        if done < len(events):
            raise HeapError(
                f"{self.name} heap: event {state.rows + done}: the address space of "
                f"{self._options.arena:,} bytes is used up; free more, or give a larger arena"
            )
        state.rows += len(events)

    def _number(self, events: HeapEvents, state: HeapState) -> None:
        """Check the object numbers and make room for them."""
        numbers = events.object[events.operation <= HeapOperation.REALLOC]
        if not len(numbers):
            return
        low, high = int(numbers.min()), int(numbers.max())
        if low < 0 or high >= MAX_OBJECTS:
            wrong = low if low < 0 else high
            placing = events.operation <= HeapOperation.REALLOC
            row = int(np.flatnonzero(placing & (events.object == wrong))[0])
            raise HeapError(
                f"{self.name} heap: event {state.rows + row}: object {wrong}, but objects are "
                f"numbered from 0 to {MAX_OBJECTS - 1:,}; number them densely"
            )
        state.make_room(high + 1)

    def _message(self, events: HeapEvents, state: HeapState, row: int, fault: int) -> str:
        place = f"{self.name} heap: event {state.rows + row}: "
        if fault == faults.UNKNOWN:
            code = int(events.operation[row])
            return f"{place}unknown operation {code}; known are 0 to {max(HeapOperation)}"
        return f"{place}object {int(events.object[row])} {_MESSAGES[fault]}"

    def _reset(self, state: HeapState, thread: int) -> None:
        if self._design.reset is None:
            frees = every_free(state, thread)
            rows = state.rows
            self._stretch(frees, state, np.zeros(len(frees), np.uint64))
            state.rows = rows
            return
        state.live[state.live == faults.LIVE] = faults.GONE
        state.own = self._design.reset(self._options, state.own)
        state.totals[[BLOCKS, REQUESTED, USED, RESERVED]] = 0


def _needed(events: HeapEvents) -> float:
    """Bytes asked for, as the sum of the larger of size and alignment."""
    if events.align is None:
        return float(events.size.sum(dtype=np.float64)) + MALLOC_ALIGN * len(events)
    return float(np.maximum(events.size, events.align).sum(dtype=np.float64))


def _rows(events: HeapEvents, start: int, stop: int) -> HeapEvents:
    if start == 0 and stop == len(events):
        return events
    cut = slice(start, stop)
    columns = (getattr(events, column.name) for column in fields(events))
    return HeapEvents(*(None if column is None else column[cut] for column in columns))  # type: ignore[arg-type]


def read_options(name: str, kind: type[Any], options: dict[str, Any]) -> Any:
    """The options as ``kind``. Raises HeapError for an unknown one and for what is no size."""
    known = {field.name for field in fields(kind)}
    for key, value in options.items():
        if key not in known:
            raise HeapError(
                f"{name} heap: unknown option {key!r}; known are {', '.join(sorted(known))}"
            )
        if isinstance(value, bool) or not isinstance(value, int) or not PAGE <= value <= 1 << 46:
            raise HeapError(
                f"{name} heap: {key} = {value!r}, but must be a number of bytes "
                f"from {PAGE} to 2**46; correct it"
            )
        if value % PAGE:
            raise HeapError(
                f"{name} heap: {key} = {value}, but must be a multiple of {PAGE}; round it"
            )
    return kind(**options)
