"""Bimodal re-reference interval prediction (Jaleel and others, ISCA 2010, section 4.2).

As ``srrip``, but a new line is predicted a distant interval, and only with a chance of 1 in 32 a
long one: of a working set larger than the cache a part stays.
"""

from __future__ import annotations

from typing import Any

from numba.extending import register_jitable

from cachesim.policies.base import Access, Policy
from cachesim.policies.chance import draw
from cachesim.policies.intervals import DISTANT, LONG, predict, words
from cachesim.policies.srrip import invalidate, touch, victim

# One new line of so many is predicted a long interval: the paper's epsilon. Larger keeps more of a
# thrashing working set, and adapts to a new one more slowly.
ONE_IN = 32


@register_jitable
def fill(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
    """A new line is distant, rarely long."""
    chosen = draw(state, access.cache, ONE_IN) == 0
    predict(state, row, way, LONG if chosen else DISTANT)


POLICY = Policy("brrip", words, touch, fill, invalidate, victim, seeded=True, shared=1)
