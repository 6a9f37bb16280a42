"""One stage of a replay: a stream of items through the caches of one depth and policy."""

# ruff: noqa: PLR0915 -- a compiled loop stays whole

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba.extending import register_jitable

from cachesim.kernels.plan import (
    ARRIVED,
    BASE,
    CACHE_WORDS,
    CLASS_BITS,
    DEMANDED,
    DIRTIES,
    EMPTY,
    EVICTED,
    INSTANCE,
    LEVEL_MASK,
    LEVEL_SHIFT,
    MASK,
    NEXT,
    POLICY_WORDS,
    ROW,
    SETS,
    SHIFT,
    STAGE,
    TAG_COLUMNS,
    TAG_SHIFT,
    THREAD_MASK,
    THREAD_SHIFT,
    WAYS,
    WHERE,
    WRITE_BACK,
    WROTE_BACK,
)
from cachesim.kernels.words import find
from cachesim.policies.base import Access, Policy

_U = np.uint64


@register_jitable
def count_demands(stage: int, plan: Any, tagged: Any, infos: Any, items: int) -> None:
    """Count by tag what misses above sent to the levels of this stage.

    What came straight from the trace was counted there. The row of memory has the stage -1.
    """
    for item in range(_U(items)):
        info = infos[item]
        level = info >> LEVEL_SHIFT & LEVEL_MASK
        if info & DEMANDED and plan[level, STAGE] == stage:
            tagged[info >> TAG_SHIFT, level * TAG_COLUMNS + (info & CLASS_BITS)] += 1


def make_stage(policy: Policy) -> Callable[..., int]:
    """The stage function of a policy: ``run(...) -> items written``, compilable.

    A hit is some forty instructions, most of them waiting for the search: how many hits the CPU
    overlaps decides the speed. Hence the loop in the loop, which keeps the numbers of one cache in
    registers (10 to 6 ns a hit), and no counter on the way of a hit.
    """
    touch, fill, victim = policy.touch, policy.fill, policy.victim
    prefers_empty = policy.prefers_empty

    @register_jitable
    def run(
        _policy: int,
        stage: int,
        bits: Any,
        clock: Any,
        store: Any,
        plan: Any,
        counts: Any,
        lines: Any,
        infos: Any,
        items: int,
        next_lines: Any,
        next_infos: Any,
    ) -> int:
        time = clock[stage]
        count = 0
        item = 0
        while item < items:
            where = infos[_U(item)] & WHERE
            level = where >> LEVEL_SHIFT & LEVEL_MASK
            if plan[level, STAGE] != stage:
                next_lines[_U(count)] = lines[_U(item)]
                next_infos[_U(count)] = infos[_U(item)]
                count += 1
                item += 1
                continue
            shift, mask = plan[level, SHIFT], plan[level, MASK]
            all_sets = plan[level, SETS]
            sets = _U(all_sets)
            ways, words = plan[level, WAYS], plan[level, ROW]
            policy_words = plan[level, POLICY_WORDS]
            thread = where >> THREAD_SHIFT & THREAD_MASK
            home = plan[level, BASE] + thread * plan[level, INSTANCE]
            cache = home - plan[level, CACHE_WORDS]
            first_bit = np.int64(bits) + shift
            below_dirty = plan[level, NEXT + WRITE_BACK]
            evicted = 0
            wrote_back = 0
            while item < items:
                info = infos[_U(item)]
                if info & WHERE != where:
                    break
                line = lines[_U(item)] >> shift
                item += 1
                time += 1
                number: Any = line & mask if mask >= 0 else np.int64(_U(line) % sets)
                row = home + number * words
                state = row + policy_words
                kind = info & CLASS_BITS
                access = Access(time, line, kind, number, all_sets, cache, first_bit)
                way = find(store, row, ways, line << 1 | 1)
                if way >= 0:
                    # Stored only for what dirties: a store stalls the next search of this set.
                    if info & DIRTIES:
                        store[_U(row + way)] |= 1
                    touch(store, state, ways, way, access)
                    continue
                if prefers_empty:
                    way = victim(store, state, ways, access)
                else:
                    way = find(store, row, ways, EMPTY)
                    if way < 0 or way >= ways:
                        way = victim(store, state, ways, access)
                old = store[_U(row + way)]
                store[_U(row + way)] = line << 1 | np.int64(info & DIRTIES != 0)
                fill(store, state, ways, way, access)
                rest = info & ~(LEVEL_MASK << LEVEL_SHIFT | DIRTIES | CLASS_BITS)
                if kind != WRITE_BACK:
                    # What travels down for a write is a demand for the line: it dirties no level
                    # below, where the write-back will.
                    below = plan[level, NEXT + kind]
                    counts[below, ARRIVED + kind] += 1
                    next_lines[_U(count)] = line << shift
                    next_infos[_U(count)] = rest | below << LEVEL_SHIFT | DEMANDED | kind
                    count += 1
                # Written always, kept only for a dirty line: no branch that random data defeat.
                dirty = old & np.int64(old != EMPTY) & 1
                next_lines[_U(count)] = old >> 1 << shift
                next_infos[_U(count)] = (
                    rest & ~DEMANDED | below_dirty << LEVEL_SHIFT | DIRTIES | WRITE_BACK
                )
                count += dirty
                wrote_back += dirty
                evicted += old != EMPTY
            counts[level, EVICTED] += evicted
            counts[level, WROTE_BACK] += wrote_back
            counts[below_dirty, ARRIVED + WRITE_BACK] += wrote_back
        clock[stage] = time
        return count

    return run
