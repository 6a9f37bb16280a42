"""Dynamic re-reference interval prediction (Jaleel and others, ISCA 2010, section 4.3).

Set dueling (Qureshi and others, *Adaptive Insertion Policies*, ISCA 2007): a few leader sets
always insert as ``srrip``, as many as ``brrip``; a saturating counter of 10 bits counts the misses
of the first up and of the second down, and all other sets insert as the side that misses less.

Sets are cut into equal runs, 32 where there are 64 sets or more, else half as many as there are
sets; the first set of a run leads for srrip, the last one for brrip. A cache of one set is its own
leader for srrip.
"""

from __future__ import annotations

from typing import Any

from numba.extending import register_jitable

from cachesim.policies import brrip, srrip
from cachesim.policies.base import Access, Policy
from cachesim.policies.intervals import words
from cachesim.policies.srrip import invalidate, touch, victim

LEADERS = 32  # leader sets for each side
# The counter stands 511 above what is stored, so that it starts at 511, just on srrip's side.
LOWEST, HIGHEST = -511, 512
COUNTER = 1  # word of the counter among those the cache shares; the first one is brrip's stream

_static, _bimodal = srrip.fill, brrip.fill


@register_jitable
def leads(number: int, sets: int) -> int:
    """1: this set leads for srrip; -1: for brrip; 0: it follows."""
    run = max(sets // min(LEADERS, max(sets // 2, 1)), 1)
    if number % run == 0:
        return 1
    if number % run == run - 1:
        return -1
    return 0


@register_jitable
def fill(state: Any, row: int, ways: int, way: int, access: Access) -> None:
    """Insert as the set's side does; a leader's miss counts against its side."""
    counter = access.cache + COUNTER
    side = leads(access.set, access.sets)
    state[counter] = max(LOWEST, min(HIGHEST, state[counter] + side))
    if side > 0 or (side == 0 and state[counter] <= 0):
        _static(state, row, ways, way, access)
    else:
        _bimodal(state, row, ways, way, access)


POLICY = Policy("drrip", words, touch, fill, invalidate, victim, seeded=True, shared=2)
