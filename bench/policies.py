"""Accesses replayed per second under each replacement policy, as a share of LRU's in the same run.

Also the walk, which stands in where levels act on one another, and curves in one pass.
"""

from __future__ import annotations

from bench.replay import patterns
from bench.timing import best_seconds
from cachesim import CacheSpec, Machine, ReuseDistances, SetCurve, Trace, replay
from cachesim.policies import POLICIES

ACCESSES = 5_000_000
PUBLISHED = ("QLRU_H11_M1_R0_U0", "QLRU_H00_M1_R2_U1")


def machine(policy: str, **more: str) -> Machine:
    """32 KiB in 8 ways of 64 bytes."""
    return Machine(
        name=policy, caches=(CacheSpec(name="L1", sets=64, ways=8, replacement=policy),), **more
    )


def main() -> None:
    """Print the tables."""
    traces = {name: Trace(addresses) for name, addresses in patterns(ACCESSES).items()}
    print(f"policies: {ACCESSES:,} reads, 32 KiB, 8 ways; M accesses/s, and as a share of lru's")
    print(f"{'':24}" + "".join(f"{name:>30}" for name in traces))
    names = [name for name, row in POLICIES.items() if not row.pattern]
    rows = {name: machine(name) for name in (*names, *PUBLISHED)}
    rows["lru, through the walk"] = machine("lru", writebacks="quiet")
    base: dict[str, float] = {}
    for name, target in rows.items():
        cells = []
        for pattern, trace in traces.items():
            seconds = best_seconds(lambda trace=trace, target=target: replay(trace, target))
            base.setdefault(pattern, seconds)
            cells.append(f"{ACCESSES / seconds / 1e6:22.1f}{base[pattern] / seconds:8.2f}")
        print(f"{name:24}{''.join(cells)}")
    print("curves in one pass, M accesses/s, and as a share of lru's replay")
    curves = {
        "reuse distances": lambda trace: ReuseDistances().feed(trace),
        "all ways, 64 sets": lambda trace: SetCurve(64).feed(trace),
    }
    for name, measure in curves.items():
        cells = []
        for pattern, trace in traces.items():
            seconds = best_seconds(lambda trace=trace, measure=measure: measure(trace))
            cells.append(f"{ACCESSES / seconds / 1e6:22.1f}{base[pattern] / seconds:8.2f}")
        print(f"{name:24}{''.join(cells)}")


if __name__ == "__main__":
    main()
