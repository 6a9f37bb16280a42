"""Replacement policies: one file each, and this table.

A policy decides which line of a full set goes. It is four plain functions that Numba can also
compile (``@register_jitable``), over the words that it keeps per set:

    touch(state, row, ways, way, access)   an access hit this way
    fill(state, row, ways, way, access)    a line was put into this way
    invalidate(state, row, ways, way)      the line in this way is gone
    victim(state, row, ways, access)       -> the way to give up; asked only when the set is full

``state`` is int64[:], all sets' words of all levels; ``row`` is the index of this set's first word,
and the policy owns ``words(ways)`` words from there, all 0 at the start; it also owns ``shared``
words from ``access.cache``, one block for the whole cache, 0 too but for the first one's seed.
``way`` counts from 0. ``access`` is an ``Access``. New policies: one file beside this
one, one row in POLICIES.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cachesim.policies.base import Policy


@dataclass(frozen=True, slots=True)
class Row:
    """Where a policy is, and the ways it can have.

    ``module`` defines POLICY, or ``policy(name)`` for a family; it is loaded on use, for it imports
    numba. ``pattern`` matches the names of a family. ``ways`` names the numbers of ways that the
    policy is defined for: any, a power of two, or a multiple of four.
    """

    module: str
    summary: str
    pattern: str = ""
    ways: str = "any"


# name, or the form of a family's names -> its row.
POLICIES = {
    "lru": Row("cachesim.policies.lru", "least recently used"),
    "fifo": Row("cachesim.policies.fifo", "first in, first out"),
    "random": Row("cachesim.policies.random", "any way, from a seeded stream"),
    "plru": Row("cachesim.policies.plru", "pseudo-LRU by a binary tree", ways="a power of two"),
    "mru": Row("cachesim.policies.mru", "pseudo-LRU by a bit per way, cleared when all are set"),
    "nru": Row("cachesim.policies.nru", "not recently used: a bit per way, cleared by a miss"),
    "lfu": Row("cachesim.policies.lfu", "least frequently used since its fill"),
    "srrip": Row("cachesim.policies.srrip", "static re-reference interval prediction, 2 bits"),
    "brrip": Row("cachesim.policies.brrip", "bimodal re-reference interval prediction"),
    "drrip": Row("cachesim.policies.drrip", "srrip or brrip, chosen by set dueling"),
    "ship-mem": Row("cachesim.policies.ship", "srrip that learns which regions are used again"),
    "LRU3PLRU4": Row(
        "cachesim.policies.lruplru",
        "LRU over groups of four ways, a tree within each",
        ways="a multiple of four",
    ),
    "QLRU_Hxy_Mx_Rx_Ux": Row(
        "cachesim.policies.qlru",
        "quad-age LRU by its published names, _UMO for updates on misses only",
        # R0 and R2 need an age 3 at every miss, which U2 and U3 do not guarantee.
        pattern=r"QLRU_H(00|10|11|20|21)_M([0-3]|R(32|31|30|21|20|10))"
        r"_(R[012]_U[01]|R1_U[23])(_UMO)?",
    ),
}
_FITS: dict[str, Callable[[int], bool]] = {
    "any": lambda _: True,
    "a power of two": lambda ways: ways & (ways - 1) == 0,
    "a multiple of four": lambda ways: ways % 4 == 0,
}


def policy_names() -> tuple[str, ...]:
    """The names that ``CacheSpec.replacement`` accepts, families by the form of their names."""
    return tuple(POLICIES)


def find_row(name: str) -> Row | None:
    """The row of this name or of its family; None if the table has none."""
    if name in POLICIES and not POLICIES[name].pattern:
        return POLICIES[name]
    families = (row for row in POLICIES.values() if row.pattern)
    return next((row for row in families if re.fullmatch(row.pattern, name)), None)


def check_policy(name: str, ways: int) -> str:
    """What is wrong with a policy of this name for so many ways; empty when nothing is."""
    row = find_row(name)
    if row is None:
        return f"replacement = {name!r}, but must be one of {', '.join(policy_names())}"
    if not _FITS[row.ways](ways):
        return f"ways = {ways}, but replacement {name!r} needs {row.ways}"
    return ""


@cache
def find_policy(name: str) -> Policy:
    """The policy of this name; KeyError if the table has none (specs are checked before)."""
    row = find_row(name)
    if row is None:
        raise KeyError(name)
    module = import_module(row.module)
    found: Policy = module.policy(name) if row.pattern else module.POLICY
    return found
