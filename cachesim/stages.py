"""From a machine to the plan of its kernels: stages, sets' places in the store, and the store."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cachesim.errors import CacheError
from cachesim.kernels import plan as p
from cachesim.kernels.words import LANES
from cachesim.policies import find_policy
from cachesim.spec import INCLUSIONS, INDEXES, Machine
from cachesim.trace import Kind

# Words of the store; 8 GiB. A machine whose private caches outgrow it has too many threads.
MAX_STORE = 1 << 30
# Words to which the store is aligned: a line of the host, so that a row spans as few as can be.
_ALIGN = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of a machine lies.

    plan      int64[levels + 1, PLAN_COLUMNS]
    stages    int64[stages], each stage's policy as an index into policies
    policies  names, each once
    shared    words of the store that hold the shared caches
    instance  words of the store that hold one thread's private caches
    bits      of an address below the stream's line numbers
    first     the level that a read, a write and a fetch ask first; the number of levels: memory
    collapses whether runs of accesses to one line may be collapsed
    walks     whether levels act on one another, so that only the walk replays them
    """

    plan: NDArray[np.int64]
    stages: NDArray[np.int64]
    policies: tuple[str, ...]
    shared: int
    instance: int
    bits: int
    first: tuple[int, int, int]
    collapses: bool
    walks: bool


def lay_out(machine: Machine) -> Layout:
    """The layout of a machine."""
    data, fetch = machine.path(Kind.READ), machine.path(Kind.FETCH)
    memory = len(machine.caches)
    firsts = [path[0] for path in (data, fetch) if path]
    bits = min(machine.caches[level].line for level in firsts).bit_length() - 1
    plan = np.zeros((memory + 1, p.PLAN_COLUMNS), np.int64)
    plan[memory, p.STAGE] = -1
    plan[:, p.NEXT : p.NEXT + 4] = -1
    policies = tuple(sorted({cache.replacement for cache in machine.caches}))
    # A stage for each pair of depth and policy; a cache is deeper than every one that asks it.
    depths = [0] * memory
    for level in range(memory):
        for path in (data, fetch):
            if level in path and path.index(level):
                depths[level] = max(depths[level], depths[path[path.index(level) - 1]] + 1)
    keys = [(d, policies.index(c.replacement)) for d, c in zip(depths, machine.caches, strict=True)]
    stages = sorted(set(keys))
    ends = {False: 0, True: 0}  # words taken by shared and by one thread's private caches
    for level, cache in enumerate(machine.caches):
        policy = find_policy(cache.replacement)
        before = -(-cache.ways // LANES) * LANES
        words = before + policy.words(cache.ways) + (cache.ways if cache.sector else 0)
        row = plan[level]
        row[p.STAGE] = stages.index(keys[level])
        row[p.CACHE_WORDS] = -(-policy.shared // _ALIGN) * _ALIGN
        row[p.BASE] = ends[cache.private] + row[p.CACHE_WORDS]
        row[p.ROW] = words
        row[p.WAYS] = cache.ways
        row[p.POLICY_WORDS] = before
        row[p.POLICY] = keys[level][1]
        row[p.PREFERS_EMPTY] = policy.prefers_empty
        row[p.LINE_BITS] = cache.line.bit_length() - 1 - p.QUAD_BITS
        row[p.SECTOR_BITS] = (cache.sector or cache.line).bit_length() - 1 - p.QUAD_BITS
        row[p.SECTORS] = before + policy.words(cache.ways) if cache.sector else 0
        row[p.INCLUSION] = INCLUSIONS.index(cache.inclusion)
        row[p.THROUGH] = cache.write == "through"
        row[p.ALLOCATES] = cache.write_allocate
        row[p.INDEX] = INDEXES.index(cache.index)
        row[p.SHIFT] = cache.line.bit_length() - 1 - bits
        row[p.MASK] = cache.sets - 1 if cache.index in ("bits", "xor") else -1
        row[p.SETS] = cache.sets
        for kind, path in enumerate((data, data, fetch, data)):
            if level in path:
                below = path[path.index(level) + 1 :]
                row[p.NEXT + kind] = below[0] if below else memory
                for above in path[: path.index(level)]:
                    row[p.ABOVE] |= 1 << above
        ends[cache.private] = int(row[p.BASE]) - (-cache.sets * words // _ALIGN) * _ALIGN
    for level, cache in enumerate(machine.caches):
        if cache.private:
            plan[level, p.BASE] += ends[False]
            plan[level, p.INSTANCE] = ends[True]
    return Layout(
        plan=plan,
        stages=np.array([policy for _, policy in stages], np.int64),
        policies=policies,
        shared=ends[False],
        instance=ends[True],
        bits=bits,
        first=tuple(path[0] if path else memory for path in (data, data, fetch)),  # type: ignore[arg-type]
        collapses=all(find_policy(machine.caches[n].replacement).collapses for n in firsts),
        walks=_walks(machine),
    )


def _walks(machine: Machine) -> bool:
    plain = machine.straddle == "split" and machine.writebacks != "quiet" and not machine.cap_data
    return not plain or any(
        cache.write != "back"
        or not cache.write_allocate
        or cache.inclusion != "none"
        or cache.sector is not None
        or cache.index in ("xor", "hash")
        for cache in machine.caches
    )


def make_store(
    machine: Machine, layout: Layout, old: NDArray[np.int64], threads: int
) -> NDArray[np.int64]:
    """A store for so many threads that begins with what the old one (maybe empty) holds.

    int64[words], aligned. Raises CacheError where it would outgrow MAX_STORE.
    """
    words = layout.shared + threads * layout.instance
    if words > MAX_STORE:
        raise CacheError(
            f"{machine.name}: the caches of {threads} threads need {words * 8 >> 20} MiB to "
            "simulate; replay fewer threads or smaller caches"
        )
    # Searches read up to LANES - 1 words beyond the last row.
    raw = np.zeros(words + LANES + _ALIGN, np.int64)
    skip = -(raw.__array_interface__["data"][0] // 8) % _ALIGN
    store = raw[skip : skip + words + LANES]
    kept = max(len(old) - LANES, 0)
    store[:kept] = old[:kept]
    for level, cache in enumerate(machine.caches):
        row = layout.plan[level]
        seeded = find_policy(cache.replacement).seeded
        for instance in range(threads if cache.private else 1):
            start = row[p.BASE] + instance * row[p.INSTANCE]
            if start >= kept:
                sets = store[start : start + cache.sets * row[p.ROW]].reshape(cache.sets, -1)
                sets[:, : row[p.POLICY_WORDS]] = p.EMPTY
                if machine.cold_tags == "zero":
                    sets[0, : cache.ways] = 0  # every index function gives line 0 the set 0
                # Each instance has a stream of its own.
                if seeded:
                    store[start - row[p.CACHE_WORDS]] = cache.seed + instance
    return store
