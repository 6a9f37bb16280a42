"""LRU3PLRU4: LRU over groups of four ways, tree pseudo-LRU within each group.

What Ice Lake's first-level data cache does with its 3 x 4 ways (Abel and Reineke, *nanoBench*,
2020); here for any number of groups. Each group has four words: its three nodes as in
``cachesim.policies.tree``, and in word 0, which the tree leaves free, the time of its last use.
"""

from __future__ import annotations

from typing import Any

from numba.extending import register_jitable

from cachesim.policies.base import Access, Policy
from cachesim.policies.tree import follow, point_away

GROUP = 4  # ways


def words(ways: int) -> int:
    """Four words per group."""
    return ways


@register_jitable
def touch(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """The group is the most recent one, and its tree points away from the way."""
    group = row + way // GROUP * GROUP
    state[group] = access.time
    point_away(state, group, GROUP, way % GROUP)


@register_jitable
def fill(state: Any, row: int, ways: int, way: int, access: Access) -> None:
    """A fill is a use."""
    touch(state, row, ways, way, access)


@register_jitable
def invalidate(state: Any, row: int, ways: int, way: int) -> None:
    """Nothing changes: the kernel finds the empty way."""


@register_jitable
def victim(state: Any, row: int, ways: int, access: Access) -> int:  # noqa: ARG001
    """Within the group used the longest ago, the way that its tree points to."""
    oldest = 0
    for group in range(GROUP, ways, GROUP):
        if state[row + group] < state[row + oldest]:
            oldest = group
    return oldest + follow(state, row + oldest, GROUP)


POLICY = Policy("LRU3PLRU4", words, touch, fill, invalidate, victim, collapses=True)
