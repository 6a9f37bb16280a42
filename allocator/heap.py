"""What every heap understands: events in columns, placements back.

Heaps are batch first: ``run`` takes a chunk of events and the state that the last chunk left.
Scalar ``malloc``, ``realloc`` and ``free`` wrap it, on a state of the heap's own.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from allocator.errors import HeapError

# What malloc promises for any size on x86-64 and arm64: the alignment of max_align_t, 16
# (System V AMD64 psABI 3.1.2 and AAPCS64 5.1, for long double).
MALLOC_ALIGN = 16


class HeapOperation(IntEnum):
    """What one event asks of the heap; the values are those of the column ``operation``."""

    ALLOC = 0
    FREE = 1
    REALLOC = 2
    ROOT = 3  # the object is reachable by itself from now on
    UNROOT = 4
    POINTER_STORE = 5  # object.slot = value, an object
    COLLECT = 6
    READ_STATISTICS = 7
    SET_GOGC = 8
    SET_LIMIT = 9
    ARENA_RESET = 10  # every live object is given up at once


# The exact type of each column of a chunk.
COLUMNS: dict[str, type[np.generic]] = {
    "operation": np.uint8,
    "object": np.int64,
    "size": np.uint64,
    "thread": np.uint16,
    "align": np.uint32,
    "value": np.int64,
    "slot": np.int64,
}


@dataclass(frozen=True, slots=True, eq=False)
class HeapEvents:
    """One chunk of events: columns of equal length; the last three may be missing.

    operation  a ``HeapOperation``
    object     which object: a number from 0, densely given, free to be used again after a FREE
    size       bytes, of an ALLOC or REALLOC; 0 asks for a block of its own too
    thread     who asks
    align      bytes, a power of two; 16 where the column is missing
    value      target object of a POINTER_STORE, -1 for none; the setting of a SET_*
    slot       pointer slot of a POINTER_STORE

    Raises HeapError when a column's type or length is wrong.
    """

    operation: NDArray[np.uint8]
    object: NDArray[np.int64]
    size: NDArray[np.uint64]
    thread: NDArray[np.uint16]
    align: NDArray[np.uint32] | None = None
    value: NDArray[np.int64] | None = None
    slot: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        for column in fields(self):
            values, wanted = getattr(self, column.name), COLUMNS[column.name]
            if values is None:
                continue
            if values.dtype != wanted:
                raise HeapError(
                    f"heap events: column {column.name} has the type {values.dtype}, "
                    f"but must be {np.dtype(wanted)}; convert it"
                )
            if values.shape != (len(self.operation),):
                raise HeapError(
                    f"heap events: column {column.name} has the shape {values.shape}, "
                    f"but operation has {self.operation.shape}; make them equally long"
                )

    def __len__(self) -> int:
        return len(self.operation)


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """Objects that a collector moved, in order: columns of equal length."""

    row: NDArray[np.int64]  # the event during which it moved
    object: NDArray[np.int64]
    source: NDArray[np.uint64]
    target: NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class HeapAccesses:
    """What the heap itself read and wrote, in order: columns of equal length."""

    row: NDArray[np.int64]  # the event during which it happened
    address: NDArray[np.uint64]
    size: NDArray[np.uint16]
    kind: NDArray[np.uint8]  # 0 read, 1 write, 3 read-modify-write, 4 atomic
    thread: NDArray[np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class HeapOutcome:
    """What a chunk of events came to.

    address   uint64[rows]  where the object lies after the event; 0 where it lies nowhere
    state     goes into the next ``run``; the one that was given is used up
    cost_ns   float64[rows]  modelled time of each event; None where the heap has no such model
    moves     None where the heap never moves an object
    accesses  None where the heap does not model its own
    cycles    a collector's cycles; None where the heap has no collector
    """

    address: NDArray[np.uint64]
    state: Any
    cost_ns: NDArray[np.float64] | None = None
    moves: Moves | None = None
    accesses: HeapAccesses | None = None
    cycles: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class HeapStatistics:
    """Bytes and blocks at one moment: requested <= used <= reserved.

    blocks     live blocks
    requested  bytes asked for by them
    used       bytes of their blocks: what cannot be given to anybody else
    peak_used  the most that ``used`` ever was
    reserved   bytes taken from the address space so far
    """

    blocks: int
    requested: int
    used: int
    peak_used: int
    reserved: int


class Heap(Protocol):
    """An allocator, with its collector if it has one.

    A heap without a collector passes over ROOT, UNROOT, POINTER_STORE, COLLECT, READ_STATISTICS
    and SET_*, so that one recording can be asked of any heap.
    """

    @property
    def name(self) -> str: ...

    def start(self) -> Any:
        """The state of an empty heap."""

    def run(self, events: HeapEvents, state: Any) -> HeapOutcome:
        """Do these events in order.

        Raises HeapError naming the event (from 0, over all chunks) for a second ALLOC of a live
        object, a FREE or REALLOC of one that is not live, a size, alignment or object number
        outside the heap's limits, an unknown operation, and an exhausted address space. The state
        given is then as it was.
        """

    def statistics(self, state: Any) -> HeapStatistics:
        """What the heap holds in that state."""

    def malloc(self, size: int, *, align: int = MALLOC_ALIGN, thread: int = 0) -> int:
        """The address of a new block."""

    def realloc(self, address: int, size: int, *, thread: int = 0) -> int:
        """The address of the block with another size."""

    def free(self, address: int, *, thread: int = 0) -> None:
        """Give a block back. Raises HeapError for an address that is no live block's."""
