"""False sharing by pair of fields: exact, streaming, in memory that grows with the pages touched.

The measure is the false-sharing miss, which depends on no cache: suppose that each thread had a
cache of its own without limits. A thread then misses on a line that it has touched before only
because another thread wrote to the line since; when no byte that it touches is among those
written, nothing but the layout made it miss. (Torrellas, Lam, Hennessy: False Sharing and Spatial
Locality in Multiprocessor Caches, IEEE Transactions on Computers 43(6), 1994, section II, which
judges a miss by the access that misses.) Such a miss belongs to the field touched and to the field
that another thread wrote last on the line. First touches miss in any case and are not counted.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cachesim import Trace
from linewise.errors import LinewiseError

FIRST_CAPACITY = 1 << 17  # slots; a power of two
MAX_LOAD = 0.6  # share of the slots beyond which linear probing grows slow


class SharingCounts(NamedTuple):
    """What ``Sharing.result`` gives; pairs in the order of their misses, the most first.

    tag, other  int32[P], tag <= other
    lines       int64[P], lines on which the pair happens
    misses      int64[P], false-sharing misses
    shared      lines with at least one pair
    """

    tag: NDArray[np.int32]
    other: NDArray[np.int32]
    lines: NDArray[np.int64]
    misses: NDArray[np.int64]
    shared: int


class Sharing:
    """Feed traces with tags, ask for the result at any time.

    line     bytes of a cache line, a power of two
    threads  thread numbers lie below it
    expected_bytes  of memory that will be touched: room for their lines is taken at once, since
             growing costs more than noting; a guess that is wrong costs only that
    Rows with a negative tag and fetches are passed over.
    """

    def __init__(self, line: int, threads: int, expected_bytes: int = 0) -> None:
        self._line = line
        self._threads = threads
        # Words of a line's state: bytes that the last writer wrote in its turn, its tag and
        # thread, who has touched the line, and for each thread the bytes that others wrote since.
        masks, sets = -(-line // 64), -(-threads // 64)
        self._words = masks + 1 + sets + threads * masks
        pages = max(1, FIRST_CAPACITY // 64, expected_bytes // line // 64)
        self._state = np.zeros((64 * pages, self._words), np.uint64)
        # An open hash table: a page of 64 lines, and its place in ``_state``; -1 where empty.
        self._keys, self._rows = _table(max(FIRST_CAPACITY, 1 << (2 * pages).bit_length()))
        # Another one: (line, pair) -> misses.
        self._found = np.full((FIRST_CAPACITY, 3), -1, np.int64)
        self._used = np.zeros(2, np.int64)  # pages, slots of found
        # Lines that one access can touch, not aligned: what the tables keep in reserve.
        self._span = 65535 // line + 2

    def feed(self, trace: Trace) -> None:
        """Add a trace's accesses; without tags there is nothing to attribute."""
        if trace.tag is None or not len(trace) or self._threads < 2:
            return
        if int(trace.thread.max()) >= self._threads:
            raise LinewiseError(
                f"trace: thread {int(trace.thread.max())}, but there are {self._threads}; "
                "say how many threads there are"
            )
        from linewise.kernels import sharing as kernels

        columns = (trace.address, trace.size, trace.kind, trace.thread, trace.tag)
        row = 0
        while True:
            pages, slots, found = self._limits()
            row = kernels.note(
                columns, row, self._line, self._threads, self._state, self._keys, self._rows,
                self._found, self._used, min(pages, slots), found,
            )  # fmt: skip
            if row == len(trace):
                return
            self._grow()

    def _limits(self) -> tuple[int, int, int]:
        """Pages with a state, pages with a slot, and pairs, up to which there is surely room for
        one more access."""
        rooms = len(self._state) // 64, MAX_LOAD * len(self._keys), MAX_LOAD * len(self._found)
        pages, slots, found = (int(room) - self._span for room in rooms)
        return pages, slots, found

    def _grow(self) -> None:
        """Make room where it is short."""
        from linewise.kernels import sharing as kernels

        (used, found), (pages, slots, most_found) = self._used.tolist(), self._limits()
        if used > pages:
            wider = np.zeros((2 * len(self._state), self._words), np.uint64)
            wider[: 64 * used] = self._state[: 64 * used]
            self._state = wider
        if used > slots:
            old = self._keys, self._rows
            self._keys, self._rows = _table(4 * len(self._keys))
            kernels.move_pages(*old, self._keys, self._rows)
        if found > most_found:
            old_found = self._found
            self._found = np.full((4 * len(old_found), 3), -1, np.int64)
            kernels.move_found(old_found, self._found)

    def result(self) -> SharingCounts:
        """The pairs so far."""
        found = self._found[self._found[:, 0] >= 0]
        pair, at = np.unique(found[:, 1], return_inverse=True)
        lines = np.bincount(at, minlength=len(pair)).astype(np.int64)
        misses = np.zeros(len(pair), np.int64)
        np.add.at(misses, at, found[:, 2])
        rank = np.lexsort((pair, -lines, -misses))
        pair = pair[rank]
        return SharingCounts(
            tag=(pair >> 32).astype(np.int32),
            other=(pair & 0xFFFFFFFF).astype(np.int32),
            lines=lines[rank],
            misses=misses[rank],
            shared=len(np.unique(found[:, 0])),
        )


def _table(capacity: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.full(capacity, -1, np.int64), np.full(capacity, -1, np.int64)
