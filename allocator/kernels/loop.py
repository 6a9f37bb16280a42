"""The loop over a chunk of events that ``check_events`` found to be in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numba import njit

from allocator.kernels.check import ALLOC, FREE, REALLOC

# What a heap's ``allocate`` says when its address space is used up.
EXHAUSTED = 0

# Words of the totals.
BLOCKS, REQUESTED, USED, PEAK_USED, RESERVED = range(5)
TOTALS = 5


def make_loop(
    allocate: Callable[..., Any], release: Callable[..., Any], digest: str
) -> Callable[..., int]:
    """The compiled loop for a heap of these functions, cached on disk under the digest."""

    def loop(
        operation: Any,
        objects: Any,
        size: Any,
        slot: Any,
        align: Any,
        address: Any,
        requested: Any,
        capacity: Any,
        handle: Any,
        totals: Any,
        own: Any,
        out: Any,
    ) -> int:
        for row in range(len(operation)):
            code = operation[row]
            if code > REALLOC:
                out[row] = 0
                continue
            number = objects[row]
            if code != ALLOC:
                totals[BLOCKS] -= 1
                totals[REQUESTED] -= requested[number]
                totals[USED] -= capacity[number]
            if code == FREE:
                release(own, address[number], capacity[number], handle[number], slot[row])
                out[row] = 0
                continue
            wanted = np.int64(size[row])
            where, room, held = np.int64(0), np.int64(0), np.int64(0)
            if code == REALLOC:
                where, room, held = address[number], capacity[number], handle[number]
            # A block stays while the new size fits and fills half of it, as mimalloc does
            # (src/alloc.c, _mi_heap_realloc_zero).
            stays = code == REALLOC and room >> 1 <= wanted <= room
            if not stays or where & np.int64(align[row] - 1):
                # As a copying realloc must: the new block is taken before the old one goes.
                new, place, name = allocate(own, totals, wanted, np.int64(align[row]), slot[row])
                if new == EXHAUSTED:
                    return row
                if code == REALLOC:
                    release(own, where, room, held, slot[row])
                where, room, held = new, place, name
                address[number], capacity[number], handle[number] = where, room, held
            requested[number] = wanted
            totals[BLOCKS] += 1
            totals[REQUESTED] += wanted
            totals[USED] += room
            totals[PEAK_USED] = max(totals[PEAK_USED], totals[USED])
            out[row] = np.uint64(where)
        return len(operation)

    # Numba lists the binaries of one function in one index, which processes overwrite unguarded:
    # of two loops compiled at once, one was answered by the other's binary. A name of its own gives
    # each an index of its own, and the digest in it a new one after every edit.
    loop.__qualname__ = f"loop_{digest}"
    return cast("Callable[..., int]", njit(cache=True, nogil=True)(loop))
