"""One pass, all sizes: reuse distances and the miss-ratio curves that follow from them.

The reuse distance of an access is the number of other lines used since the last use of its line.
Under LRU, a fully associative cache of n lines hits exactly where it is below n (Mattson, Gecsei,
Slutz and Traiger, *Evaluation Techniques for Storage Hierarchies*, 1970); within one set the same
holds for the ways (Hill and Smith, *Evaluating Associativity in CPU Caches*, 1989). Where exact
distances cost too much, a sample of the lines, chosen by hash, gives the curve with an error that
is estimated from the sample itself (Waldspurger, Park, Garthwaite and Ahmad, *Efficient MRC
Construction with SHARDS*, 2015).

Memory grows with the lines that are touched (or sampled), not with the accesses.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cachesim.errors import CacheError
from cachesim.kernels.reuse import EMPTY, LINES, STATE_WORDS, Distances, build, measure, stack_hits
from cachesim.kernels.words import LANES
from cachesim.spec import MAX_LINE, MAX_LINES, MIN_LINE
from cachesim.trace import Kind, Trace

Lines = NDArray[np.int64]

# Which kinds of accesses count.
KINDS = ("data", "fetches", "all")
# Lines that the arrays have room for at first: two pages of the tree.
_ROOM = 1 << 12
# Groups that a sample is cut into, to see how much it would differ had it been another one.
GROUPS = 8
# Sampled lines of the smallest cache that a sample is asked about.
FEWEST = 8
_STEP = 1 << 17


@dataclass(frozen=True, slots=True, eq=False)
class Reuse:
    """The reuse distances of a trace.

    line        bytes
    accesses    that count, one for each line that an access touches
    cold        first uses of a line, which is how many lines are touched; of a sample scaled up
    histogram   uses by distance, from 0; of a sample scaled up, at distances scaled up
    rate        share of the lines that was looked at; 1: all, exactly
    error       standard error of the miss ratio at each of ``sizes``, None where exact
    sizes       lines, the powers of two up to the first that holds everything; a sample's begin
                where a cache holds FEWEST sampled lines
    """

    line: int
    accesses: int
    cold: float
    histogram: NDArray[np.float64]
    rate: float
    sizes: NDArray[np.int64]
    error: NDArray[np.float64] | None

    def misses(self, lines: int) -> float:
        """Misses of a fully associative LRU cache of so many lines, cold ones included."""
        near = self.histogram[: math.ceil(max(lines, 0) * self.rate)].sum()
        return float(max(self.accesses - near, 0.0))

    def miss_ratio(self, lines: int) -> float:
        """Those by access; 0 where there was none."""
        return self.misses(lines) / self.accesses if self.accesses else 0.0


class ReuseDistances:
    """Distances fed chunk by chunk; wherever the trace is cut, they are the same.

    line    bytes, a power of two
    kinds   a row of KINDS
    rate    1.0 for all lines; below it that share of them, chosen by a hash of ``seed``
    """

    def __init__(
        self, line: int = 64, *, kinds: str = "data", rate: float = 1.0, seed: int = 1
    ) -> None:
        check_line(line)
        if kinds not in KINDS:
            raise CacheError(f"kinds = {kinds!r}, but must be one of {', '.join(KINDS)}")
        if not 1e-6 <= rate <= 1:
            raise CacheError(f"rate = {rate}, but must be 0.000001 to 1")
        self._line, self._kinds, self._rate = line, kinds, rate
        self._seed = np.uint64(seed * 0x9E3779B97F4A7C15 % 2**64)
        self._accesses = 0
        self._whole = _Stack()
        self._groups = [_Stack() for _ in range(GROUPS)] if rate < 1 else []

    def feed(self, trace: Trace) -> None:
        """These accesses after all those fed before."""
        for start in range(0, len(trace), _STEP):
            lines = lines_of(trace[start : start + _STEP], self._line, self._kinds)
            self._accesses += len(lines)
            if self._rate == 1:
                self._whole.feed(lines)
                continue
            # SHARDS: the lines whose hash falls below a threshold, all their uses.
            hashed = _mix(lines.view(np.uint64) + self._seed)
            chosen = (hashed >> np.uint64(11)) < np.uint64(self._rate * 2**53)
            self._whole.feed(lines[chosen])
            group = hashed & np.uint64(GROUPS - 1)
            for number, stack in enumerate(self._groups):
                stack.feed(lines[chosen & (group == number)])

    def result(self) -> Reuse:
        """The distances so far; more may be fed afterwards."""
        sizes = _sizes(self._whole.lines / self._rate, self._rate)
        curve = self._scaled(self._whole, self._rate)
        error = None
        if self._groups:
            rate = self._rate / GROUPS
            ratios = np.array([self._ratios(self._scaled(g, rate), rate, sizes)
                               for g in self._groups])  # fmt: skip
            error = ratios.std(axis=0, ddof=1) / np.sqrt(GROUPS)
        return Reuse(
            line=self._line,
            accesses=self._accesses,
            cold=self._whole.lines / self._rate,
            histogram=curve,
            rate=self._rate,
            sizes=sizes,
            error=error,
        )

    def _scaled(self, stack: _Stack, rate: float) -> NDArray[np.float64]:
        """A sample's histogram, by sampled distance, with counts of the whole trace.

        SHARDS-adj: what the sample has more or less than its share of the accesses is put down to
        the lines used most, whose distances are short.
        """
        histogram = stack.histogram.astype(np.float64) / rate
        if rate < 1 and len(histogram):
            histogram[0] += self._accesses - histogram.sum() - stack.lines / rate
        return histogram

    def _ratios(
        self, histogram: NDArray[np.float64], rate: float, sizes: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        part = Reuse(self._line, self._accesses, 0.0, histogram, rate, sizes, None)
        return np.array([part.miss_ratio(int(size)) for size in sizes])


class _Stack:
    """Exact distances of the lines it is fed."""

    def __init__(self) -> None:
        self._state = np.zeros(STATE_WORDS, np.int64)
        self._histogram = np.zeros(_ROOM + 1, np.int64)
        self._make(_ROOM)

    def _make(self, lines: int) -> None:
        """Empty arrays for so many lines: twice as many slots, four times as many times."""
        if len(self._histogram) <= lines:
            self._histogram = np.append(
                self._histogram, np.zeros(lines + 1 - len(self._histogram), np.int64)
            )
        self._arrays = Distances(
            np.full(2 * lines, EMPTY, np.int64), np.zeros(2 * lines, np.int64),
            np.zeros(4 * lines + 1, np.int64), self._histogram, self._state,
        )  # fmt: skip

    def feed(self, lines: Lines) -> None:
        row = 0
        while row < len(lines):
            row = int(measure(lines, row, self._arrays))
            if row < len(lines):
                self._renumber()

    def _renumber(self) -> None:
        """Times from 1 again, in larger arrays where lines take half of their room."""
        keys, last = self._arrays.keys, self._arrays.last
        used = np.flatnonzero(keys != EMPTY)
        order = used[np.argsort(last[used], kind="stable")]
        room = len(keys) // 2
        self._make(2 * room if 2 * len(used) >= room else room)
        build(keys[order], np.arange(1, len(order) + 1), self._arrays)

    @property
    def lines(self) -> int:
        return int(self._state[LINES])

    @property
    def histogram(self) -> NDArray[np.int64]:
        used = np.flatnonzero(self._histogram)
        return self._histogram[: used[-1] + 1 if len(used) else 0]


def reuse_distances(
    trace: Trace | Iterable[Trace],
    line: int = 64,
    *,
    kinds: str = "data",
    rate: float = 1.0,
    seed: int = 1,
) -> Reuse:
    """The reuse distances of a trace, or of its chunks in order; see `ReuseDistances`."""
    run = ReuseDistances(line, kinds=kinds, rate=rate, seed=seed)
    for chunk in (trace,) if isinstance(trace, Trace) else trace:
        run.feed(chunk)
    return run.result()


class SetCurve:
    """Misses of every associativity at a given number of sets, fed chunk by chunk.

    ways: the largest associativity, 1 to 1024; sets may be any number.
    """

    def __init__(self, sets: int, ways: int = 32, line: int = 64, *, kinds: str = "data") -> None:
        check_line(line)
        if kinds not in KINDS:
            raise CacheError(f"kinds = {kinds!r}, but must be one of {', '.join(KINDS)}")
        if not 1 <= ways <= 1024:
            raise CacheError(f"ways = {ways}, but must be 1 to 1024")
        if not 1 <= sets <= MAX_LINES // ways:
            raise CacheError(f"sets = {sets}, but must be 1 to {MAX_LINES // ways} at {ways} ways")
        self._sets, self._ways, self._line, self._kinds = sets, ways, line, kinds
        self._words = -(-ways // LANES) * LANES
        self._stacks = np.full(sets * self._words + LANES, EMPTY, np.int64)
        self._hits = np.zeros(ways + 1, np.int64)

    def feed(self, trace: Trace) -> None:
        """These accesses after all those fed before."""
        for start in range(0, len(trace), _STEP):
            lines = lines_of(trace[start : start + _STEP], self._line, self._kinds)
            stack_hits(lines, self._sets, self._ways, self._stacks, self._words, self._hits)

    @property
    def accesses(self) -> int:
        """Accesses that count, one for each line that an access touches."""
        return int(self._hits.sum())

    def misses(self) -> NDArray[np.int64]:
        """Misses by associativity: entry 0 is one way, the last entry ``ways``."""
        return self.accesses - np.cumsum(self._hits[:-1])


def check_line(line: int) -> None:
    """Raises CacheError unless it is a size that a cache's line can have."""
    if line & (line - 1) or not MIN_LINE <= line <= MAX_LINE:
        raise CacheError(f"line = {line}, but must be a power of two from {MIN_LINE} to {MAX_LINE}")


def lines_of(trace: Trace, line: int, kinds: str) -> Lines:
    """The lines that the accesses of a trace touch, in order; one that straddles gives several."""
    address, size = trace.address, trace.size
    if kinds != "all":
        fetches = trace.kind == Kind.FETCH
        wanted = fetches if kinds == "fetches" else ~fetches
        address, size = address[wanted], size[wanted]
    if len(address) and not size.min():
        raise CacheError("trace: size = 0, but must be 1 to 65535; leave the access out")
    bits = np.uint64(line.bit_length() - 1)
    end = address + (size - np.uint16(1))
    if (end < address).any():
        raise CacheError("trace: an access passes the end of memory; correct address or size")
    first = (address >> bits).view(np.int64)
    more = (end >> bits).view(np.int64) - first
    if not more.any():
        return np.ascontiguousarray(first)
    # Each access as often as it has lines, then 0, 1, 2 … added within each.
    repeated = np.repeat(first, more + 1)
    starts = np.cumsum(more + 1) - (more + 1)
    lines: Lines = repeated + (np.arange(len(repeated)) - np.repeat(starts, more + 1))
    return lines


def _sizes(footprint: float, rate: float) -> NDArray[np.int64]:
    """Powers of two in lines, up to the first that holds them all; of a sample from those on that
    hold a few sampled lines, for it tells nothing of smaller caches."""
    first = 0 if rate == 1 else math.ceil(math.log2(FEWEST / rate))
    last = max(math.ceil(math.log2(max(footprint, 1))), first)
    sizes: NDArray[np.int64] = 2 ** np.arange(first, last + 1, dtype=np.int64)
    return sizes


def _mix(value: Any) -> Any:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), uint64 to uint64."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))
