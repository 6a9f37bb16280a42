"""First in, first out: the line that was put in the longest ago goes, whatever its uses.

The state is one word per way, the time of its fill; 0 for an empty way, which is therefore always
the oldest.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.extending import register_jitable

from cachesim.kernels.words import least
from cachesim.policies.base import Access, Policy

_U = np.uint64


def words(ways: int) -> int:
    """One word per way."""
    return ways


@register_jitable
def touch(state: Any, row: int, ways: int, way: int, access: Access) -> None:
    """A use changes nothing."""


@register_jitable
def fill(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """Remember when the line came."""
    state[_U(row + way)] = access.time


@register_jitable
def invalidate(state: Any, row: int, ways: int, way: int) -> None:  # noqa: ARG001
    """An empty way is the oldest."""
    state[row + way] = 0


@register_jitable(inline="always")  # as in lru.py
def victim(state: Any, row: int, ways: int, access: Access) -> int:  # noqa: ARG001
    """The way filled the longest ago; an empty one first."""
    return least(state, row, ways)


POLICY = Policy("fifo", words, touch, fill, invalidate, victim, collapses=True, prefers_empty=True)
