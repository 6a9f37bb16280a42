"""Static re-reference interval prediction with 2 bits and hit priority (Jaleel and others, *High
Performance Cache Replacement Using Re-Reference Interval Prediction*, ISCA 2010, section 4.1).

A new line is predicted a long interval, a used one a near one.
"""

from __future__ import annotations

from typing import Any

from numba.extending import register_jitable

from cachesim.policies.base import Access, Policy
from cachesim.policies.intervals import DISTANT, LONG, NEAR, oldest, predict, words


@register_jitable
def touch(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """A used line is expected again soon."""
    predict(state, row, way, NEAR)


@register_jitable
def fill(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """A new line is not, until it is used."""
    predict(state, row, way, LONG)


@register_jitable
def invalidate(state: Any, row: int, ways: int, way: int) -> None:  # noqa: ARG001
    """An empty way is distant."""
    predict(state, row, way, DISTANT)


@register_jitable(inline="always")  # as in lru.py
def victim(state: Any, row: int, ways: int, access: Access) -> int:  # noqa: ARG001
    """The first distant way."""
    return oldest(state, row, ways)


POLICY = Policy("srrip", words, touch, fill, invalidate, victim)
