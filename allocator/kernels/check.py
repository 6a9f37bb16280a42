"""The check of a chunk of events before any of it is done."""

from __future__ import annotations

from typing import Any

from numba import njit

# allocator.heap.HeapOperation, whose numbers freeze into the binary.
ALLOC, FREE, REALLOC, LAST = 0, 1, 2, 10
# What an object is: the values of the column ``live``.
NEVER, LIVE, GONE = 0, 1, 2
# What can be wrong with an event.
FINE, TWICE, NOT_LIVE, FREED_TWICE, BAD_ALIGN, TOO_BIG, UNKNOWN = range(7)


@njit(cache=True, nogil=True)
def check_events(
    operation: Any,
    objects: Any,
    size: Any,
    align: Any,
    largest: int,
    live: Any,
    before: Any,
) -> tuple[int, int]:
    """Bring ``live`` to where it is after the events: (rows, FINE), or the first faulty row, its
    fault, and ``live`` as it was.

    before  uint8[rows]: scratch, what each event's object was
    """
    fault = FINE
    rows = len(operation)
    row = 0
    while row < rows:
        code = operation[row]
        if code <= REALLOC:
            now = live[objects[row]]
            before[row] = now
            if code == ALLOC:
                if now == LIVE:
                    fault = TWICE
            elif now != LIVE:
                fault = NOT_LIVE if now == NEVER else FREED_TWICE
            if code != FREE:
                wanted = align[row]
                if wanted == 0 or wanted & (wanted - 1) != 0 or wanted > 1 << 30:
                    fault = BAD_ALIGN
                elif size[row] > largest:
                    fault = TOO_BIG
            if fault != FINE:
                break
            live[objects[row]] = GONE if code == FREE else LIVE
        elif code > LAST:
            fault = UNKNOWN
            break
        row += 1
    if fault != FINE:
        for back in range(row - 1, -1, -1):
            if operation[back] <= REALLOC:
                live[objects[back]] = before[back]
    return row, fault
