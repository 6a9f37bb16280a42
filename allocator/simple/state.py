"""The state of a heap between two chunks: columns by object, and what is the heap's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allocator.heap import HeapEvents
from allocator.kernels.loop import TOTALS

# A heap's own arrays; which they are is its design's business.
Own = tuple[NDArray[Any], ...]


@dataclass(slots=True, eq=False)
class HeapState:
    """Columns by object number, the heap's own arrays, and the threads met so far."""

    own: Own
    live: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    address: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    requested: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    capacity: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    handle: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    totals: NDArray[np.int64] = field(default_factory=lambda: np.zeros(TOTALS, np.int64))
    slots: NDArray[np.int32] = field(default_factory=lambda: np.full(1 << 16, -1, np.int32))
    threads: int = 0
    rows: int = 0  # events done

    def copy(self) -> HeapState:
        """A state of its own that says the same."""
        return HeapState(
            own=tuple(array.copy() for array in self.own),
            live=self.live.copy(),
            address=self.address.copy(),
            requested=self.requested.copy(),
            capacity=self.capacity.copy(),
            handle=self.handle.copy(),
            totals=self.totals.copy(),
            slots=self.slots.copy(),
            threads=self.threads,
            rows=self.rows,
        )

    def make_room(self, objects: int) -> None:
        """Lengthen the columns so that they hold that many objects."""
        if objects > len(self.live):
            # Doubling keeps growth linear; untouched pages of new zeros cost nothing.
            rows = max(objects, 2 * len(self.live), 1024)
            self.live = lengthened(self.live, rows)
            self.address = lengthened(self.address, rows)
            self.requested = lengthened(self.requested, rows)
            self.capacity = lengthened(self.capacity, rows)
            self.handle = lengthened(self.handle, rows)

    def slots_of(self, thread: NDArray[np.uint16]) -> NDArray[np.int32]:
        """The slot of each event's thread; new threads get theirs in the order they appear."""
        slots = self.slots[thread]
        if len(slots) and slots.min() < 0:
            new, first = np.unique(thread[slots < 0], return_index=True)
            for number in new[np.argsort(first)].tolist():
                self.slots[number] = self.threads
                self.threads += 1
            slots = self.slots[thread]
        return slots


def lengthened(column: NDArray[Any], rows: int) -> NDArray[Any]:
    """The column, or rows, with zeros behind."""
    longer = np.zeros((rows, *column.shape[1:]), column.dtype)
    longer[: len(column)] = column
    return longer


def every_free(state: HeapState, thread: int) -> HeapEvents:
    """A FREE of each live object, by number."""
    live = np.flatnonzero(state.live == 1)
    return HeapEvents(
        operation=np.ones(len(live), np.uint8),
        object=live.astype(np.int64),
        size=np.zeros(len(live), np.uint64),
        thread=np.full(len(live), thread, np.uint16),
    )
