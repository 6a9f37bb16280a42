"""The loop of ``linewise.binding``: events in order, objects where the heap put them."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Events = tuple[
    NDArray[np.uint8], NDArray[np.int64], NDArray[np.int32], NDArray[np.int64], NDArray[np.uint16]
]
Trace = tuple[
    NDArray[np.uint64], NDArray[np.uint16], NDArray[np.uint8], NDArray[np.uint16], NDArray[np.int32]
]
Places = tuple[NDArray[np.uint64], NDArray[np.uint16], NDArray[np.uint64]]

# linewise.workload.Operation and cachesim.Kind, whose numbers freeze into the binary.
ALLOC, FREE, REALLOC = 0, 1, 2
FIRST_ACCESS, POINTER_STORE, LAST = 3, 7, 16
NOWHERE = np.uint64(0)
# What can be wrong with an event.
FINE, NOT_LIVE, OUTSIDE, NO_FIELD, UNKNOWN = range(5)


@njit(cache=True, nogil=True)
def bind(
    events: Events,
    heap_address: NDArray[np.uint64],
    base: NDArray[np.uint64],
    places: Places,
    kinds: NDArray[np.uint8],
    row_of: NDArray[np.int64],
    out: Trace,
) -> tuple[int, int]:
    """Fill ``out`` with the accesses; (accesses, FINE), or the first faulty row and its fault.

    heap_address  where each event of the heap put its object, in their order
    base          where each object lies now; changed
    places        offset and size of each field, and the stride of its record
    kinds         kind of access by operation
    row_of        the event's row of each access written
    """
    operation, objects, fields, values, threads = events
    offset, size, stride = places
    address_out, size_out, kind_out, thread_out, tag_out = out
    found = heap_row = 0
    for row in range(len(operation)):
        code = operation[row]
        if FIRST_ACCESS <= code <= POINTER_STORE:
            number, field = objects[row], fields[row]
            if number < 0 or number >= len(base):
                return row, OUTSIDE
            if field < 0 or field >= len(offset):
                return row, NO_FIELD
            at = base[number]
            if at == NOWHERE:
                return row, NOT_LIVE
            # A pointer store's value is its target, not an element.
            element = np.uint64(0 if code == POINTER_STORE else values[row])
            address_out[found] = at + element * stride[field] + offset[field]
            size_out[found] = size[field]
            kind_out[found] = kinds[code]
            thread_out[found] = threads[row]
            tag_out[found] = field
            row_of[found] = row
            found += 1
        elif code == FREE:
            base[objects[row]] = NOWHERE
            heap_row += 1
        elif code in (ALLOC, REALLOC):
            base[objects[row]] = heap_address[heap_row]
            heap_row += 1
        elif code > LAST:
            return row, UNKNOWN
    return found, FINE


@njit(cache=True, nogil=True)
def lines_of_operations(
    time: NDArray[np.uint64],
    address: NDArray[np.uint64],
    size: NDArray[np.uint16],
    shift: int,
    state: NDArray[np.int64],
    lines: NDArray[np.int64],
) -> int:
    """Count each operation's distinct lines; rows of one operation are contiguous.

    state  (time of the operation under way, -1 for none; its distinct lines so far; operations
           begun; lines of all operations); changed. Returns the first row that is not done,
           because ``lines``, the lines of the operation under way, is full; else the number of rows
    """
    now, here, operations, total = state[0], state[1], state[2], state[3]
    done = len(time)
    for row in range(len(time)):
        if np.int64(time[row]) != now:
            now = np.int64(time[row])
            here = 0
            operations += 1
        first = np.int64(address[row] >> np.uint64(shift))
        end = address[row] + np.uint64(max(np.int64(size[row]), np.int64(1))) - np.uint64(1)
        last = np.int64(end >> np.uint64(shift))
        if here + last - first + 1 > len(lines):
            done = row
            break
        for line in range(first, last + 1):
            known = False
            for index in range(here):
                if lines[index] == line:
                    known = True
                    break
            if not known:
                lines[here] = line
                here += 1
                total += 1
    state[0], state[1], state[2], state[3] = now, here, operations, total
    return done
