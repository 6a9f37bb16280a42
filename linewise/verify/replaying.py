"""Does the compiled replay on this machine give counts that can be worked out by hand?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

import cachesim
from linewise.verify.finding import Context, Finding, Verdict

NAME = "replay"
LINE = 64
SETS, WAYS = 64, 8
LINES = SETS * WAYS  # what the cache holds: 32 KiB

# (what, the lines accessed in order, written or not, read misses, write misses, write-backs)
CASES = (
    ("a scan that fits, twice: the first misses, the second hits",
     np.tile(np.arange(LINES), 2), 0, LINES, 0, 0),
    ("a scan one line per set too large, twice: LRU keeps nothing of use",
     np.tile(np.arange(LINES + SETS), 2), 0, 2 * (LINES + SETS), 0, 0),
    ("nine lines of one set, in turn: all miss",
     np.tile(np.arange(WAYS + 1) * SETS, 100), 0, 100 * (WAYS + 1), 0, 0),
    ("eight lines of one set, in turn: only the first of each misses",
     np.tile(np.arange(WAYS) * SETS, 100), 0, WAYS, 0, 0),
    ("a scan written once and too large by half: the first half is written back",
     np.arange(LINES + LINES // 2), 1, 0, LINES + LINES // 2, LINES // 2),
)  # fmt: skip


def check(_context: Context) -> Iterator[Finding]:
    """Replay five patterns through 32 KiB, 8 ways, LRU; each count follows from the pattern."""
    cache = cachesim.CacheSpec(name="L1d", sets=SETS, ways=WAYS, line=LINE, replacement="lru")
    machine = cachesim.Machine(name="verify", caches=(cache,))
    for what, lines, kind, *expected in CASES:
        trace = cachesim.Trace(
            address=lines.astype(np.uint64) * np.uint64(LINE),
            kind=np.full(len(lines), kind, np.uint8),
        )
        level = cachesim.replay(trace, machine).levels[0]
        found = [level.read_misses, level.write_misses, level.writebacks]
        verdict = Verdict.EQUAL if found == expected else Verdict.DIFFERS
        figures = "read misses {:,}, write misses {:,}, write-backs {:,}"
        detail = figures.format(*found)
        if verdict is Verdict.DIFFERS:
            detail += f", but by hand {figures.format(*expected)}"
        yield Finding(NAME, what, verdict, detail, f"linewise verify --check {NAME}")
