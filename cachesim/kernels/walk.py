"""The loop for machines whose levels act on one another: one access at a time, down and back up.

The stages of `cachesim.kernels.level` rest on nothing flowing upwards. Where an eviction below
takes lines from above (inclusive), where a line moves between levels (exclusive), where writes
pass through, or where an access over two lines counts once, this loop stands in: the same sets and
policies, every rule of docs/cachesim.md.

An access runs down its path until a cache has the line; then the levels that missed are filled,
the deepest first, and what a fill displaces arrives below before the next one. Under the rule
"once" a level is filled as it is looked up, as cachegrind does.
"""

# ruff: noqa: PLR0915 -- a compiled loop stays whole

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numba import njit
from numba.extending import register_jitable

from cachesim.kernels.plan import (
    ABOVE,
    ALLOCATES,
    ARRIVED,
    BACK_INVALIDATED,
    CLASS_BITS,
    DIRTIES,
    EMPTY,
    EVICTED,
    EXCLUSIVE,
    FETCH,
    INCLUSION,
    INCLUSIVE,
    INSTANCE,
    LEVEL_MASK,
    LEVEL_SHIFT,
    LINE_BITS,
    MAX_CACHES,
    MISSED,
    NEW_THREAD,
    NEXT,
    NEXT_ROW,
    PENDING,
    QUAD_BITS,
    READ,
    SECTOR_BITS,
    STATUS,
    TAG_COLUMNS,
    THROUGH,
    WRAPS,
    WRITE,
    WRITE_BACK,
    WROTE_BACK,
)
from cachesim.kernels.sets import Caches, Sets, make_sets
from cachesim.policies.base import Policy

_U = np.uint64


@register_jitable
def _push(caches: Any, level: int, low: int, high: int, dirty: int, thread: int) -> None:
    top = caches.state[PENDING]
    entry = caches.pending[top]
    entry[0], entry[1], entry[2], entry[3], entry[4] = level, low, high, dirty, thread
    caches.state[PENDING] = top + 1


@register_jitable
def _below(plan: Any, level: int) -> Any:
    """Where what this level displaces goes; a level of fetches has its own path."""
    below = plan[level, NEXT + WRITE_BACK]
    return below if below >= 0 else plan[level, NEXT + FETCH]


def _make_evict(sets: Sets) -> Callable[..., None]:
    look, take = sets.look, sets.take

    @register_jitable
    def forget_above(caches: Any, level: int, line: int, threads: int) -> Any:
        """Takes a line of an inclusive level from all caches above; whether one was dirty."""
        plan = caches.plan
        dirty = 0
        for above in range(plan.shape[0] - 1):
            if plan[level, ABOVE] >> above & 1 == 0:
                continue
            more = plan[level, LINE_BITS] - plan[above, LINE_BITS]
            for thread in range(threads if plan[above, INSTANCE] else 1):
                for part in range(line << more, (line + 1) << more):
                    row, way = look(caches, above, thread, part)
                    if way >= 0:
                        dirty |= take(caches, above, row, way) & 1
                        caches.counts[above, BACK_INVALIDATED] += 1
        return dirty

    @register_jitable
    def evict(caches: Any, level: int, old: int, thread: int, threads: int) -> None:
        """Counts a displaced line and sends it below where it is wanted there."""
        if old == EMPTY:
            return
        plan = caches.plan
        line, dirty = old >> 1, old & 1
        caches.counts[level, EVICTED] += 1
        if plan[level, INCLUSION] == INCLUSIVE:
            dirty |= forget_above(caches, level, line, threads)
        below = _below(plan, level)
        caches.counts[level, WROTE_BACK] += dirty
        if dirty or plan[below, INCLUSION] == EXCLUSIVE:
            low = line << plan[level, LINE_BITS]
            _push(caches, below, low, low + (1 << plan[level, LINE_BITS]) - 1, dirty, thread)

    return evict


def _make_settle(sets: Sets, evict: Callable[..., None]) -> Callable[..., None]:
    look, use, put, add = sets.look, sets.use, sets.put, sets.add

    @register_jitable
    def settle(caches: Any, threads: int, refresh: bool) -> None:
        """Lets everything displaced arrive below, the latest first."""
        plan, store, counts = caches.plan, caches.store, caches.counts
        memory = plan.shape[0] - 1
        while caches.state[PENDING] > 0:
            caches.state[PENDING] -= 1
            entry = caches.pending[caches.state[PENDING]]
            level, low, high, dirty, thread = entry[0], entry[1], entry[2], entry[3], entry[4]
            counts[level, ARRIVED + WRITE_BACK] += dirty
            if level == memory:
                continue
            line = low >> plan[level, LINE_BITS]
            moves_in = plan[level, INCLUSION] == EXCLUSIVE
            kept = dirty & np.int64(plan[level, THROUGH] == 0)
            row, way = look(caches, level, thread, line)
            if way >= 0:
                if moves_in or refresh:
                    use(caches, level, thread, line, row, way, WRITE_BACK)
                store[row + way] |= kept
            elif moves_in or plan[level, ALLOCATES]:
                way, old = put(caches, level, thread, line, row, kept, WRITE_BACK)
                evict(caches, level, old, thread, threads)
            if way >= 0:
                add(caches, level, row, way, low, high)
            if dirty and (way < 0 or not kept):
                _push(caches, _below(plan, level), low, high, 1, thread)

    return settle


def _make_demand(sets: Sets) -> Callable[..., None]:
    look, use, put, take, holds, add = sets
    evict = _make_evict(sets)
    settle = _make_settle(sets, evict)

    @register_jitable
    def demand(
        caches: Any,
        level: int,
        kind: int,
        dirties: int,
        first: int,
        last: int,
        thread: int,
        threads: int,
        label: int,
        once: bool,
        refresh: bool,
        path: Any,
    ) -> None:
        """Quads first to last, asked of the caches from ``level`` on.

        ``path`` is room for int64[MAX_CACHES, 4]: the levels to fill, whether dirty, and the quads
        that each was asked for.
        """
        plan, counts, store, tagged = caches.plan, caches.counts, caches.store, caches.tagged
        memory = plan.shape[0] - 1
        while level >= 0:
            forward = -1
            depth = 0
            carried = 0  # the dirty bit of a line that an exclusive level gave up
            low, high = first, last
            while level != memory:
                counts[level, ARRIVED + kind] += 1
                if label >= 0:
                    tagged[label, level * TAG_COLUMNS + kind] += 1
                bits = plan[level, LINE_BITS]
                keeps = dirties & np.int64(plan[level, THROUGH] == 0)
                fills = plan[level, INCLUSION] != EXCLUSIVE
                fills = fills and (kind != WRITE or not dirties or plan[level, ALLOCATES] != 0)
                missed = False
                for line in range(low >> bits, (high >> bits) + 1):
                    row, way = look(caches, level, thread, line)
                    if way >= 0 and holds(caches, level, row, way, low, high):
                        use(caches, level, thread, line, row, way, kind)
                        store[row + way] |= keeps
                        if plan[level, INCLUSION] == EXCLUSIVE and depth > 0:
                            carried |= take(caches, level, row, way) & 1
                        continue
                    missed = True
                    if once and fills:
                        _way, old = put(caches, level, thread, line, row, keeps, kind)
                        evict(caches, level, old, thread, threads)
                below = plan[level, NEXT + kind]
                if not missed:
                    if dirties and not keeps:
                        forward = below
                    break
                counts[level, MISSED + kind] += 1
                if label >= 0:
                    tagged[label, (memory + 1) * TAG_COLUMNS + 1 + level] += 1
                if fills:
                    path[depth, 0], path[depth, 1] = level, keeps
                    path[depth, 2], path[depth, 3] = low, high
                    depth += 1
                    if not once:
                        sector = plan[level, SECTOR_BITS]
                        low = low >> sector << sector
                        high = ((high >> sector) + 1 << sector) - 1
                    if dirties and not keeps:
                        # The line is read from below, then the write goes there.
                        forward = below
                        kind = READ
                        below = plan[level, NEXT + READ]
                    dirties = 0
                level = below
            if level == memory:
                counts[memory, ARRIVED + kind] += 1
                if label >= 0:
                    tagged[label, memory * TAG_COLUMNS + kind] += 1
            if not once:
                while depth > 0:
                    depth -= 1
                    filled, dirty = path[depth, 0], path[depth, 1] | carried
                    carried = 0
                    line = first >> plan[filled, LINE_BITS]
                    row, way = look(caches, filled, thread, line)
                    if way >= 0:  # another sector of it is there
                        use(caches, filled, thread, line, row, way, kind)
                        store[row + way] |= dirty
                    else:
                        way, old = put(caches, filled, thread, line, row, dirty, kind)
                        evict(caches, filled, old, thread, threads)
                    add(caches, filled, row, way, path[depth, 2], path[depth, 3])
                    settle(caches, threads, refresh)
            settle(caches, threads, refresh)
            level = forward
            kind, dirties = WRITE, 1

    return demand


def make_walk(policies: tuple[Policy, ...], digest: str) -> Callable[..., None]:
    """The compiled walk for these policies, cached on disk under the digest of its sources."""
    demand = _make_demand(make_sets(policies))

    def walk(
        columns: Any,
        rows: int,
        machine: Any,
        clock: Any,
        store: Any,
        state: Any,
        pending: Any,
        threads: int,
        once: bool,
        refresh: bool,
        cap: int,
    ) -> None:
        address, size, size_step, kind, kind_step, thread, thread_step = columns[:7]
        tag, tag_step, tag_base = columns[7:]
        plan, counts, tagged, kinds, slots = machine
        caches = Caches(plan, counts, store, clock, pending, state, tagged)
        memory = plan.shape[0] - 1
        path = np.empty((MAX_CACHES, 4), np.int64)
        for row in range(state[NEXT_ROW], rows):
            state[NEXT_ROW] = row
            slot = np.int64(slots[thread[row * thread_step]])
            if slot < 0:
                state[STATUS] = NEW_THREAD
                return
            info = kinds[kind[row * kind_step]]
            level, class_ = info >> LEVEL_SHIFT & LEVEL_MASK, info & CLASS_BITS
            dirties = np.int64(info & DIRTIES != 0)
            reach: Any = np.int64(size[row * size_step])
            if cap and class_ != FETCH:
                reach = min(reach, cap)
            begin = address[row]
            if begin > ~_U(0) - _U(reach - 1):
                state[STATUS] = WRAPS
                return
            label = np.int64(-1)
            if tag_step:
                label = np.int64(tag[row]) - tag_base
            first = np.int64(begin >> _U(QUAD_BITS))
            last = np.int64((begin + _U(reach - 1)) >> _U(QUAD_BITS))
            if level == memory or once:
                demand(
                    caches, level, class_, dirties, first, last, slot, threads, label, once,
                    refresh, path,
                )  # fmt: skip
                continue
            bits = plan[level, LINE_BITS]
            if label >= 0:
                tagged[label, (memory + 1) * TAG_COLUMNS] += (last >> bits) - (first >> bits)
            for line in range(first >> bits, (last >> bits) + 1):
                low, high = max(first, line << bits), min(last, (line + 1 << bits) - 1)
                demand(
                    caches, level, class_, dirties, low, high, slot, threads, label, once,
                    refresh, path,
                )  # fmt: skip
        state[NEXT_ROW] = rows

    # A name of its own, as in `cachesim.kernels.loop`.
    walk.__qualname__ = f"walk_{digest}"
    return cast("Callable[..., None]", njit(cache=True, nogil=True, error_model="numpy")(walk))
