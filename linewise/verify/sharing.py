"""Does the count of false sharing on this machine come out as worked out by hand?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

import cachesim
from linewise.sharing import Sharing
from linewise.verify.finding import Context, Finding, Verdict

NAME = "sharing"
LINE = 64
ROUNDS = 1000
READ, WRITE = int(cachesim.Kind.READ), int(cachesim.Kind.WRITE)

# (what, bytes from the one thread's counter to the other's, kind of each thread's access, bytes of
# an access, false-sharing misses). All but each thread's first touch can miss.
CASES = (
    ("two counters on one line, in turn: all but the first touches miss",
     8, (WRITE, WRITE), 8, 2 * ROUNDS - 2),
    ("the same, a line apart: none", LINE, (WRITE, WRITE), 8, 0),
    ("one reads beside what the other writes: the reader misses", 8, (READ, WRITE), 8, ROUNDS - 1),
    ("both write the same bytes: true sharing, none false", 0, (WRITE, WRITE), 8, 0),
    ("both only read: none", 8, (READ, READ), 8, 0),
)  # fmt: skip


def check(_context: Context) -> Iterator[Finding]:
    """Two threads touch one counter each, in turn; each count follows from where they lie."""
    for what, apart, kinds, size, expected in CASES:
        thread = np.tile(np.array([0, 1], np.uint16), ROUNDS)
        table = Sharing(LINE, 2)
        table.feed(
            cachesim.Trace(
                address=thread.astype(np.uint64) * np.uint64(apart),
                size=np.full(len(thread), size, np.uint16),
                kind=np.array(kinds, np.uint8)[thread],
                thread=thread,
                tag=thread.astype(np.int32),
            )
        )
        found = int(table.result().misses.sum())
        verdict = Verdict.EQUAL if found == expected else Verdict.DIFFERS
        detail = f"{found:,} false-sharing misses"
        if verdict is Verdict.DIFFERS:
            detail += f", but by hand {expected:,}"
        yield Finding(NAME, what, verdict, detail, f"linewise verify --check {NAME}")
