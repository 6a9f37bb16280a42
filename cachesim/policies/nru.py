"""Not recently used, after Jaleel and others (ISCA 2010, section 2): a bit per way.

A use sets the way's bit. A miss takes the first way whose bit is clear; when none is, all are
cleared first, the first way's too, which then goes.
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
def touch(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """Set the way's bit."""
    state[_U(row + way)] = 1


@register_jitable
def fill(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """A fill is a use."""
    state[_U(row + way)] = 1


@register_jitable
def invalidate(state: Any, row: int, ways: int, way: int) -> None:  # noqa: ARG001
    """An empty way is not used."""
    state[row + way] = 0


@register_jitable(inline="always")  # as in lru.py
def victim(state: Any, row: int, ways: int, access: Access) -> int:  # noqa: ARG001
    """The first way whose bit is clear, after clearing all where none is."""
    way = least(state, row, ways)
    if state[_U(row + way)] != 0:
        for other in range(ways):
            state[_U(row + other)] = 0
    return way


POLICY = Policy("nru", words, touch, fill, invalidate, victim, collapses=True)
