"""A binary tree over the ways of a group: what tree pseudo-LRU and its combinations are made of.

The tree over n ways (a power of two) has n - 1 nodes in heap order, node 1 the root, node k above
2k and 2k + 1; node n + w is the leaf of way w. Each inner node is a word that says which half was
*not* used last: 0 the lower, 1 the upper one. Word 0 is not used.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.extending import register_jitable

_U = np.uint64


@register_jitable
def point_away(state: Any, row: int, ways: int, way: int) -> None:
    """Every node on the path to the way points to the other half."""
    node = ways + way
    while node > 1:
        state[_U(row + (node >> 1))] = 1 - (node & 1)
        node >>= 1


@register_jitable
def follow(state: Any, row: int, ways: int) -> int:
    """The way that the nodes point to."""
    node = 1
    while node < ways:
        node = node << 1 | state[_U(row + node)]
    return node - ways
