"""Which rows say the same: a digest of each, by all that its layout and its spelling rest on.

A pointer is known by the name of what it points to: so the same record in two units has one digest
whatever else is known of its neighbours, and a cycle of types ends at a name. What is left of
cycles (a typedef of itself) ends where it closes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

OFFSET, TAG, PARENT, LAST, NAME, DIGEST, TYPE, SIZE = range(8)
PLACE, BITS, BIT_PLACE, ALIGN, FLAGS, SIGNATURE, FILE, LINE = range(8, 16)
STATIC = 1 | 2 | 1 << 11  # declaration, external, constant

# Scopes around a name that its digest takes in.
MAX_SCOPES = 64

# What the loops call; Numba's own types know njit with arguments only.
inner: Any = njit


@inner
def _mix(value: int, more: int) -> Any:
    """Depends on the order of the two: a pointer to a pointer must not cancel out."""
    mixed = np.uint64(value) * np.uint64(0xD6E8FEB86659FD93) + np.uint64(more)
    mixed = (mixed ^ (mixed >> np.uint64(32))) * np.uint64(0x9E3779B97F4A7C15)
    return np.int64(mixed ^ (mixed >> np.uint64(29)))


@inner
def _is_record(tag: int) -> Any:
    return tag == 0x02 or tag == 0x13 or tag == 0x17 or tag == 0x38


@inner
def _is_scoped(tag: int) -> Any:
    return _is_record(tag) or tag == 0x04 or tag == 0x16 or tag == 0x43


@inner
def _is_pointer(tag: int) -> Any:
    return tag == 0x0F or tag == 0x10 or tag == 0x1F or tag == 0x42


@inner
def _is_unit(tag: int) -> Any:
    return tag == 0x11 or tag == 0x3C or tag == 0x41 or tag == 0x4A


@inner
def _is_part(rows: Any, row: int) -> Any:
    """Whether a child says something about the layout of its parent."""
    tag = rows[TAG, row]
    if tag == 0x0D:
        return rows[FLAGS, row] & STATIC == 0
    return tag == 0x1C or tag == 0x21 or tag == 0x33 or tag == 0x19


@inner
def _scoped(rows: Any, scopes: Any, row: int) -> Any:
    value = rows[DIGEST, row]
    scope = scopes[row]
    for _ in range(MAX_SCOPES):
        if scope < 0 or _is_unit(rows[TAG, scope]):
            break
        value = _mix(value, rows[DIGEST, scope] + 1)
        scope = scopes[scope]
    return value


@njit(cache=True, nogil=True)
def name_digests(rows: Any, scopes: Any) -> Any:
    """int64[:], of each row's name with the scopes around it."""
    names = np.zeros(scopes.size, np.int64)
    for row in range(scopes.size):
        tag = rows[TAG, row]
        names[row] = _scoped(rows, scopes, row) if _is_scoped(tag) else rows[DIGEST, row]
    return names


@inner
def _own(rows: Any, names: Any, row: int) -> Any:
    value = _mix(rows[TAG, row], names[row])
    for column in (SIZE, PLACE, BITS, BIT_PLACE, ALIGN, FLAGS):
        value = _mix(value, rows[column, row])
    return value


@inner
def _is_named(rows: Any, row: int) -> Any:
    return rows[NAME, row] > 0 and (_is_scoped(rows[TAG, row]) or rows[TAG, row] == 0x24)


@njit(cache=True, nogil=True)
def digests(rows: Any, names: Any, target: Any) -> Any:
    """int64[:], of all that a row is: itself, its type, its parts. target int64[:]: the row of its
    type, -1 for void, -2 for one that is not there. Depth first, each row once."""
    n = target.size
    found = np.zeros(n, np.int64)
    state = np.zeros(n, np.uint8)  # 0 unknown, 1 begun, 2 known
    stack = np.empty(n, np.int64)
    cursor = np.empty(n, np.int64)  # the next part to take in, -1 before the type
    for root in range(n):
        if state[root] or _is_unit(rows[TAG, root]) or rows[TAG, root] == 0x39:
            continue
        depth = 0
        stack[0] = root
        cursor[0] = -1
        state[root] = 1
        found[root] = _own(rows, names, root)
        while depth >= 0:
            row = stack[depth]
            tag = rows[TAG, row]
            follow: Any = np.int64(-1)
            if cursor[depth] < 0:
                follow = -1 if _is_record(tag) else target[row]
                if follow == -2:
                    found[row] = _mix(found[row], 2)
                elif follow >= 0 and _is_pointer(tag) and _is_named(rows, follow):
                    found[row] = _mix(_mix(found[row], rows[TAG, follow]), names[follow])
                    follow = -1
            elif cursor[depth] < rows[LAST, row]:
                follow = cursor[depth]
                if not _is_part(rows, follow):
                    cursor[depth] = rows[LAST, follow]
                    continue
            else:
                state[row] = 2
                depth -= 1
                continue
            if follow >= 0 and state[follow] == 0:
                depth += 1
                stack[depth] = follow
                cursor[depth] = -1
                state[follow] = 1
                found[follow] = _own(rows, names, follow)
                continue
            if follow >= 0:
                found[row] = _mix(found[row], found[follow] if state[follow] == 2 else 1)
            cursor[depth] = row + 1 if cursor[depth] < 0 else rows[LAST, cursor[depth]]
    return found


@njit(cache=True, nogil=True)
def firsts(digest: Any) -> Any:
    """int64[:], the first row with the same digest as each."""
    n = digest.size
    bits = 4
    while 1 << bits < 2 * n:
        bits += 1
    slots = np.full(1 << bits, -1, np.int64)
    first = np.empty(n, np.int64)
    mask = np.int64((1 << bits) - 1)
    for row in range(n):
        slot = (digest[row] ^ (digest[row] >> 17)) & mask
        while slots[slot] >= 0 and digest[slots[slot]] != digest[row]:
            slot = (slot + 1) & mask
        if slots[slot] < 0:
            slots[slot] = row
        first[row] = slots[slot]
    return first


@inner
def _push(row: int, need: int, marks: Any, stack: Any, depth: int) -> Any:
    if row >= 0 and marks[row] < need:
        marks[row] = need
        stack[depth] = row
        return depth + 1
    return depth


@njit(cache=True, nogil=True)
def roots(rows: Any, target: Any, first: Any, wanted: Any) -> Any:
    """Rows that stand for a record of their own: with a name, or a typedef of one without; behind
    them the typedefs of records that have a name.

    Written to ``wanted`` int64[:], each digest once, in order; the answer is how many of each.
    """
    counts = np.zeros(2, np.int64)
    for more in range(2):
        for row in range(target.size):
            if first[row] != row:
                continue
            tag = rows[TAG, row]
            found = False
            if _is_record(tag):
                found = more == 0 and rows[NAME, row] > 0 and rows[FLAGS, row] & 1 == 0
            elif tag == 0x16 and target[row] >= 0:
                to = target[row]
                found = _is_record(rows[TAG, to]) and (rows[NAME, to] > 0) == (more == 1)
                found = found and rows[FLAGS, to] & 1 == 0
            if found:
                wanted[counts[0] + counts[1]] = row
                counts[more] += 1
    return counts


@njit(cache=True, nogil=True)
def reach(rows: Any, scopes: Any, target: Any, first: Any, wanted: Any, marks: Any) -> None:
    """Marks, uint8[:], what is needed to build some rows: 2 whole, 1 for its name alone."""
    n = target.size
    stack = np.empty(2 * n + 1, np.int64)
    for index in range(wanted.size):
        depth = _push(wanted[index], 2, marks, stack, 0)
        while depth:
            depth -= 1
            row = stack[depth]
            tag = rows[TAG, row]
            depth = _push(scopes[row], 1, marks, stack, depth)
            if marks[row] < 2:
                continue
            to = first[target[row]] if target[row] >= 0 and not _is_record(tag) else -1
            if to >= 0:
                by_name = _is_pointer(tag) and _is_named(rows, to)
                depth = _push(to, 1 if by_name else 2, marks, stack, depth)
            part = row + 1
            while part < rows[LAST, row]:
                if _is_part(rows, part):
                    depth = _push(part, 2, marks, stack, depth)
                part = rows[LAST, part]
