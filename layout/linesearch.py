"""The compiled loops of `layout.affinity`: the cost of an order, local and exact search.

Positions and sizes in bits. Orders are int64[atoms], changed in place; a set of atoms is the bits
of an int64, so that there are 63 atoms at most. A key is int64[3]: cost and bytes, both summed over
the ABIs, and inversions; its bytes are NEVER for an order above a limit, or
with two runs of bit-fields side by side, see `layout.atoms`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

__all__ = ["NEVER", "Tables", "improve", "solve"]

# A cost or a size above all others.
NEVER = 1 << 62

# Atoms of the longest block that the local search moves as one: higher finds more, and each one
# more adds a quarter of the time.
LONGEST_BLOCK = 4

# For the hash of a state: 31 bits, and an odd factor of so many that spreads them.
LOW_BITS = (1 << 31) - 1
HASH_FACTOR = 0x5851F42D

# Columns of a state of the exact search.
PLACED, END, OPEN, COST, SWAPS, PARENT, ATOM = range(7)


class Tables(NamedTuple):
    """What the atoms ask for and what their neighbours cost, every array int64."""

    pieces: NDArray[np.int64]  # [rows, 5]: size, align, width or -1, snap, free, see layout.place
    rows: NDArray[np.int64]  # [abis, atoms, 2]: an atom's first row and the one behind its last
    bits: NDArray[np.int64]  # [abis, atoms]: what it fills at least
    aligns: NDArray[np.int64]  # [abis]: of the record
    lines: NDArray[np.int64]  # [abis]: of a cache line
    limits: NDArray[np.int64]  # [abis]: most bytes that the record may have
    masks: NDArray[np.int64]  # [operations]: the set of atoms that it touches
    weights: NDArray[np.int64]  # [operations]
    alone: NDArray[np.int64]  # [atoms]: what it costs on a line of its own
    loss: NDArray[np.int64]  # [atoms, atoms], symmetric: what two cost on one line
    partners: NDArray[np.int64]  # [atoms]: the set of those that it has a loss with
    joins: NDArray[np.int64]  # [atoms, 2]: opens with bit-fields, ends with them: 0 or 1
    earlier: NDArray[np.int64]  # [atoms]: the one before it that is its equal in all this, or -1


@register_jitable
def _up(value: int, multiple: int) -> int:
    return (value + multiple - 1) // multiple * multiple


@register_jitable
def _run(tables: Any, abi: int, atom: int, at: int) -> tuple[int, int]:
    """First and last bit of an atom: its pieces placed one behind the other."""
    pieces = tables.pieces
    start = -1
    for row in range(tables.rows[abi, atom, 0], tables.rows[abi, atom, 1]):
        size, align, width = pieces[row, 0], pieces[row, 1], pieces[row, 2]
        if width < 0:
            begin = _up(at, align)
            at = begin + size
        else:
            begin = at
            if width == 0 or (pieces[row, 4] == 0 and at % align + width > size):
                begin = _up(at, align)
            elif pieces[row, 3] > 0:
                begin = _up(at, pieces[row, 3])
            at = begin + width
        if start < 0 and at > begin:
            start = begin
    return (at if start < 0 else start), at


@register_jitable
def _extend(tables: Any, abi: int, atom: int, end: int, opened: int) -> tuple[int, int, int]:
    """Cost added, end and open set when ``atom`` follows what ends at ``end``.

    The open set holds the atoms with a bit on the line of the last bit before the end: only there
    can a following atom meet others.
    """
    line = tables.lines[abi]
    start, after = _run(tables, abi, atom, end)
    here = (end - 1) // line if end > 0 else -1
    last = (after - 1) // line if after > 0 else -1
    if after == start:  # it has no bits; the end that it moves leaves its line only to end one
        return 0, after, opened
    first, bit = start // line, 1 << atom
    if first != here:
        return tables.alone[atom] * (last - first + 1), after, bit
    added = 0
    for operation in range(tables.masks.shape[0]):
        mask = tables.masks[operation]
        if mask & bit and not mask & opened:
            added += tables.weights[operation]
    near, other = opened & tables.partners[atom], 0
    while near:
        if near & 1:
            added += tables.loss[atom, other]
        near >>= 1
        other += 1
    if last == here:
        return added, after, opened | bit
    return added + tables.alone[atom] * (last - here), after, bit


@register_jitable
def _measure(order: Any, key: Any, tables: Any, ceiling: int) -> None:
    cost, total = 0, 0
    for abi in range(tables.rows.shape[0]):
        end, opened = 0, 0
        for place in range(order.shape[0]):
            added, end, opened = _extend(tables, abi, order[place], end, opened)
            cost += added
            if cost > ceiling:
                key[0] = cost
                return
        size = _up(_up(end, 8), tables.aligns[abi]) // 8
        total = NEVER if size > tables.limits[abi] or total == NEVER else total + size
    for place in range(1, order.shape[0]):
        if tables.joins[order[place - 1], 1] and tables.joins[order[place], 0]:
            total = NEVER
    swaps = 0
    for early in range(order.shape[0]):
        for late in range(early + 1, order.shape[0]):
            if order[late] < order[early]:
                swaps += 1
    key[0], key[1], key[2] = cost, total, swaps


@register_jitable
def _change(order: Any, source: int, length: int, target: int, out: Any) -> None:
    """``out`` is ``order`` with the block of ``length`` atoms at ``source`` put in front of
    position ``target``, or for length 0 with the atoms at the two positions swapped."""
    count = order.shape[0]
    at = 0
    for place in range(count + 1):
        if length and place == target:
            for inner in range(length):
                out[at] = order[source + inner]
                at += 1
        if place < count and not source <= place < source + length:
            out[at] = order[place]
            at += 1
    if length == 0:
        out[source], out[target] = order[target], order[source]


@njit(cache=True, nogil=True)
def improve(order: Any, key: Any, movable: int, tables: Any) -> None:
    """Moves blocks of atoms and swaps pairs among the first ``movable`` while the key falls.

    ``order`` is within the limits and stays so; its key is written too. Each sweep tries all
    changes and takes every one that helps; it stops after a sweep without.
    """
    count = order.shape[0]
    trial = np.zeros(count, np.int64)
    new = np.zeros(3, np.int64)
    _measure(order, key, tables, NEVER)
    helped = True
    while helped:
        helped = False
        for length in range(LONGEST_BLOCK + 1):
            for source in range(movable - max(length, 1) + 1):
                for target in range(movable + (1 if length else 0)):
                    if target <= source + length and (length == 0 or source <= target):
                        continue
                    _change(order, source, length, target, trial)
                    _measure(trial, new, tables, key[0])
                    if new[0] > key[0] or new[1] == NEVER or not _less(new, key):
                        continue
                    for at in range(3):
                        key[at] = new[at]
                    for at in range(count):
                        order[at] = trial[at]
                    helped = True


@register_jitable
def _less(new: Any, old: Any) -> bool:
    """Whether a key of cost, bytes and inversions comes before another one."""
    for at in range(3):
        if new[at] != old[at]:
            return bool(new[at] < old[at])
    return False


@register_jitable
def _hash(placed: int, end: int, opened: int, bits: int) -> int:
    """A slot of a table of ``1 << bits``; no product here exceeds 63 bits."""
    value = (placed ^ placed >> 31) & LOW_BITS
    for part in (end, opened, opened >> 31):
        value = (value ^ value >> 15) * HASH_FACTOR + (part & LOW_BITS) & LOW_BITS
    value = (value ^ value >> 15) * HASH_FACTOR & LOW_BITS
    return value >> (31 - bits)


@register_jitable
def _ahead(tables: Any, placed: int, end: int, opened: int) -> tuple[int, int]:
    """A bound of what the atoms still to come cost on the first ABI, and which atoms matter to it.

    What is left of an operation's members fills at least so many lines beyond the open one; they
    cost it nothing on the open line when it is charged there already. An atom of the open set
    matters while an operation that touches it, or a partner, is still to come.
    """
    line = tables.lines[0]
    free = -end % line
    bound, live = 0, 0
    for operation in range(tables.masks.shape[0]):
        mask = tables.masks[operation]
        rest, left, atom = mask & ~placed, 0, 0
        if rest == 0:
            continue
        live |= mask
        while rest:
            if rest & 1:
                left += tables.bits[0, atom]
            rest >>= 1
            atom += 1
        if mask & opened:
            left = max(left - free, 0)
        bound += tables.weights[operation] * ((left + line - 1) // line)
    for atom in range(tables.partners.shape[0]):
        if tables.partners[atom] & ~placed:
            live |= 1 << atom
    return bound, live


@njit(cache=True, nogil=True)
def solve(  # noqa: PLR0912, PLR0915 - a search loop stays whole
    order: Any, movable: int, ceiling: int, most: int, tables: Any
) -> bool:
    """Writes the order of the least key among those of the first ``movable`` atoms, on one ABI.

    ``ceiling`` is the cost of a known order: states that cannot end at or below it are dropped. One
    layer per number of atoms placed; a state is (atoms placed, end, open set), kept with its least
    (cost, inversions); END holds twice the end, plus one behind a bit-field. Of atoms that are each
    other's equals the author's first goes first. False when there are more than ``most`` states;
    ``order`` is then as it was.
    """
    count = order.shape[0]
    bits = 1
    while (1 << bits) < 2 * most:
        bits += 1
    slots = (1 << bits) - 1
    table = np.zeros(1 << bits, np.int64)  # of the layer's states, 0 for none
    states = np.zeros((4096, 7), np.int64)
    first, last, used = 0, 1, 1
    for _ in range(movable):
        for slot in range(slots + 1):
            table[slot] = 0
        for state in range(first, last):
            mask = states[state, PLACED]
            left = 0
            for atom in range(count):
                if not mask >> atom & 1:
                    left += tables.bits[0, atom]
            for atom in range(movable):
                before = tables.earlier[atom]
                if mask >> atom & 1 or (before >= 0 and not mask >> before & 1):
                    continue
                if states[state, END] & 1 and tables.joins[atom, 0]:
                    continue
                added, end, opened = _extend(
                    tables, 0, atom, states[state, END] >> 1, states[state, OPEN]
                )
                least = _up(_up(end + left - tables.bits[0, atom], 8), tables.aligns[0])
                if least > tables.limits[0] * 8:
                    continue
                key = mask | 1 << atom
                bound, live = _ahead(tables, key, end, opened)
                total = states[state, COST] + added
                if total + bound > ceiling:
                    continue
                opened &= live
                place = 2 * end + tables.joins[atom, 1]
                turned = states[state, SWAPS]
                for other in range(atom + 1, movable):
                    turned += mask >> other & 1
                slot = _hash(key, place, opened, bits)
                at = table[slot]
                while at > 0 and (
                    states[at, PLACED] != key
                    or states[at, END] != place
                    or states[at, OPEN] != opened
                ):
                    slot = (slot + 1) & slots
                    at = table[slot]
                if at == 0:
                    if used == most:
                        return False
                    if used == states.shape[0]:
                        states = _grown(states)
                    at = used
                    table[slot] = at
                    used += 1
                    states[at, PLACED], states[at, END], states[at, OPEN] = key, place, opened
                elif states[at, COST] < total or (
                    states[at, COST] == total and states[at, SWAPS] <= turned
                ):
                    continue
                states[at, COST], states[at, SWAPS] = total, turned
                states[at, PARENT], states[at, ATOM] = state, atom
        first, last = last, used
    best = np.zeros(3, np.int64)
    final = np.zeros(3, np.int64)
    best[0] = NEVER
    found = -1
    for state in range(first, last):
        end = states[state, END] >> 1
        final[0], final[2] = states[state, COST], states[state, SWAPS]
        if movable < count:
            added, end, _ = _extend(tables, 0, movable, end, states[state, OPEN])
            final[0] += added
        final[1] = _up(_up(end, 8), tables.aligns[0]) // 8
        if final[1] <= tables.limits[0] and _less(final, best):
            for at in range(3):
                best[at] = final[at]
            found = state
    if found < 0:
        return False
    for place in range(movable - 1, -1, -1):
        order[place] = states[found, ATOM]
        found = states[found, PARENT]
    return True


@register_jitable
def _grown(states: Any) -> Any:
    out = np.zeros((2 * states.shape[0], states.shape[1]), np.int64)
    for row in range(states.shape[0]):
        for column in range(states.shape[1]):
            out[row, column] = states[row, column]
    return out
