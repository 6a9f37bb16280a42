"""Replacement policies: one file each, and this table.

A policy decides which line of a full set goes. It is four plain functions that Numba can also
compile (``@register_jitable``), over the words that it keeps per set:

    touch(state, row, way, access)       an access hit this way
    fill(state, row, way, access)        a line was put into this way
    invalidate(state, row, way)          the line in this way is gone
    victim(state, row, ways, access)     -> the way to give up; asked only when the set is full

``state`` is int64[:], all sets' words of all levels; ``row`` is the index of this set's first word,
and the policy owns ``words(ways)`` words from there, all 0 at the start. ``way`` counts from 0.
``access`` is an ``Access``. New policies: one file beside this one, one row in POLICIES.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cachesim.policies.base import Policy

# name -> the module that defines POLICY. Loaded on use: a policy's module imports numba.
POLICIES = {
    "lru": "cachesim.policies.lru",
}


def policy_names() -> tuple[str, ...]:
    """The names that ``CacheSpec.replacement`` accepts."""
    return tuple(POLICIES)


def find_policy(name: str) -> Policy:
    """The policy of this name; KeyError if the table has none (specs are checked before)."""
    policy: Policy = import_module(POLICIES[name]).POLICY
    return policy
