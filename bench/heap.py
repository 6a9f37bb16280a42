"""Events per second of the simulated heaps; beside it numpy.cumsum over the same sizes.

The cumulative sum is what the simplest heap has to do: where the next block begins.
"""

from __future__ import annotations

import numpy as np

from allocator import HEAPS, HeapEvents, HeapOperation, make_heap
from bench.timing import best_seconds

PAIRS = 2_000_000
LIVE = 10_000  # blocks alive at a time in the churn
CHUNK = 1 << 16  # events given to the heap at once


def churn() -> HeapEvents:
    """Each of ``LIVE`` objects in turn is freed and allocated anew, with sizes up to 512 bytes."""
    random = np.random.default_rng(1)
    rows = 2 * PAIRS + LIVE
    operation = np.zeros(rows, np.uint8)
    operation[LIVE::2] = HeapOperation.FREE
    number = np.empty(rows, np.int64)
    number[:LIVE] = np.arange(LIVE)
    number[LIVE:] = np.repeat(random.integers(0, LIVE, PAIRS), 2)
    size = random.integers(1, 513, rows).astype(np.uint64)
    return HeapEvents(operation, number, size, np.zeros(rows, np.uint16))


def run(name: str, chunks: list[HeapEvents]) -> None:
    """All chunks through a fresh heap."""
    heap = make_heap(name)
    state = heap.start()
    for events in chunks:
        state = heap.run(events, state).state


def main() -> None:
    """Print the table."""
    events = churn()
    columns = (events.operation, events.object, events.size, events.thread)
    chunks = [
        HeapEvents(*(column[at : at + CHUNK] for column in columns))
        for at in range(0, len(events), CHUNK)
    ]
    print(f"heap: {PAIRS:,} frees and allocations in turn, {LIVE:,} blocks alive, to 512 bytes")
    print(f"{'':24}{'M pairs/s':>14}{'x numpy.cumsum':>16}")
    base = best_seconds(lambda: np.cumsum(events.size))
    for name in HEAPS:
        seconds = best_seconds(lambda name=name: run(name, chunks))
        print(f"{name:24}{PAIRS / seconds / 1e6:14.1f}{base / seconds:16.3f}")


if __name__ == "__main__":
    main()
