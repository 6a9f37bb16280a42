"""Bit pseudo-LRU, which Intel's manuals call MRU: a bit per way, set by its use.

When the last bit is set, all others are cleared. The first way without its bit goes. Words 0 to
ways - 1 are the bits, the next one counts those that are set.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.extending import register_jitable

from cachesim.kernels.words import least
from cachesim.policies.base import Access, Policy

_U = np.uint64


def words(ways: int) -> int:
    """A word per way and their sum."""
    return ways + 1


@register_jitable
def touch(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """Set the way's bit; when it was the last one, clear the others."""
    if state[_U(row + way)] == 0:
        state[_U(row + way)] = 1
        state[_U(row + ways)] += 1
        if state[_U(row + ways)] == ways:
            for other in range(ways):
                state[_U(row + other)] = np.int64(other == way)
            state[_U(row + ways)] = 1


@register_jitable
def fill(state: Any, row: int, ways: int, way: int, access: Access) -> None:
    """A fill is a use."""
    touch(state, row, ways, way, access)


@register_jitable
def invalidate(state: Any, row: int, ways: int, way: int) -> None:
    """The bit stays: the kernel finds the empty way."""


@register_jitable(inline="always")  # as in lru.py
def victim(state: Any, row: int, ways: int, access: Access) -> int:  # noqa: ARG001
    """The first way whose bit is clear."""
    return least(state, row, ways)


POLICY = Policy("mru", words, touch, fill, invalidate, victim, collapses=True)
