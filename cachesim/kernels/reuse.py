"""The compiled loops of `cachesim.reuse`: distances over a tree of times, and stacks per set."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from cachesim.kernels.words import find

_U = np.uint64
# Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): 2**64 by the golden ratio, odd.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)

EMPTY = -1
# Words of the state.
NOW, LINES = 0, 1
STATE_WORDS = 2


class Distances(NamedTuple):
    """Which lines were used when, every array int64.

    keys       [capacity], a power of two: the lines seen, by hash; EMPTY elsewhere
    last       [capacity], the time of each line's last use, from 1
    tree       [times + 1], a binary indexed tree over times: 1 where some line was used last
               (Fenwick, *A New Data Structure for Cumulative Frequency Tables*, 1994)
    histogram  [at least lines + 1], uses by the number of other lines used since the last one
    state      [STATE_WORDS]: the latest time, lines seen
    """

    keys: Any
    last: Any
    tree: Any
    histogram: Any
    state: Any


@njit(cache=True, nogil=True, error_model="numpy")
def measure(lines: Any, start: int, distances: Any) -> int:
    """Uses of lines[start:] in order, until an array is full; the answer: the first not done.

    A use of the line used last has distance 0. Full is: times used up, or half of the capacity.
    """
    keys, last, tree, histogram, state = distances
    mask = _U(len(keys) - 1)
    shift = _U(64)
    capacity = len(keys)
    while capacity > 1:
        shift -= _U(1)
        capacity >>= 1
    times = len(tree) - 1
    now, seen = state[NOW], state[LINES]
    most = min(len(keys) // 2, len(histogram) - 1)
    before = np.int64(EMPTY)
    row = start
    while row < len(lines):
        line = lines[row]
        if line == before:
            histogram[0] += 1
            row += 1
            continue
        if now == times or seen == most:
            break
        slot = (_U(line) * _SPREAD) >> shift
        while keys[slot] != line and keys[slot] != EMPTY:
            slot = (slot + _U(1)) & mask
        now += 1
        if keys[slot] == EMPTY:
            keys[slot] = line
            seen += 1
        else:
            # All lines but those used last at or before this line's time were used since.
            at = last[slot]
            distance = seen
            while at > 0:
                distance -= tree[at]
                at &= at - 1
            histogram[distance] += 1
            at = last[slot]
            while at <= times:
                tree[at] -= 1
                at += at & -at
        last[slot] = now
        at = now
        while at <= times:
            tree[at] += 1
            at += at & -at
        before = line
        row += 1
    state[NOW], state[LINES] = now, seen
    return row


@njit(cache=True, nogil=True, error_model="numpy")
def build(keys: Any, last: Any, distances: Any) -> None:
    """Enters lines, the least recently used first, into empty arrays with times 1, 2, 3 …"""
    new_keys, new_last, tree, _histogram, state = distances
    mask = _U(len(new_keys) - 1)
    shift = _U(64)
    capacity = len(new_keys)
    while capacity > 1:
        shift -= _U(1)
        capacity >>= 1
    for row in range(len(keys)):
        slot = (_U(keys[row]) * _SPREAD) >> shift
        while new_keys[slot] != EMPTY:
            slot = (slot + _U(1)) & mask
        new_keys[slot] = keys[row]
        new_last[slot] = last[row]
        tree[last[row]] += 1
    for at in range(1, len(tree)):
        above = at + (at & -at)
        if above < len(tree):
            tree[above] += tree[at]
    state[NOW] = len(keys)


@njit(cache=True, nogil=True, error_model="numpy")
def stack_hits(lines: Any, sets: int, ways: int, stacks: Any, words: int, hits: Any) -> None:
    """Uses of lines in LRU stacks, one per set; ``hits[d]`` counts those found at depth d.

    stacks int64[sets * words + LANES]: a set's lines as ``line << 1 | 1``, the latest first, EMPTY
    behind them; words is ways in whole groups of LANES. ``hits[ways]`` counts what is deeper.
    """
    power = sets & (sets - 1) == 0
    before = np.int64(EMPTY)
    for number in range(len(lines)):
        line = lines[number]
        if line == before:
            hits[0] += 1
            continue
        before = line
        index: Any = line & (sets - 1) if power else np.int64(_U(line) % _U(sets))
        row = index * words
        key = line << 1 | 1
        depth: Any = np.int64(find(stacks, row, ways, key))
        if depth < 0 or depth >= ways:
            hits[ways] += 1
            depth = ways - 1
        else:
            hits[depth] += 1
        for at in range(row + depth, row, -1):
            stacks[at] = stacks[at - 1]
        stacks[row] = key
