"""The loops of ``linewise.sharing``: who has touched a line, and what was written since."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numba.extending import register_jitable

READ, FETCH = 0, 2  # as in cachesim.Kind
NONE = np.uint64(0)
ONE = np.uint64(1)
ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
# 2**64 divided by the golden ratio, odd: multiplying by it spreads neighbouring numbers over the
# high bits (Knuth, The Art of Computer Programming, volume 3, section 6.4).
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
LINES_PER_PAGE = 64


@register_jitable
def _slot(key: Any, capacity: int) -> Any:
    """The first slot to look at, for a capacity that is a power of two."""
    return np.int64((np.uint64(key) * GOLDEN) >> np.uint64(20)) & (capacity - 1)


@register_jitable
def _count(found: Any, used: Any, line: Any, tag: Any, other: Any) -> None:
    """One more miss of a pair on a line."""
    pair = (min(tag, other) << 32) | max(tag, other)
    slot = _slot(line ^ (pair << 7), len(found))
    while found[slot, 0] >= 0 and (found[slot, 0] != line or found[slot, 1] != pair):
        slot = (slot + 1) & (len(found) - 1)
    if found[slot, 0] < 0:
        found[slot, 0], found[slot, 1], found[slot, 2] = line, pair, 0
        used[1] += 1
    found[slot, 2] += 1


@register_jitable
def _page(keys: Any, rows: Any, used: Any, key: Any) -> Any:
    """The row of a page's lines; a page that was never touched gets the next one."""
    slot = _slot(key, len(keys))
    while keys[slot] >= 0 and keys[slot] != key:
        slot = (slot + 1) & (len(keys) - 1)
    if keys[slot] < 0:
        keys[slot], rows[slot] = key, used[0]
        used[0] += 1
    return rows[slot]


@njit(cache=True, nogil=True)
def note(
    columns: Any,
    row: int,
    line_bytes: int,
    threads: int,
    state: Any,
    keys: Any,
    rows: Any,
    found: Any,
    used: Any,
    most_pages: int,
    most_found: int,
) -> int:
    """Note accesses from ``row`` on while no more pages and pairs are used than that; the next row.

    state  uint64[lines, words], a row per line: M words with a bit per byte that its last
           writer wrote since others took part; that writer's tag + 1 and its thread; H words with
           a bit per thread that has touched the line; M words per thread: bytes that others wrote
           since it did
    """
    address, size, kind, thread, tag = columns
    shift = np.uint64(0)
    while (1 << np.int64(shift)) < line_bytes:
        shift += ONE
    masks = (line_bytes + 63) // 64
    sets = (threads + 63) // 64
    behind = masks + 1 + sets
    last_key: Any = np.int64(-1)
    page: Any = np.int64(0)
    while row < len(address):
        if tag[row] < 0 or kind[row] == FETCH:
            row += 1
            continue
        begin = address[row]
        end = begin + np.uint64(max(np.int64(size[row]), np.int64(1))) - ONE
        first, last = np.int64(begin >> shift), np.int64(end >> shift)
        if used[0] > most_pages or used[1] > most_found:
            return row
        me = np.int64(thread[row])
        field = np.int64(tag[row])
        bit = ONE << np.uint64(me & 63)
        for line in range(first, last + 1):
            key = line // LINES_PER_PAGE
            if key != last_key:
                page = _page(keys, rows, used, key)
                last_key = key
            at = page * LINES_PER_PAGE + line % LINES_PER_PAGE
            start = np.uint64(line) << shift
            low: Any = np.int64(begin - start) if begin > start else 0
            high = min(np.int64(end - start), line_bytes - 1)
            writer = np.int64(state[at, masks])
            if writer != 0 and (writer >> 32) != me:
                # Another thread wrote last: from now on its turn is over, and everybody else
                # lacks what it wrote.
                for word in range(masks):
                    if state[at, word] != NONE:
                        for other in range(threads):
                            if other != writer >> 32:
                                state[at, behind + other * masks + word] |= state[at, word]
                        state[at, word] = NONE
                touched = state[at, masks + 1 + me // 64] & bit != NONE
                lacks = False
                overlaps = False
                for word in range(masks):
                    lacking = state[at, behind + me * masks + word]
                    lacks |= lacking != NONE
                    overlaps |= lacking & _bytes(low, high, word) != NONE
                    state[at, behind + me * masks + word] = NONE
                if touched and lacks and not overlaps:
                    _count(found, used, line, field, (writer & 0xFFFFFFFF) - 1)
            state[at, masks + 1 + me // 64] |= bit
            if kind[row] != READ:
                for word in range(masks):
                    state[at, word] |= _bytes(low, high, word)
                state[at, masks] = np.uint64((me << 32) | (field + 1))
        row += 1
    return row


@register_jitable
def _bytes(low: Any, high: Any, word: int) -> Any:
    """Bits of a word for the bytes low to high, both included, of a line."""
    low = max(low - 64 * word, 0)
    high = min(high - 64 * word, 63)
    if low > high:
        return NONE
    return (ALL >> np.uint64(63 - (high - low))) << np.uint64(low)


@njit(cache=True, nogil=True)
def move_pages(old_keys: Any, old_rows: Any, keys: Any, rows: Any) -> None:
    """Put every page of the old table into the larger, empty one."""
    for index in range(len(old_keys)):
        if old_keys[index] >= 0:
            slot = _slot(old_keys[index], len(keys))
            while keys[slot] >= 0:
                slot = (slot + 1) & (len(keys) - 1)
            keys[slot], rows[slot] = old_keys[index], old_rows[index]


@njit(cache=True, nogil=True)
def move_found(old: Any, new: Any) -> None:
    """Put every pair of the old table into the larger, empty one."""
    for index in range(len(old)):
        if old[index, 0] >= 0:
            slot = _slot(old[index, 0] ^ (old[index, 1] << 7), len(new))
            while new[slot, 0] >= 0:
                slot = (slot + 1) & (len(new) - 1)
            new[slot, 0], new[slot, 1], new[slot, 2] = old[index, 0], old[index, 1], old[index, 2]
