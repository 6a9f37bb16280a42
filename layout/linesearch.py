"""The compiled loops of `layout.affinity`: the cost of an order, and the local search.

Positions and sizes in bits unless said otherwise. Orders are int64[atoms], changed in place. A key
is int64[5]: the cost over the ABIs and, to part equals, the sum of costs, the size over the ABIs,
the sum of sizes, and the inversions. Over the ABIs means the largest, or the sum for the mean. A
key's size is NEVER for an order that is above a limit or not allowed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

__all__ = ["KEY", "NEVER", "Tables", "improve", "try_all"]

# A cost or a size above all others.
NEVER = 1 << 62

# Numbers of a key.
KEY = 5

# Atoms of the longest block that the local search moves as one: higher finds more, and each one
# more adds a quarter of the time.
LONGEST_BLOCK = 4


class Tables(NamedTuple):
    """What the atoms ask for and what their neighbours cost, every array int64."""

    aligns: NDArray[np.int64]  # [abis, atoms]
    bits: NDArray[np.int64]  # [abis, atoms]: what it fills, and its length where slot < 0
    slots: NDArray[np.int64]  # [abis, atoms]: its first row of ``spans``, -1 for a plain member
    spans: NDArray[np.int64]  # [rows, 4]: by the place within ``aligns``: start, first bit used,
    # behind the last bit used, end; all from the place on
    records: NDArray[np.int64]  # [abis]: alignment of the record
    lines: NDArray[np.int64]  # [abis]: of a cache line
    steps: NDArray[np.int64]  # [abis]: between the places of a line where a record may start
    limits: NDArray[np.int64]  # [abis]: most bytes that the record may have
    scanned: NDArray[np.int64]  # [abis, atoms]: of it, up to the last pointer, 0 for none
    starts: NDArray[np.int64]  # [abis, atoms]: the first bit that it must have, or -1
    uses: NDArray[np.int64]  # [atoms + 1]: where an atom's operations begin in ``used``
    used: NDArray[np.int64]  # [...]: operations
    weights: NDArray[np.int64]  # [operations]: price of a line
    loss: NDArray[np.int64]  # [atoms, atoms], symmetric: price of a line that two share
    shares: NDArray[np.int64]  # [atoms]: whether it has a loss with any
    heat: NDArray[np.int64]  # [atoms]: price of a line that it is further from the start
    levels: NDArray[np.int64]  # [atoms]: those of a lower level come first
    before: NDArray[np.int64]  # [pairs, 2]: the one stands before the other
    groups: NDArray[np.int64]  # [groups, atoms]: 1 for those that stand side by side
    joins: NDArray[np.int64]  # [atoms, 2]: opens with bit-fields, ends with them: 0 or 1
    earlier: NDArray[np.int64]  # [atoms]: the one before it that is its equal in all this, or -1
    options: NDArray[np.int64]  # price of a byte, of a scanned byte, places that costs are for,
    # 1 for arrays, 1 where the worst ABI counts


# Columns of ``Tables.options``.
BYTE, POINTER, PLACES, ARRAY, WORST = range(5)


@register_jitable
def up(value: int, multiple: int) -> int:
    """The next multiple; of a power of two, as all alignments are: no division."""
    return (value + multiple - 1) & -multiple


@register_jitable
def bits_of(power: int) -> int:
    """By how much to shift instead of dividing by a power of two."""
    bits = 0
    while power >> bits > 1:
        bits += 1
    return bits


@register_jitable
def divisor(one: int, other: int) -> int:
    """The greatest one of both, the first a power of two."""
    return min(one, other & -other)


@register_jitable
def span(tables: Any, abi: int, atom: int, at: int) -> tuple[int, int, int, int]:
    """Start, first bit used, behind the last one used, and end of an atom placed from ``at`` on."""
    align = tables.aligns[abi, atom]
    slot = tables.slots[abi, atom]
    if slot < 0:
        start = up(at, align)
        end = start + tables.bits[abi, atom]
        return start, start, end, end
    row = slot + (at & align - 1)
    spans = tables.spans
    return at + spans[row, 0], at + spans[row, 1], at + spans[row, 2], at + spans[row, 3]


@register_jitable
def _price(order: Any, tables: Any, abi: int, ceiling: int, rows: Any) -> tuple[int, int]:
    """Cost and bytes on one ABI; bytes NEVER when not allowed, cost alone when above the ceiling.

    ``rows`` are scratch: int64[atoms + operations, 2]."""
    count = order.shape[0]
    at, pointers = 0, 0
    for place in range(count):
        atom = order[place]
        start, first, stop, end = span(tables, abi, atom, at)
        wanted = tables.starts[abi, atom]
        if wanted >= 0 and wanted != start:
            return 0, NEVER
        rows[place, 0], rows[place, 1], at = first, stop, end
        if tables.scanned[abi, atom]:
            pointers = (start >> 3) + tables.scanned[abi, atom]
    size = up(at, tables.records[abi]) >> 3
    if size > tables.limits[abi]:
        return 0, NEVER
    line, step = tables.lines[abi], tables.steps[abi]
    if tables.options[ARRAY]:
        step = divisor(step, size * 8)
    shift = bits_of(step)
    places = line >> shift
    factor = tables.options[PLACES] // places
    most = ceiling // factor
    cost = (tables.options[BYTE] * size + tables.options[POINTER] * pointers) * places
    for operation in range(tables.weights.shape[0]):
        rows[count + operation, 0] = -places
    for place in range(count):
        atom = order[place]
        if tables.bits[abi, atom] == 0:
            rows[place, 1] = -1
            continue
        first, last = rows[place, 0] >> shift, rows[place, 1] - 1 >> shift
        rows[place, 1] = last
        cost += tables.heat[atom] * (last + places)
        for use in range(tables.uses[atom], tables.uses[atom + 1]):
            operation = tables.used[use]
            new = min(places, first - rows[count + operation, 0]) + last - first
            cost += tables.weights[operation] * new
            rows[count + operation, 0] = last
        if tables.shares[atom]:
            for back in range(place - 1, -1, -1):
                near = rows[back, 1]
                if near < 0:
                    continue
                if first - near >= places:
                    break
                cost += tables.loss[atom, order[back]] * (places + near - first)
        if cost > most:
            return cost * factor, size
    return cost * factor, size


@register_jitable
def _allowed(order: Any, tables: Any, at: Any) -> bool:
    """Whether an order keeps levels, pairs, groups, and runs of bit-fields apart."""
    count = order.shape[0]
    for place in range(count):
        at[order[place]] = place
        if place:
            early, late = order[place - 1], order[place]
            if tables.joins[early, 1] and tables.joins[late, 0]:
                return False
            if tables.levels[late] < tables.levels[early]:
                return False
    for pair in range(tables.before.shape[0]):
        if at[tables.before[pair, 0]] > at[tables.before[pair, 1]]:
            return False
    for group in range(tables.groups.shape[0]):
        low, high, members = count, -1, 0
        for atom in range(count):
            if tables.groups[group, atom]:
                low, high, members = min(low, at[atom]), max(high, at[atom]), members + 1
        if high - low >= members:
            return False
    return True


@register_jitable
def _measure(order: Any, key: Any, tables: Any, ceiling: int, rows: Any, at: Any) -> None:
    for part in range(KEY):
        key[part] = 0
    if not _allowed(order, tables, at):
        key[2] = NEVER
        return
    worst = tables.options[WORST]
    for abi in range(tables.lines.shape[0]):
        cost, size = _price(order, tables, abi, ceiling, rows)
        if size == NEVER:
            key[2] = NEVER
            return
        key[1] += cost
        key[3] += size
        key[0] = max(key[0], cost) if worst else key[1]
        key[2] = max(key[2], size) if worst else key[3]
        if key[0] > ceiling:
            return
    for early in range(order.shape[0]):
        for late in range(early + 1, order.shape[0]):
            if order[late] < order[early]:
                key[4] += 1


@register_jitable
def change(order: Any, source: int, length: int, target: int, out: Any) -> None:
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
def improve(order: Any, key: Any, movable: int, tables: Any, tries: int) -> None:
    """Moves blocks of atoms and swaps pairs among the first ``movable`` while the key falls.

    ``order`` is allowed and stays so; its key is written too. Each sweep tries all changes and
    takes every one that helps; it stops after a sweep without, or after so many ``tries``.
    """
    count = order.shape[0]
    trial, at = np.zeros(count, np.int64), np.zeros(count, np.int64)
    new = np.zeros(KEY, np.int64)
    rows = np.zeros((count + tables.weights.shape[0], 2), np.int64)
    _measure(order, key, tables, NEVER, rows, at)
    helped = True
    while helped:
        helped = False
        for length in range(LONGEST_BLOCK + 1):
            for source in range(movable - max(length, 1) + 1):
                for target in range(movable + (1 if length else 0)):
                    if target <= source + length and (length == 0 or source <= target):
                        continue
                    tries -= 1
                    if tries < 0:
                        return
                    change(order, source, length, target, trial)
                    _measure(trial, new, tables, key[0], rows, at)
                    if new[0] > key[0] or new[2] == NEVER or not less(new, key):
                        continue
                    for part in range(KEY):
                        key[part] = new[part]
                    for place in range(count):
                        order[place] = trial[place]
                    helped = True


@njit(cache=True, nogil=True)
def try_all(order: Any, key: Any, movable: int, tables: Any) -> None:
    """Writes the order of the least key of all those of the first ``movable`` atoms, and the key.

    In the order of Knuth's algorithm L (The Art of Computer Programming 4A, 7.2.1.2)."""
    count = order.shape[0]
    trial, at = np.arange(count), np.zeros(count, np.int64)
    new = np.zeros(KEY, np.int64)
    rows = np.zeros((count + tables.weights.shape[0], 2), np.int64)
    key[:] = NEVER
    while True:
        _measure(trial, new, tables, key[0], rows, at)
        if new[0] <= key[0] and new[2] != NEVER and less(new, key):
            key[:] = new
            order[:] = trial
        low = movable - 2
        while low >= 0 and trial[low] > trial[low + 1]:
            low -= 1
        if low < 0:
            return
        high = movable - 1
        while trial[high] < trial[low]:
            high -= 1
        trial[low], trial[high] = trial[high], trial[low]
        trial[low + 1 : movable] = trial[low + 1 : movable][::-1].copy()


@register_jitable
def less(new: Any, old: Any) -> bool:
    """Whether a key comes before another one."""
    for at in range(new.shape[0]):
        if new[at] != old[at]:
            return bool(new[at] < old[at])
    return False
