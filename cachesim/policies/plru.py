"""Tree pseudo-LRU: a binary tree over the ways, whose nodes point away from the last use.

For a power of two of ways. Empty ways are filled first, the lowest one.
"""

from __future__ import annotations

from typing import Any

from numba.extending import register_jitable

from cachesim.policies.base import Access, Policy
from cachesim.policies.tree import follow, point_away


def words(ways: int) -> int:
    """One word per node, the first one unused."""
    return ways


@register_jitable
def touch(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """The path to the way points away from it."""
    point_away(state, row, ways, way)


@register_jitable
def fill(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """A fill is a use."""
    point_away(state, row, ways, way)


@register_jitable
def invalidate(state: Any, row: int, ways: int, way: int) -> None:
    """The tree stays as it is: the kernel finds the empty way."""


@register_jitable
def victim(state: Any, row: int, ways: int, access: Access) -> int:  # noqa: ARG001
    """The way that the tree points to."""
    return follow(state, row, ways)


POLICY = Policy("plru", words, touch, fill, invalidate, victim, collapses=True)
