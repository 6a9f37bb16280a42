"""The compiled exact search of `layout.affinity`: dynamic programming over all orders, on one ABI.

What follows a partial order depends on the set of atoms placed, its end, and on how far back each
operation has touched the record last, and each atom with a loss lies: by `layout.costs` a granule
that is P or more back costs the next one what none before would. So a state is (set, end, nearness
of each operation, nearness of each atom), nearness being the places of the P at which the end's
granule lies on the line of the last touch: 0 to P. Only operations and atoms that what is still to
come has to do with count.

One layer per number of atoms placed. Of two states with the same set and end the one is dropped
when it costs no less than the other even if that one paid for all its lesser nearness: each place
less may cost the next touch one line more at that place, and never anything else. So too when no
completion can end below the cost of a known order (`_ahead`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numba.extending import register_jitable

from layout.linesearch import ARRAY, BYTE, NEVER, POINTER, bits_of, divisor, less, span, up

__all__ = ["FOUND", "NONE", "TOO_MANY", "solve"]

# What `solve` answers.
FOUND, NONE, TOO_MANY = 1, 0, -1

# For the hash of a state: 31 bits, and an odd factor of so many that spreads them.
LOW_BITS = (1 << 31) - 1
HASH_FACTOR = 0x5851F42D

# States of the same set and end that a new one is compared with: more drop more and take longer.
LONGEST_CHAIN = 12

# Columns of a state. END holds twice the end, plus one behind a bit-field.
PLACED, END, COST, SWAPS, PARENT, ATOM, CHAIN = range(7)


@register_jitable
def _slot(table: Any, states: Any, placed: int, end: int) -> int:
    """Where a table of states by set and end has them, or the free slot for them."""
    slots = table.shape[0] - 1
    value = (placed ^ placed >> 31) & LOW_BITS
    value = (value ^ value >> 15) * HASH_FACTOR + (end & LOW_BITS) & LOW_BITS
    value = (value ^ value >> 15) * HASH_FACTOR & LOW_BITS
    slot = (value ^ value >> 13) & slots
    while table[slot] and (
        states[table[slot], PLACED] != placed or states[table[slot], END] != end
    ):
        slot = (slot + 1) & slots
    return int(slot)


@register_jitable
def _grown(array: Any) -> Any:
    out = np.zeros((2 * array.shape[0], array.shape[1]), array.dtype)
    out[: array.shape[0]] = array
    return out


@register_jitable
def _follow(
    tables: Any, atom: int, at: int, old: Any, new: Any, shift: int, places: int
) -> tuple[int, int]:
    """Cost added and end when an atom follows what ends at ``at``; NEVER for an end not allowed.

    ``old`` is the nearness of operations, then atoms; ``new`` gets that at the new end."""
    start, first, stop, end = span(tables, 0, atom, at)
    wanted = tables.starts[0, atom]
    if wanted >= 0 and wanted != start:
        return 0, NEVER
    here, after = at >> shift, end >> shift
    for part in range(old.shape[0]):
        new[part] = max(0, old[part] + here - after)
    if tables.bits[0, atom] == 0:
        return 0, end
    operations = tables.weights.shape[0]
    row, last = first >> shift, stop - 1 >> shift
    near = max(0, places + last - after)
    cost = tables.heat[atom] * (last + places)
    for use in range(tables.uses[atom], tables.uses[atom + 1]):
        operation = tables.used[use]
        gap = row - here + places - old[operation]
        cost += tables.weights[operation] * (min(places, gap) + last - row)
        new[operation] = near
    if tables.shares[atom]:
        for other in range(tables.shares.shape[0]):
            both = old[operations + other] + here - row
            if both > 0:
                cost += tables.loss[atom, other] * both
        new[operations + atom] = near
    return cost, end


@register_jitable
def _scan(tables: Any, placed: int, atom: int, at: int) -> int:
    """Bytes up to the last pointer when the atom, from ``at`` on, is the last one with any."""
    if tables.scanned[0, atom] == 0:
        return 0
    for other in range(tables.shares.shape[0]):
        if other != atom and tables.scanned[0, other] and not placed >> other & 1:
            return 0
    start, _, _, _ = span(tables, 0, atom, at)
    return int((start >> 3) + tables.scanned[0, atom])


@register_jitable
def _unparted(
    tables: Any, placed: int, atom: int, rest: int, end: int, near: Any, shift: int, places: int
) -> int:
    """What an atom pays at least for sharing with those of ``rest``, which are still to come."""
    count, operations = tables.shares.shape[0], tables.weights.shape[0]
    limit, after, cost = tables.limits[0] * 8, end >> shift, 0
    own = tables.bits[0, atom]
    for other in range(count):
        size = tables.bits[0, other]
        if not rest >> other & 1 or size == 0:
            continue
        # The other one starts at most here, if nothing comes behind it.
        most = limit - size >> shift
        price = tables.loss[atom, other]
        if placed >> atom & 1:
            cost += price * max(0, near[operations + atom] + after - most)
        elif other > atom and own:
            # Either may come first, the other then at the very end.
            most = max(
                most - (end + own - 1 >> shift),
                (limit - own >> shift) - (end + size - 1 >> shift),
            )
            cost += price * max(0, places - most)
    return cost


@register_jitable
def _ahead(
    tables: Any, sets: Any, placed: int, end: int, rests: Any, near: Any, shift: int, places: int
) -> int:
    """A bound of what the atoms still to come cost; clears the nearness that means nothing to it.

    What is left of an operation's atoms fills granules: in one stretch from its last touch on, or
    behind a gap of a line, when it pays for a new line at every place. Atoms that share with others
    pay at least for the places that no order within the limit keeps apart. ``sets`` are those of
    atoms that each operation uses and, behind them, that each atom shares with; ``rests`` the bits
    that each operation has still to come."""
    count, operations = tables.shares.shape[0], tables.weights.shape[0]
    after = end >> shift
    end &= -8  # Go's mark of a member without size, a bit, may yet go
    bound, filled, pointers, tail = 0, 0, 0, 0
    for operation in range(operations):
        left = rests[operation]
        if left == 0:
            near[operation] = 0
            continue
        least = places + (left - 1 >> shift)
        if near[operation]:
            last = after - (places - near[operation])
            least = min(least, (end + left - 1 >> shift) - last)
        bound += tables.weights[operation] * least
    for atom in range(count):
        if placed >> atom & 1:
            continue
        bits = tables.bits[0, atom]
        filled += bits
        if bits:
            bound += tables.heat[atom] * ((end + bits - 1 >> shift) + places)
        if tables.scanned[0, atom]:
            pointers += bits >> 3
            tail = max(tail, (bits >> 3) - tables.scanned[0, atom])
    if pointers:
        bound += tables.options[POINTER] * places * (end // 8 + pointers - tail)
    size = up(end + filled, tables.records[0]) >> 3
    bound += tables.options[BYTE] * places * size
    limit = tables.limits[0] * 8
    close = (limit >> shift) - after < 2 * places
    for atom in range(count):
        rest = sets[operations + atom] & ~placed
        if rest == 0:
            near[operations + atom] = 0
        elif close:
            bound += _unparted(tables, placed, atom, rest, end, near, shift, places)
    return int(bound)


@register_jitable
def _useless(
    tables: Any, states: Any, nearness: Any, head: int, new: Any, total: int, turned: int,
    owed: Any, atom: int,
) -> bool:  # fmt: skip
    """Whether a state of the chain is no worse than a new one, which ends with ``atom``; those that
    are worse are dropped. ``owed`` is what each atom's losses are before that one is placed."""
    operations = tables.weights.shape[0]
    at, steps = head, 0
    while at > 0 and steps < LONGEST_CHAIN:
        steps += 1
        if states[at, COST] < NEVER:
            less_near, more_near = 0, 0
            for part in range(new.shape[0]):
                more = int(new[part]) - int(nearness[at, part])
                if more == 0:
                    continue
                if part < operations:
                    price = tables.weights[part]
                else:
                    price = owed[part - operations] - tables.loss[part - operations, atom]
                # A lost nearness costs an operation a new line; a kept one costs an atom a loss.
                if (more > 0) == (part < operations):
                    less_near += abs(more) * price
                else:
                    more_near += abs(more) * price
            other, swaps = states[at, COST], states[at, SWAPS]
            if other + less_near < total or (other + less_near == total and swaps <= turned):
                return True
            if total + more_near < other or (total + more_near == other and turned <= swaps):
                states[at, COST] = NEVER
        at = states[at, CHAIN]
    return False


@register_jitable
def _may_follow(tables: Any, placed: int, atom: int, level: int) -> bool:
    """Whether the rules let an atom follow that set, at a place of that level."""
    if tables.levels[atom] != level:
        return False
    for pair in range(tables.before.shape[0]):
        if tables.before[pair, 1] == atom and not placed >> tables.before[pair, 0] & 1:
            return False
    for group in range(tables.groups.shape[0]):
        if tables.groups[group, atom]:
            continue
        begun, whole = False, True
        for other in range(tables.groups.shape[1]):
            if tables.groups[group, other]:
                begun = begun or placed >> other & 1 == 1
                whole = whole and placed >> other & 1 == 1
        if begun and not whole:
            return False
    return True


@njit(cache=True, nogil=True)
def solve(  # noqa: PLR0912, PLR0915 - a search loop stays whole
    order: Any, key: Any, movable: int, ceiling: int, most: int, step: int, tables: Any
) -> int:
    """Writes the order of the least key (cost, bytes, inversions; for the first ABI) of the first
    ``movable`` atoms for records that start at multiples of ``step`` within a line.

    ``ceiling`` is the cost of a known order, in units of this step: states that cannot end at or
    below it are dropped. In an array only orders whose size asks for this very step count. FOUND,
    NONE, or TOO_MANY when there are more than ``most`` states; ``order`` is then as it was.
    """
    count, operations = order.shape[0], tables.weights.shape[0]
    shift = bits_of(step)
    places = tables.lines[0] >> shift
    parts = operations + count
    levels = np.sort(tables.levels)
    sets = np.zeros(parts, np.int64)
    for atom in range(count):
        for use in range(tables.uses[atom], tables.uses[atom + 1]):
            sets[tables.used[use]] |= 1 << atom
        for other in range(count):
            if tables.loss[atom, other]:
                sets[operations + atom] |= 1 << other
    states = np.zeros((4096, 7), np.int64)
    nearness = np.zeros((4096, parts), np.uint8)
    old, new, owed = np.zeros(parts, np.int64), np.zeros(parts, np.int64), np.zeros(count, np.int64)
    rests = np.zeros(operations, np.int64)
    table = np.zeros(1 << 12, np.int64)
    first, last, used, keys = 0, 1, 1, 0
    for depth in range(movable):
        table[:] = 0
        keys = 0
        for state in range(first, last):
            if states[state, COST] == NEVER:
                continue
            mask, at = states[state, PLACED], states[state, END] >> 1
            left = 0
            rests[:] = 0
            owed[:] = 0
            for atom in range(count):
                if mask >> atom & 1:
                    continue
                left += tables.bits[0, atom]
                for use in range(tables.uses[atom], tables.uses[atom + 1]):
                    rests[tables.used[use]] += tables.bits[0, atom]
                if tables.shares[atom]:
                    for other in range(count):
                        owed[other] += tables.loss[other, atom]
            for atom in range(movable):
                before = tables.earlier[atom]
                if mask >> atom & 1 or (before >= 0 and not mask >> before & 1):
                    continue
                if states[state, END] & 1 and tables.joins[atom, 0]:
                    continue
                if not _may_follow(tables, mask, atom, levels[depth]):
                    continue
                for part in range(parts):
                    old[part] = nearness[state, part]
                added, end = _follow(tables, atom, at, old, new, shift, places)
                if (
                    end == NEVER
                    or up((end & -8) + left - tables.bits[0, atom], tables.records[0])
                    > tables.limits[0] * 8
                ):
                    continue
                if tables.options[POINTER]:
                    added += tables.options[POINTER] * places * _scan(tables, mask, atom, at)
                placed = mask | 1 << atom
                total = states[state, COST] + added
                for use in range(tables.uses[atom], tables.uses[atom + 1]):
                    rests[tables.used[use]] -= tables.bits[0, atom]
                ahead = _ahead(tables, sets, placed, end, rests, new, shift, places)
                for use in range(tables.uses[atom], tables.uses[atom + 1]):
                    rests[tables.used[use]] += tables.bits[0, atom]
                if total + ahead > ceiling:
                    continue
                turned = states[state, SWAPS]
                for other in range(atom + 1, movable):
                    turned += mask >> other & 1
                place = 2 * end + tables.joins[atom, 1]
                slot = _slot(table, states, placed, place)
                if _useless(tables, states, nearness, table[slot], new, total, turned, owed, atom):
                    continue
                if used == most:
                    return TOO_MANY
                if used == states.shape[0]:
                    states, nearness = _grown(states), _grown(nearness)
                keys += table[slot] == 0
                states[used, PLACED], states[used, END] = placed, place
                states[used, COST], states[used, SWAPS] = total, turned
                states[used, PARENT], states[used, ATOM] = state, atom
                states[used, CHAIN] = table[slot]
                for part in range(parts):
                    nearness[used, part] = new[part]
                table[slot] = used
                used += 1
                if 2 * keys > table.shape[0]:
                    table = _rehashed(table, states)
        first, last = last, used
    best, final = np.zeros(3, np.int64), np.zeros(3, np.int64)
    best[0] = NEVER
    found = -1
    for state in range(first, last):
        if states[state, COST] == NEVER:
            continue
        at = states[state, END] >> 1
        final[0], final[2] = states[state, COST], states[state, SWAPS]
        if movable < count:
            for part in range(parts):
                old[part] = nearness[state, part]
            added, end = _follow(tables, movable, at, old, new, shift, places)
            if end == NEVER:
                continue
            scan = _scan(tables, states[state, PLACED], movable, at)
            final[0] += added + tables.options[POINTER] * places * scan
            at = end
        size = up(at, tables.records[0])
        if tables.options[ARRAY] and divisor(tables.steps[0], size) != step:
            continue
        final[1] = size >> 3
        final[0] += tables.options[BYTE] * places * final[1]
        if final[1] <= tables.limits[0] and less(final, best):
            best[:] = final
            found = state
    if found < 0:
        return NONE
    key[:] = best
    for place in range(movable - 1, -1, -1):
        order[place] = states[found, ATOM]
        found = states[found, PARENT]
    return FOUND


@register_jitable
def _rehashed(table: Any, states: Any) -> Any:
    out = np.zeros(2 * table.shape[0], np.int64)
    for head in table:
        if head:
            out[_slot(out, states, states[head, PLACED], states[head, END])] = head
    return out
