"""The size-class heap: what jemalloc, mimalloc, tcmalloc and Go's allocator have in common.

A request is rounded up to a size class: multiples of 16 to 128 bytes, then four classes for each
doubling, which wastes a fifth at most (the spacing of jemalloc; jemalloc(3), Implementation notes).
Blocks of one class are cut from a span of pages in the order of their addresses. Each thread has
spans and free lists of its own, so that two threads' objects come from different pages until one
frees what the other allocated: a block that is freed goes to the front of the list of the thread
that frees it, and the block freed last is used first, as in the thread caches of tcmalloc and
jemalloc. Spans are never given back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba.extending import register_jitable

from allocator.kernels.loop import EXHAUSTED, RESERVED
from allocator.simple.heap import (
    BASE,
    PAGE,
    ArenaOptions,
    Design,
    SimpleHeap,
    read_options,
)
from allocator.simple.state import Own, lengthened

NAME = "size-class"

QUANTUM = 16  # bytes; every class is a multiple, which is what malloc promises to be aligned to
LINEAR = 8  # classes that are multiples of the quantum: 16 to 128 bytes
PER_DOUBLING = 4
CLASSES = LINEAR + PER_DOUBLING * (48 - 7)  # the last one is 2**48 bytes
# A handle is the number of the block, above these bits of its class.
CLASS_BITS = 8
# Bytes up to which the class is looked up: searching for it takes longer than all the rest.
LOOKED_UP = 4096

# Words of ``arena``: first free address, its end, bytes of a span, blocks cut so far.
NEXT, END, SPAN, CUT = range(4)
# Words of a thread's list of a class: first free block (its number plus 1, 0 for none), the next
# address of the span, blocks left in it.
FREE, FRESH, LEFT = range(3)
LIST_WORDS = 4  # so that a list never crosses a line of the host
# Words of a block: where it lies, and the free block behind it (its number plus 1).
ADDRESS, BEHIND = range(2)
BLOCK_WORDS = 2


@dataclass(frozen=True, slots=True)
class SizeClassOptions(ArenaOptions):
    """``span``: bytes taken for a class at once. More keep a class's objects together for longer
    and reserve more for rarely used classes. 64 KiB is what mimalloc's small pages have."""

    span: int = 64 << 10


@register_jitable
def class_of(size: int) -> int:
    """The first class that is no smaller than ``size``."""
    if size <= LINEAR * QUANTUM:
        return max((size + QUANTUM - 1) // QUANTUM, 1) - 1
    below = size - 1
    power = 7
    while below >> (power + 1):
        power += 1
    return LINEAR + (power - 7) * PER_DOUBLING + ((below >> (power - 2)) & 3)


@register_jitable
def class_bytes(number: int) -> int:
    """Bytes of a block of that class."""
    if number < LINEAR:
        return (number + 1) * QUANTUM
    power = 7 + (number - LINEAR) // PER_DOUBLING
    return (1 << power) + ((number - LINEAR) % PER_DOUBLING + 1) * (1 << (power - 2))


@register_jitable
def allocate(own: Any, totals: Any, size: int, align: int, slot: int) -> tuple[int, int, int]:
    """The block freed last of the class, else the next one of the thread's span."""
    arena, tables, lists, blocks = own
    if size <= LOOKED_UP:
        number = tables[0, (size + QUANTUM - 1) // QUANTUM]
    else:
        number = class_of(size)
    block = tables[1, number]
    # Blocks lie at multiples of their size from an address aligned to its lowest bit.
    while block & -block < align:
        number += 1
        block = tables[1, number]
    row = slot * CLASSES + number
    free = lists[row, FREE] - 1
    if free >= 0:
        lists[row, FREE] = blocks[free, BEHIND]
        return blocks[free, ADDRESS], block, free << CLASS_BITS | number
    if lists[row, LEFT] == 0:
        unit = max(PAGE, block & -block)
        start = (arena[NEXT] + unit - 1) // unit * unit
        count = max(arena[SPAN] // block, 1)
        stop = start + (count * block + PAGE - 1) // PAGE * PAGE
        if stop > arena[END]:
            return EXHAUSTED, 0, 0
        totals[RESERVED] += stop - arena[NEXT]
        arena[NEXT] = stop
        lists[row, FRESH], lists[row, LEFT] = start, count
    cut = arena[CUT]
    arena[CUT] += 1
    address = lists[row, FRESH]
    blocks[cut, ADDRESS] = address
    lists[row, FRESH] += block
    lists[row, LEFT] -= 1
    return address, block, cut << CLASS_BITS | number


@register_jitable
def release(own: Any, _address: int, _capacity: int, handle: int, slot: int) -> None:
    """To the front of the list of the thread that frees it."""
    _arena, _tables, lists, blocks = own
    row = slot * CLASSES + (handle & ((1 << CLASS_BITS) - 1))
    freed = handle >> CLASS_BITS
    blocks[freed, BEHIND] = lists[row, FREE]
    lists[row, FREE] = freed + 1


def _start(options: SizeClassOptions) -> Own:
    arena = np.array([BASE, BASE + options.arena, options.span, 0], np.int64)
    tables = np.zeros((2, max(LOOKED_UP // QUANTUM + 1, CLASSES)), np.int64)
    tables[0] = [class_of(units * QUANTUM) for units in range(tables.shape[1])]
    tables[1, :CLASSES] = [class_bytes(number) for number in range(CLASSES)]
    lists = np.zeros((0, LIST_WORDS), np.int64)  # by thread and class
    blocks = np.zeros((0, BLOCK_WORDS), np.int64)  # by the block's number
    return (arena, tables, lists, blocks)


def _grow(own: Own, threads: int, more: int) -> Own:
    arena, tables, lists, blocks = own
    if threads * CLASSES > len(lists):
        lists = lengthened(lists, max(threads * CLASSES, 2 * len(lists)))
    most = int(arena[CUT]) + more
    if most > len(blocks):
        blocks = lengthened(blocks, max(most, 2 * len(blocks)))
    return (arena, tables, lists, blocks)


def _demand(options: SizeClassOptions, rows: int, needed: float) -> float:
    # Each event may begin a span: of `span` bytes or of one block, which is below four times what
    # was asked for, aligned to no more than its size.
    return rows * (options.span + 2 * PAGE) + 8 * needed


DESIGN = Design(NAME, allocate, release, _start, _grow, _demand)


def make(**options: Any) -> SimpleHeap:
    """A size-class heap; options in bytes are ``span`` and ``arena``."""
    return SimpleHeap(DESIGN, read_options(NAME, SizeClassOptions, options))
