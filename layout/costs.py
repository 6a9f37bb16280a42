"""What an order costs, by definition: prices and a profile over the spans of a record's members.

A record starts on a cache line at one of several places, all alike often: at the multiples of its
base alignment within the line, or, when records lie side by side in an array, at those of the
greatest common divisor of that, the record's size and the line. With this distance ``g`` between
the places there are ``P`` = line / g of them, and sums over all of them need no loop. Let a granule
be ``g`` bytes:

- what lies from granule a to granule b touches P + (b - a) lines, over the P places;
- of what lies beyond a gap, from granule b to granule c, min(P, c - b) places have a line's start
  in between, where a new line begins;
- so P - (c - b) places, if any, have both on one line.

The cost over the P places is divided by P, and over ABIs with unlike P made comparable before, by
one factor. Costs are integers: the prices are scaled once and rounded, so that no
comparison depends on the order of a sum.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layout.constraints import names_of
from layout.errors import LayoutError
from layout.goals import Weights
from layout.model import Field, Record
from layout.profile import AccessProfile, Operation

__all__ = ["Costs", "Span", "costs_of", "granule", "total"]

# The sum of all scaled prices is about this where they are no whole numbers: rounding then changes
# a cost by less than a millionth, and no sum exceeds 63 bits.
SCALE = 1 << 30

# A member's first bit and the bit behind its last one; equal for one without bits.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Costs:
    """Prices and a profile over members, in whole numbers."""

    masks: tuple[tuple[int, ...], ...]  # the members that an operation uses
    weights: tuple[int, ...]  # price of one line for each operation
    loss: NDArray[np.int64]  # [members, members], symmetric: price of a line that two share
    heat: tuple[int, ...]  # [members]: price of a line that it is further from the start
    byte: int
    pointer: int
    scale: float  # a price here for one of the caller's


def granule(line: int, align: int, base: int, size: int | None) -> int:
    """Bits between the places of a line where a record may start; ``size`` of one in an array.

    ``line``, ``align`` (of the record) and ``base`` (of its allocation) in bits, powers of two.
    """
    step = min(line, max(align, base))
    return step if size is None else math.gcd(step, size)


def costs_of(
    record: Record,
    members: Sequence[Sequence[Field]],
    profile: AccessProfile,
    prices: Weights,
) -> Costs:
    """The profile over ``members``, which move as one each. Raises LayoutError for names that the
    record has not."""
    _check(record, profile)
    operations = [operation for operation in profile.operations if operation.touches]
    scale = _scale(operations, prices)
    names = [frozenset(name for field in fields for name in names_of(field)) for fields in members]
    masks: dict[tuple[int, ...], float] = {}
    heat = [0.0] * len(members)
    for operation in operations:
        used = tuple(at for at, own in enumerate(names) if own & operation.touches)
        masks[used] = masks.get(used, 0.0) + operation.weight
        for at in used:
            heat[at] += operation.weight
    if not prices.lines:
        masks = {}
    return Costs(
        masks=tuple(masks),
        weights=tuple(round(weight * prices.lines * scale) for weight in masks.values()),
        loss=_losses(names, operations, prices.sharing * scale),
        heat=tuple(round(each * prices.hot * scale) for each in heat),
        byte=round(prices.bytes * scale),
        pointer=round(prices.pointers * scale),
        scale=scale,
    )


def _check(record: Record, profile: AccessProfile) -> None:
    names = {name for field in record.fields for name in names_of(field)}
    for operation in profile.operations:
        for name in sorted(operation.touches - names):
            fault = f"operation {operation.name} uses '{name[:80]}', no member of {record.name}"
            raise LayoutError(f"{record.place}: {fault}; name top-level members")


def _scale(operations: Sequence[Operation], prices: Weights) -> float:
    weight = sum(operation.weight for operation in operations)
    used = max(prices.lines, prices.sharing, prices.hot) * weight + prices.bytes + prices.pointers
    each = [price for price in prices.prices().values() if price]
    whole = all(float(price).is_integer() for price in each) and all(
        float(operation.weight).is_integer() for operation in operations
    )
    return 1.0 if not used or (whole and used <= SCALE) else SCALE / used


def _losses(
    names: Sequence[frozenset[str]], operations: Sequence[Operation], price: float
) -> NDArray[np.int64]:
    """What two members cost on one line: for each pair of operations that may run on different
    threads the smaller weight, see `layout.affinity`."""
    loss = np.zeros((len(names), len(names)), np.int64)
    if not price:
        return loss
    uses = [_uses(names, operation) for operation in operations]
    for first, one in enumerate(operations):
        for second in range(first + 1, len(operations)):
            other = operations[second]
            if one.thread is not None and one.thread == other.thread:
                continue
            amount = round(min(one.weight, other.weight) * price)
            for f, g in _falsely(uses[first], uses[second]):
                loss[f, g] += amount
                loss[g, f] += amount
    return loss


def _uses(names: Sequence[frozenset[str]], operation: Operation) -> tuple[set[int], set[int]]:
    """The members that it touches, and those that it writes."""
    touched = {at for at, own in enumerate(names) if own & operation.touches}
    return touched, {at for at in touched if names[at] & operation.writes}


def _falsely(
    one: tuple[set[int], set[int]], other: tuple[set[int], set[int]]
) -> set[tuple[int, int]]:
    """The pairs of members by which two operations share a line falsely."""
    (used, written), (others, others_written) = one, other
    true = used & others & (written | others_written)
    return {
        (min(f, g), max(f, g))
        for f in used - true
        for g in others - true
        if f != g and (f in written or g in others_written)
    }


def total(
    costs: Costs, spans: Sequence[Span], step: int, places: int, size: int, scanned: int
) -> int:
    """The cost over all ``places`` of a record, from the definition above; spans may overlap.

    ``step`` is the granule in bits; ``size`` and ``scanned`` (what a collector reads) in bytes.
    """
    rows = [(start // step, (stop - 1) // step) for start, stop in spans]
    full = [stop > start for start, stop in spans]
    cost = (costs.byte * size + costs.pointer * scanned) * places
    for mask, weight in zip(costs.masks, costs.weights, strict=True):
        cost += weight * _touched(sorted(rows[at] for at in mask if full[at]), places)
    for at, price in enumerate(costs.heat):
        cost += price * (rows[at][1] + places) if full[at] else 0
    for f, g in zip(*np.nonzero(np.triu(costs.loss)), strict=True):
        if full[f] and full[g]:
            low, high = max(rows[f][0], rows[g][0]), min(rows[f][1], rows[g][1])
            cost += int(costs.loss[f, g]) * max(0, places + high - low)
    return cost


def _touched(rows: Sequence[tuple[int, int]], places: int) -> int:
    """Lines that spans of granules touch, over all places."""
    lines, seen = 0, -places
    for first, last in rows:
        if last > seen:  # where it overlaps what was seen, the minimum takes that off again
            lines += min(places, first - seen) + last - first
            seen = last
    return lines
