"""The average time of an access, from counts and latencies: modelled, never exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cachesim.result import Result
from cachesim.spec import Machine
from cachesim.trace import Kind

# Cycles that stand in for a latency which the machine's file does not state, by the depth of the
# level on the data path: the medians of the x86 parts whose latencies InstLatX64's NewMemLat,
# anandtech.com (Skylake-SP L3) and chipsandcheese.com publish (L1 of 7 parts: 4 to 5; L2 of 6:
# 12 to 15; L3 of 6: 41 to 77). Deeper levels take the last one.
DEFAULT_LATENCY_CYCLES = (4.0, 14.0, 53.0)
# Cycles that stand in for an unknown memory latency: the one figure found, Zen 2's DRAM plateau
# (NewMemLat AuthenticAMD0830F10_K17_Rome). It includes page walks.
DEFAULT_MEMORY_LATENCY_CYCLES = 614.0


@dataclass(frozen=True, slots=True)
class AccessTime:
    """cycles: the average, None when there was no data access; assumed: whose latency is a default.

    ``assumed`` holds names of levels, and "memory".
    """

    cycles: float | None
    mark: Literal["modelled", "unknown"]
    assumed: tuple[str, ...]


def average_access_time(result: Result, machine: Machine) -> AccessTime:
    """Cycles per data access: each costs the latency of the level that served it.

    The sum over the data levels of (accesses served there x latency) plus (accesses served by
    memory x memory latency), divided by the accesses of the first data level. For one level that
    is hit rate x cache latency + miss rate x memory latency. A write costs what a read would, for
    it waits for its line too; fetches are left out. An unknown latency is replaced by
    DEFAULT_LATENCY_CYCLES or DEFAULT_MEMORY_LATENCY_CYCLES and named in ``assumed``.

    Reference: Hennessy and Patterson, Computer Architecture, 6th ed., appendix B.2, with access
    times of levels in place of miss penalties.
    """
    path = machine.path(Kind.READ)
    if not path:
        return AccessTime(None, "unknown", ())
    assumed = []
    total = 0.0
    for depth, index in enumerate(path):
        level, spec = result.levels[index], machine.caches[index]
        misses = level.read_misses + level.write_misses
        latency = spec.latency_cycles
        if latency is None:
            latency = DEFAULT_LATENCY_CYCLES[min(depth, len(DEFAULT_LATENCY_CYCLES) - 1)]
            assumed.append(spec.name)
        total += (level.reads + level.writes - misses) * latency
    memory = machine.memory_latency_cycles
    if memory is None:
        memory = DEFAULT_MEMORY_LATENCY_CYCLES
        assumed.append("memory")
    total += misses * memory
    first = result.levels[path[0]]
    accesses = first.reads + first.writes
    if not accesses:
        return AccessTime(None, "unknown", tuple(assumed))
    return AccessTime(total / accesses, "modelled", tuple(assumed))
