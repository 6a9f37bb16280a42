"""Re-reference intervals of 2 bits: what the RRIP policies share (Jaleel and others, ISCA 2010).

The paper keeps a prediction value per line, 0 near to 3 distant, and gives up the first line with
3, after making all older until there is one. Here a word holds 3 minus that value, so that an empty
way, 0, is distant, and the least word is the first one to reach it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.extending import register_jitable

from cachesim.kernels.words import least

_U = np.uint64
DISTANT, LONG, NEAR = 0, 1, 3


def words(ways: int) -> int:
    """One word per way."""
    return ways


@register_jitable
def predict(state: Any, row: int, way: int, interval: int) -> None:
    """Sets what is predicted for a way."""
    state[_U(row + way)] = interval


@register_jitable(inline="always")  # as in lru.py
def oldest(state: Any, row: int, ways: int) -> int:
    """The first way that reaches the distant interval; all are aged by as much."""
    way = least(state, row, ways)
    older = state[_U(row + way)]
    if older > 0:
        for other in range(ways):
            state[_U(row + other)] -= older
    return way
