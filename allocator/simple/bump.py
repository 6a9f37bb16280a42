"""The bump heap: the next block begins where the last one ended; nothing is used again.

The best placement that any allocator can give to objects that are used in the order in which they
are made, and what an arena or a region does. FREE only counts; ARENA_RESET begins anew at the
arena's start. All threads share the arena, as they share an arena that a program passes around.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.extending import register_jitable

from allocator.heap import MALLOC_ALIGN
from allocator.kernels.loop import EXHAUSTED, RESERVED
from allocator.simple.heap import BASE, ArenaOptions, Design, SimpleHeap, read_options
from allocator.simple.state import Own

NAME = "bump"
NEXT, END = 0, 1  # words of the one array of its own: first free address, end of the arena


@register_jitable
def allocate(own: Any, totals: Any, size: int, align: int, _slot: int) -> tuple[int, int, int]:
    """The next addresses."""
    (arena,) = own
    before = arena[NEXT]
    start = (before + align - 1) // align * align
    # A block of no bytes has an address of its own too.
    stop = start + max((size + MALLOC_ALIGN - 1) // MALLOC_ALIGN * MALLOC_ALIGN, MALLOC_ALIGN)
    if stop > arena[END]:
        return EXHAUSTED, 0, 0
    arena[NEXT] = stop
    totals[RESERVED] += stop - before
    return start, stop - start, 0


@register_jitable
def release(_own: Any, _address: int, _capacity: int, _handle: int, _slot: int) -> None:
    """A bump heap uses nothing again."""


def _start(options: ArenaOptions) -> Own:
    return (np.array([BASE, BASE + options.arena], np.int64),)


def _grow(own: Own, _threads: int, _blocks: int) -> Own:
    return own


def _demand(_options: ArenaOptions, rows: int, needed: float) -> float:
    return 2 * needed + 2 * MALLOC_ALIGN * rows


def _reset(options: ArenaOptions, _own: Own) -> Own:
    return _start(options)


DESIGN = Design(NAME, allocate, release, _start, _grow, _demand, _reset)


def make(**options: Any) -> SimpleHeap:
    """A bump heap; ``arena`` is the size of its address space in bytes."""
    return SimpleHeap(DESIGN, read_options(NAME, ArenaOptions, options))
