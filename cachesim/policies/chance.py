"""Seeded chance for policies: the same draws on every machine.

The generator is Park and Miller's minimal standard one with the multiplier 48271 (*Communications
of the ACM* 36 (7), 1993; C++'s ``minstd_rand``): small enough that no product leaves 64 bits, so
that compiled and plain runs agree. Its state lies in the first word that a cache's sets share.
"""

from __future__ import annotations

from typing import Any

from numba.extending import register_jitable

_MULTIPLIER = 48271
_MODULUS = (1 << 31) - 1


@register_jitable
def draw(state: Any, cache: int, below: int) -> int:
    """The next number from 0 to ``below - 1``; advances the stream at ``state[cache]``.

    The word holds the seed, any int64, before the first draw, and the last value after it. Seeds
    that are multiples of the modulus give the stream of seed 1.
    """
    last: int = state[cache] % _MODULUS
    if last == 0:
        last = 1
    value = last * _MULTIPLIER % _MODULUS
    state[cache] = value
    return value % below
