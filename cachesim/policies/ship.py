"""SHiP-Mem: the signature-based hit predictor by memory region over ``srrip`` (Wu and others,
*SHiP: Signature-based Hit Predictor for High Performance Caching*, MICRO 2011).

A line's signature is its 16 KiB region, hashed to 14 bits. A table of counters of 3 bits per
signature goes up when a line is used again and down when one leaves unused. A new line whose
counter is 0 is predicted a distant interval, any other a long one.

The paper does not say how the counters start; here at 1, so that every region gets a first chance.
They are kept less 1, for the state starts as zeros. A way's second word holds its signature, and
above it whether the line was used since its fill.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.extending import register_jitable

from cachesim.policies import intervals
from cachesim.policies.base import Access, Policy
from cachesim.policies.intervals import DISTANT, LONG, NEAR, oldest, predict

REGION_BITS = 14  # of an address within one region: 16 KiB
SIGNATURE_BITS = 14
SIGNATURES = 1 << SIGNATURE_BITS
START = 1  # what a counter starts at
MOST = 7  # what it stops at: 3 bits
_USED = 1 << SIGNATURE_BITS
_FILLED = _USED << 1
_U = np.uint64


def words(ways: int) -> int:
    """Two words per way: its interval; its signature and whether it was used."""
    return intervals.words(ways) + ways


@register_jitable
def signature(line: int, shift: int) -> int:
    """The region of a line, folded to SIGNATURE_BITS."""
    region = line >> (REGION_BITS - shift) if shift < REGION_BITS else line << (shift - REGION_BITS)
    folded = 0
    while region != 0:
        folded ^= region & (SIGNATURES - 1)
        region >>= SIGNATURE_BITS
    return folded


@register_jitable
def _count(state: Any, cache: int, mark: int, change: int) -> None:
    at = _U(cache + (mark & (SIGNATURES - 1)))
    state[at] = max(-START, min(MOST - START, state[at] + change))


@register_jitable
def touch(state: Any, row: int, ways: int, way: int, access: Access) -> None:
    """A line that is used again speaks for its region."""
    predict(state, row, way, NEAR)
    mark = state[_U(row + ways + way)]
    state[_U(row + ways + way)] = mark | _USED
    _count(state, access.cache, mark, 1)


@register_jitable
def fill(state: Any, row: int, ways: int, way: int, access: Access) -> None:
    """The old line, if it was not used, speaks against its region; the new one is predicted."""
    mark = state[_U(row + ways + way)]
    if mark & _FILLED and not mark & _USED:
        _count(state, access.cache, mark, -1)
    mark = signature(access.line, access.shift)
    state[_U(row + ways + way)] = mark | _FILLED
    distant = state[_U(access.cache + mark)] == -START
    predict(state, row, way, DISTANT if distant else LONG)


@register_jitable
def invalidate(state: Any, row: int, ways: int, way: int) -> None:
    """An empty way is distant, and nobody learns from it."""
    predict(state, row, way, DISTANT)
    state[row + ways + way] = 0


@register_jitable(inline="always")  # as in lru.py
def victim(state: Any, row: int, ways: int, access: Access) -> int:  # noqa: ARG001
    """The first distant way."""
    return oldest(state, row, ways)


POLICY = Policy("ship-mem", words, touch, fill, invalidate, victim, shared=SIGNATURES)
