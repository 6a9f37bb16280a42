"""One line in one cache: the operations that the walk is made of.

All of them take the numbers of a machine as one ``Caches``, a level, the thread's slot, and a line
of that level. A line's word in its set is ``line << 1 | dirty``, or EMPTY.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numba.extending import register_jitable

from cachesim.kernels.plan import (
    BASE,
    BY_BITS,
    BY_HASH,
    BY_REMAINDER,
    CACHE_WORDS,
    EMPTY,
    INDEX,
    INSTANCE,
    LINE_BITS,
    MASK,
    POLICY,
    POLICY_WORDS,
    PREFERS_EMPTY,
    QUAD_BITS,
    ROW,
    SECTOR_BITS,
    SECTORS,
    SETS,
    WAYS,
)
from cachesim.kernels.words import find
from cachesim.policies.base import Access, Policy

_U = np.uint64
# Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): 2**64 divided by the golden
# ratio, odd.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class Caches(NamedTuple):
    """The numbers of a machine: plan, counts and store as in ``cachesim.kernels.plan``.

    clock     int64[1], grows with every access to any cache
    pending   int64[n, 5], the walk's stack: what fills displaced and has not arrived below
    state     int64[STATE_WORDS]
    tagged    int64[rows, columns], counters by tag
    """

    plan: Any
    counts: Any
    store: Any
    clock: Any
    pending: Any
    state: Any
    tagged: Any


class Sets(NamedTuple):
    """The operations, specialised to policies; each compilable.

    look(caches, level, thread, line) -> (row, way), way -1 where the line is not
    use(caches, level, thread, line, row, way, kind)         a hit
    put(caches, level, thread, line, row, dirty, kind) -> (way, the word that it displaced)
    take(caches, level, row, way) -> the line's word, which is there no longer
    holds(caches, level, row, way, low, high) -> whether the sectors of these quads are there
    add(caches, level, row, way, low, high)                  they are now
    """

    look: Callable[..., Any]
    use: Callable[..., Any]
    put: Callable[..., Any]
    take: Callable[..., Any]
    holds: Callable[..., Any]
    add: Callable[..., Any]


def _pick(verbs: tuple[Callable[..., Any], ...]) -> Callable[..., Any]:
    """One function that calls the verb of the policy whose number comes first."""
    first = verbs[0]
    if len(verbs) == 1:

        @register_jitable
        def only(policy: int, *args: Any) -> Any:  # noqa: ARG001
            return first(*args)

        return only
    rest = _pick(verbs[1:])

    @register_jitable
    def either(policy: int, *args: Any) -> Any:
        if policy == 0:
            return first(*args)
        return rest(policy - 1, *args)

    return either


def _not_inlined(policy: Policy) -> Callable[..., Any]:
    """The policy's victim; Numba inlines no function that is called with ``*args``."""
    chosen = policy.victim

    @register_jitable
    def victim(state: Any, row: int, ways: int, access: Any) -> Any:
        return chosen(state, row, ways, access)

    return victim


@register_jitable
def number_of(plan: Any, level: int, line: int) -> Any:
    """The set of a line."""
    index = plan[level, INDEX]
    if index == BY_BITS:
        return line & plan[level, MASK]
    if index == BY_REMAINDER:
        return np.int64(_U(line) % _U(plan[level, SETS]))
    if index == BY_HASH:
        spread = _U(line) * _SPREAD
        return np.int64((spread >> _U(32)) % _U(plan[level, SETS]))
    # BY_XOR: all bits of the line's number folded onto those of the set's.
    mask = plan[level, MASK]
    bits = 0
    while mask >> bits:
        bits += 1
    folded = 0
    while line:
        folded ^= line & mask
        line = line >> bits if bits else 0
    return folded


@register_jitable
def _row_of(plan: Any, level: int, thread: int, line: int) -> Any:
    home = plan[level, BASE] + thread * plan[level, INSTANCE]
    return home + number_of(plan, level, line) * plan[level, ROW]


@register_jitable
def _access(caches: Any, level: int, thread: int, line: int, kind: int) -> Any:
    plan = caches.plan
    caches.clock[0] += 1
    home = plan[level, BASE] + thread * plan[level, INSTANCE]
    return Access(
        caches.clock[0],
        line,
        kind,
        number_of(plan, level, line),
        plan[level, SETS],
        home - plan[level, CACHE_WORDS],
        plan[level, LINE_BITS] + QUAD_BITS,
    )


@register_jitable
def look(caches: Any, level: int, thread: int, line: int) -> Any:
    """Where a line's set is, and the way that holds the line."""
    row = _row_of(caches.plan, level, thread, line)
    return row, find(caches.store, row, caches.plan[level, WAYS], line << 1 | 1)


@register_jitable
def _sectors(plan: Any, level: int, low: int, high: int) -> Any:
    """A bit for each sector that quads low to high of one line lie in."""
    inside = (1 << (plan[level, LINE_BITS] - plan[level, SECTOR_BITS])) - 1
    first = low >> plan[level, SECTOR_BITS] & inside
    last = high >> plan[level, SECTOR_BITS] & inside
    return (2 << last) - (1 << first)


@register_jitable
def holds(caches: Any, level: int, row: int, way: int, low: int, high: int) -> Any:
    """Whether the way holds all sectors of these quads; lines without sectors are whole."""
    words = caches.plan[level, SECTORS]
    if words == 0:
        return True
    wanted = _sectors(caches.plan, level, low, high)
    return caches.store[row + words + way] & wanted == wanted


@register_jitable
def add(caches: Any, level: int, row: int, way: int, low: int, high: int) -> None:
    """Marks the sectors of these quads as held."""
    words = caches.plan[level, SECTORS]
    if words:
        caches.store[row + words + way] |= _sectors(caches.plan, level, low, high)


def make_sets(policies: tuple[Policy, ...]) -> Sets:
    """The operations for these policies; a level's number of one is in its plan."""
    touch = _pick(tuple(policy.touch for policy in policies))
    fill = _pick(tuple(policy.fill for policy in policies))
    invalidate = _pick(tuple(policy.invalidate for policy in policies))
    victim = _pick(tuple(_not_inlined(policy) for policy in policies))

    @register_jitable
    def use(caches: Any, level: int, thread: int, line: int, row: int, way: int, kind: int) -> None:
        plan = caches.plan
        access = _access(caches, level, thread, line, kind)
        words = row + plan[level, POLICY_WORDS]
        touch(plan[level, POLICY], caches.store, words, plan[level, WAYS], way, access)

    @register_jitable
    def put(
        caches: Any, level: int, thread: int, line: int, row: int, dirty: int, kind: int
    ) -> Any:
        plan, store = caches.plan, caches.store
        ways, policy = plan[level, WAYS], plan[level, POLICY]
        words = row + plan[level, POLICY_WORDS]
        access = _access(caches, level, thread, line, kind)
        way = np.int64(-1)
        if not plan[level, PREFERS_EMPTY]:
            way = np.int64(find(store, row, ways, EMPTY))
        if way < 0 or way >= ways:
            way = np.int64(victim(policy, store, words, ways, access))
        old = store[row + way]
        store[row + way] = line << 1 | dirty
        if plan[level, SECTORS]:
            store[row + plan[level, SECTORS] + way] = 0
        fill(policy, store, words, ways, way, access)
        return way, old

    @register_jitable
    def take(caches: Any, level: int, row: int, way: int) -> Any:
        plan, store = caches.plan, caches.store
        old = store[row + way]
        store[row + way] = EMPTY
        words = row + plan[level, POLICY_WORDS]
        invalidate(plan[level, POLICY], store, words, plan[level, WAYS], way)
        return old

    return Sets(look, use, put, take, holds, add)
