"""Do the compiled heaps of this machine keep what a heap promises?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

import allocator
from linewise.verify.finding import Context, Finding, Verdict

NAME = "heap"
OBJECTS = 100_000
LARGEST = 4096  # bytes
ALIGN = 16  # what malloc promises on both targets (System V psABI and AAPCS64: max_align_t)
SEED = 1


def check(_context: Context) -> Iterator[Finding]:
    """Allocate, free every second object, allocate again: aligned, and no two live ones overlap."""
    for name in allocator.HEAPS:
        wrong = _broken_promise(name)
        verdict = Verdict.DIFFERS if wrong else Verdict.EQUAL
        detail = wrong or f"{OBJECTS:,} live blocks after churn: aligned to {ALIGN}, none overlap"
        yield Finding(NAME, f"the {name} heap", verdict, detail, f"linewise verify --check {NAME}")


def _broken_promise(name: str) -> str:
    rng = np.random.default_rng(SEED)
    first = np.arange(OBJECTS, dtype=np.int64)
    freed, again = first[::2], OBJECTS + np.arange(OBJECTS // 2, dtype=np.int64)
    operation = np.concatenate([
        np.full(len(first), allocator.HeapOperation.ALLOC, np.uint8),
        np.full(len(freed), allocator.HeapOperation.FREE, np.uint8),
        np.full(len(again), allocator.HeapOperation.ALLOC, np.uint8),
    ])  # fmt: skip
    size = rng.integers(1, LARGEST, len(operation)).astype(np.uint64)
    heap = allocator.make_heap(name)
    events = allocator.HeapEvents(
        operation=operation,
        object=np.concatenate([first, freed, again]),
        size=size,
        thread=rng.integers(0, 4, len(operation)).astype(np.uint16),
    )
    address = heap.run(events, heap.start()).address
    live = np.concatenate([first[1::2], OBJECTS + len(freed) + np.arange(len(again))])
    at, bytes_ = address[live], size[live]
    if (at % np.uint64(ALIGN)).any():
        return f"a block is not aligned to {ALIGN}"
    order = np.argsort(at)
    ends = at[order] + bytes_[order]
    overlaps = int((ends[:-1] > at[order][1:]).sum())
    return f"{overlaps} live blocks overlap" if overlaps else ""
