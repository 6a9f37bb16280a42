"""Allocators without a collector: one file each.

A heap's file has its options, a frozen dataclass, and a ``Design``: what its address space looks
like at the start, and two plain functions that Numba can also compile (``@register_jitable``):

    allocate(own, totals, size, align, slot) -> (address, capacity, handle)
    release(own, address, capacity, handle, slot)

``own`` is a tuple of arrays of the heap's own; ``slot`` numbers the threads in the order in which
they appear; ``handle`` is one int64 of the heap's own, kept with the block; ``size`` may be 0.
``allocate`` adds what it takes from the address space to ``totals[RESERVED]``, and answers
EXHAUSTED, changing nothing, where that is used up.
"""
