"""The replay of a trace through the caches of a machine.

The rules of the model are in docs/cachesim.md; in short: set-associative levels, write-back,
write-allocate, neither inclusive nor exclusive, demand fetching only, no coherence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cachesim.errors import CacheError
from cachesim.kernels import plan as p
from cachesim.result import LevelResult, Result
from cachesim.runs import Run, Stream, Walk
from cachesim.spec import Machine
from cachesim.stages import lay_out, make_store
from cachesim.tagging import TagTable
from cachesim.trace import DTYPES, Column, Kind, Trace

Progress = Callable[[int], None]

# Rows checked and handed to the compiled loop at once: their columns stay in the host's caches
# between the check and the replay.
_STEP = 1 << 17
# The class of each kind, and whether it dirties.
_CLASSES = {
    Kind.READ: (p.READ, 0),
    Kind.WRITE: (p.WRITE, p.DIRTIES),
    Kind.FETCH: (p.FETCH, 0),
    Kind.MODIFY: (p.READ, p.DIRTIES),
    Kind.ATOMIC: (p.READ, p.DIRTIES),
}


def replay(
    trace: Trace | Iterable[Trace], machine: Machine, *, progress: Progress | None = None
) -> Result:
    """Replay a trace, or its chunks in order, from empty caches.

    progress is called with the accesses done so far, several times a second.
    Memory does not grow with the trace. Raises CacheError that names the row (from 0) which no
    cache can serve.
    """
    run = Replay(machine)
    for chunk in (trace,) if isinstance(trace, Trace) else trace:
        run.feed(chunk, progress=progress)
    return run.result()


class Replay:
    """A replay that is fed chunk by chunk; wherever the trace is cut, the counts are the same.

    After a CacheError from ``feed`` the replay is of no further use: every call repeats the error.
    """

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._layout = layout = lay_out(machine)
        self._run: Run = Walk(machine, layout) if layout.walks else Stream(layout)
        levels = len(machine.caches)
        self._counts = np.zeros((levels + 1, p.COUNT_COLUMNS), np.int64)
        self._kinds = np.array(
            [
                c | d * (machine.writebacks != "none") | layout.first[c] << p.LEVEL_SHIFT
                for c, d in _CLASSES.values()
            ],
            np.int64,
        )
        # Slots are given to threads as they appear; without private caches all share one.
        self._slots = np.full(1 << 16, -1 if layout.instance else 0, np.int32)
        self._threads = 0
        self._room = 0 if layout.instance else 1
        self._store = make_store(machine, layout, np.zeros(0, np.int64), self._room)
        self._state = np.zeros(p.STATE_WORDS, np.int64)
        self._state[p.LAST_INFO] = -1
        self._rows = 0
        self._tags: TagTable | None = None
        self._error: CacheError | None = None

    def feed(self, trace: Trace, *, progress: Progress | None = None) -> None:
        """Replay these accesses after all those fed before."""
        if self._error is not None:
            raise self._error
        try:
            for start in range(0, len(trace), _STEP):
                self._feed(trace[start : start + _STEP])
                if progress is not None:
                    progress(self._rows)
        except CacheError as error:
            self._error = error
            raise

    def result(self) -> Result:
        """The counts so far; more may be fed afterwards."""
        if self._error is not None:
            raise self._error
        counts = self._counts
        return Result(
            machine=self._machine.name,
            accesses=self._rows,
            levels=tuple(
                LevelResult(
                    cache.name,
                    *(int(n) for n in row[p.ARRIVED : p.ARRIVED + 3]),
                    *(self._run.missed(counts, level, n) for n in (p.READ, p.WRITE, p.FETCH)),
                    *(int(row[n]) for n in (p.EVICTED, p.WROTE_BACK, p.BACK_INVALIDATED)),
                )
                for level, (cache, row) in enumerate(
                    zip(self._machine.caches, counts, strict=False)
                )
            ),
            memory_accesses=int(counts[-1, p.ARRIVED : p.ARRIVED + 3].sum()),
            memory_writebacks=int(counts[-1, p.ARRIVED + p.WRITE_BACK]),
            tags=None if self._tags is None else self._tags.result(),
        )

    def _feed(self, trace: Trace) -> None:
        rows = len(trace)
        self._check(trace)
        if self._run.counts_arrivals:
            self._count_arrivals(trace.kind)
        tag, tag_base = self._locate_tags(trace.tag)
        address, _ = _as_column("address", trace.address, whole=True)
        size, size_step = _as_column("size", trace.size)
        kind, kind_step = _as_column("kind", trace.kind)
        thread, thread_step = _as_column("thread", trace.thread)
        tagged = np.zeros((0, 1), np.int64) if self._tags is None else self._tags.counts
        columns = (
            address, size, size_step, kind, kind_step, thread, thread_step,
            tag, int(self._tags is not None), tag_base,
        )  # fmt: skip
        plain_info = -1
        if not (size_step or kind_step or thread_step) and self._tags is None:
            plain_info = self._plain_info(address, int(size[0]), int(kind[0]), int(thread[0]))
        self._state[p.NEXT_ROW] = 0
        while self._state[p.NEXT_ROW] < rows:
            tables = (self._layout.plan, self._counts, tagged, self._kinds, self._slots)
            threads = max(self._threads, 1)
            self._run.replay(columns, rows, plain_info, tables, self._store, self._state, threads)
            self._settle(trace)
        self._rows += rows

    def _settle(self, trace: Trace) -> None:
        """Do what the loop stopped for: a thread's first access, or an error."""
        status, row = self._state[p.STATUS], int(self._state[p.NEXT_ROW])
        self._state[p.STATUS] = p.GOING_ON
        if status == p.NEW_THREAD:
            self._add_thread(int(trace.thread[row]))
        elif status == p.WRAPS:
            raise CacheError(
                f"trace: row {self._rows + row}: {int(trace.size[row])} bytes at "
                f"{int(trace.address[row]):#x} pass the end of memory; correct address or size"
            )

    def _check(self, trace: Trace) -> None:
        sizes, kinds = _once(trace.size), _once(trace.kind)
        if not sizes.min():
            row = self._rows + int(np.argmin(sizes))
            raise CacheError(f"trace: row {row}: size = 0, but must be 1 to 65535; leave it out")
        if kinds.max() > max(Kind):
            row = int(np.argmax(kinds > max(Kind)))
            raise CacheError(
                f"trace: row {self._rows + row}: kind = {kinds[row]}, "
                f"but must be 0 to {int(max(Kind))}; see cachesim.Kind"
            )

    def _count_arrivals(self, kind: NDArray[np.uint8]) -> None:
        """Count each access at the first level it asks; ``collect`` adds what straddles."""
        weight = len(kind) if kind.strides == (0,) else 1
        column = _once(kind)
        writes = weight * int(np.count_nonzero(column == Kind.WRITE))
        fetches = weight * int(np.count_nonzero(column == Kind.FETCH))
        arrived = (len(kind) - writes - fetches, writes, fetches)
        for number, (level, count) in enumerate(zip(self._layout.first, arrived, strict=True)):
            self._counts[level, p.ARRIVED + number] += count

    def _locate_tags(self, tag: NDArray[np.int32] | None) -> tuple[Column, int]:
        if self._rows and (tag is None) != (self._tags is None):
            raise CacheError(
                f"trace: row {self._rows}: chunks with and without tags are mixed; "
                "give all of them the column tag, or none"
            )
        if tag is None:
            return _as_column("tag", np.zeros(1, np.int32))[0], 0
        if self._tags is None:
            self._tags = TagTable(
                self._layout.plan,
                self._layout.first,
                own_misses=not self._run.counts_arrivals,
            )
        column, base = self._tags.locate(tag)
        return _as_column("tag", column, whole=True)[0], base

    def _plain_info(self, address: NDArray[np.uint64], size: int, kind: int, thread: int) -> int:
        """The info of accesses that differ in their address only, -1 if they need more care."""
        info = int(self._kinds[kind])
        line = 1 << self._layout.bits
        in_memory = info >> p.LEVEL_SHIFT == len(self._machine.caches)
        if in_memory or self._layout.walks or not self._layout.collapses:
            return -1
        if size > 1 and int((address & np.uint64(line - 1)).max()) + size > line:
            return -1
        if self._slots[thread] < 0:
            self._add_thread(thread)
        return info | int(self._slots[thread]) << p.THREAD_SHIFT

    def _add_thread(self, thread: int) -> None:
        if self._threads == self._room:
            self._room = max(1, 2 * self._room)
            self._store = make_store(self._machine, self._layout, self._store, self._room)
        self._slots[thread] = self._threads
        self._threads += 1


def _once(column: Column) -> Column:
    """A column, or its only value where it is a broadcast of one."""
    return column[:1] if column.strides == (0,) else column


def _as_column(name: str, column: Column, *, whole: bool = False) -> tuple[Column, int]:
    """The column as the kernels are compiled for it, and its step: 0 for a broadcast value.

    One exact type keeps it at one compilation: native, contiguous, aligned, read-only.
    """
    step = int(whole or column.strides != (0,))
    exact: NDArray[Any] = np.require(
        column if step else column[:1], DTYPES[name], ["C", "A"]
    ).view()
    exact.flags.writeable = False
    return exact, step
