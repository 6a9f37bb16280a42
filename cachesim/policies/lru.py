"""Least recently used: the line whose last use is the longest ago goes.

The state is one word per way, the time of its last use; 0 for an empty way, which is therefore
always the oldest. Stamps beat rows kept in order of recency here: a hit writes one word of a line
that no search reads, where a moved row stalls the next search of the same set.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.extending import register_jitable

from cachesim.kernels.words import least
from cachesim.policies.base import Access, Policy

_U = np.uint64  # an unsigned index spares the check for a negative one


def words(ways: int) -> int:
    """One word per way."""
    return ways


@register_jitable
def touch(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """Remember the use."""
    state[_U(row + way)] = access.time


@register_jitable
def fill(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """A fill is a use."""
    state[_U(row + way)] = access.time


@register_jitable
def invalidate(state: Any, row: int, ways: int, way: int) -> None:  # noqa: ARG001
    """An empty way is the oldest."""
    state[row + way] = 0


# Inlined, for LLVM finds the vector code too long and makes it a call, which counts references to
# the array: 10 ns a miss.
@register_jitable(inline="always")
def victim(state: Any, row: int, ways: int, access: Access) -> int:  # noqa: ARG001
    """The way used the longest ago; an empty one first."""
    return least(state, row, ways)


POLICY = Policy("lru", words, touch, fill, invalidate, victim, collapses=True, prefers_empty=True)
