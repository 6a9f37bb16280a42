"""Least frequently used: the line with the fewest uses since its fill goes; among equals the one
whose last use is the longest ago.

One word per way: the uses in the upper bits, the time of the last one in the lower; 0 for an empty
way. The uses stop counting at 2**20 - 1, and times repeat after 2**38 accesses to a stage, beyond
which ties may be broken the wrong way round.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.extending import register_jitable

from cachesim.kernels.words import least
from cachesim.policies.base import Access, Policy

_U = np.uint64
_TIME_BITS = 38  # `least` compares words below 2**60
_TIMES = (1 << _TIME_BITS) - 1
_MOST_USES = (1 << 20) - 1


def words(ways: int) -> int:
    """One word per way."""
    return ways


@register_jitable
def touch(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """One use more, at this time."""
    uses = min((state[_U(row + way)] >> _TIME_BITS) + 1, _MOST_USES)
    state[_U(row + way)] = uses << _TIME_BITS | (access.time & _TIMES)


@register_jitable
def fill(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """The first use."""
    state[_U(row + way)] = 1 << _TIME_BITS | (access.time & _TIMES)


@register_jitable
def invalidate(state: Any, row: int, ways: int, way: int) -> None:  # noqa: ARG001
    """An empty way has no uses."""
    state[row + way] = 0


@register_jitable(inline="always")  # as in lru.py
def victim(state: Any, row: int, ways: int, access: Access) -> int:  # noqa: ARG001
    """The way with the fewest uses, of these the oldest; an empty one first."""
    return least(state, row, ways)


POLICY = Policy("lfu", words, touch, fill, invalidate, victim, prefers_empty=True)
