"""A cost that no order is below, for those that are not proven best.

Each part of the cost is bounded by itself: an operation touches at least the lines that its
members' bytes fill; the members used most can at best fill the first lines; the record is no
shorter than its bytes; a collector scans at least all members with pointers but what lies behind
the last pointer; and of more members than the record has lines, two lie on one: in a crowd of
members each of which has a loss with each other, the least of these losses is paid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from layout.atoms import Problem
from layout.costs import Costs
from layout.linesearch import PLACES, Tables
from layout.tables import one_abi, steps_of

__all__ = ["least_cost"]

# Crowds of members that are looked at, a tenth of a second.
MAX_CROWDS = 50_000

# Lines up to which the heat on the first ones is bounded; those behind add to the bound.
MAX_HOT_LINES = 4096


def least_cost(problem: Problem, costs: Costs, tables: Tables) -> list[int]:
    """The bound on each ABI, in the units of the searches."""
    found = []
    for abi in range(len(problem.aligns)):
        own = one_abi(tables, abi)
        bounds = []
        for step in steps_of(problem, own, abi):
            places = int(own.lines[0]) // step
            factor = int(own.options[PLACES]) // places
            cost = _bound(costs, own, step, places, problem.least()[abi])
            bounds.append(cost * factor)
        found.append(min(bounds, default=0))
    return found


def _bound(costs: Costs, tables: Tables, step: int, places: int, size: int) -> int:
    bits = tables.bits[0].tolist()
    cost: int = costs.byte * size * places
    for mask, weight in zip(costs.masks, costs.weights, strict=True):
        filled = sum(bits[at] for at in mask)
        cost += weight * (places + -(-filled // step) - 1 if filled else 0)
    scanned = tables.scanned[0].tolist()
    pointers = [(size // 8, part) for size, part in zip(bits, scanned, strict=True) if part]
    behind = max((size - part for size, part in pointers), default=0)
    cost += costs.pointer * places * (sum(size for size, _ in pointers) - behind)
    # The most lines that the record may lie on, when it starts as late on a line as it can.
    lines = -(-(int(tables.limits[0]) * 8 + int(tables.lines[0]) - step) // int(tables.lines[0]))
    crowded = places * _crowded(costs, bits, lines)
    return int(cost + _hot(costs.heat, bits, step, places) + crowded)


def _hot(heat: Sequence[int], bits: Sequence[int], step: int, places: int) -> int:
    """Members that end within the first granules have at most the heat that fits there."""
    rows = sorted(
        ((own, size) for own, size in zip(heat, bits, strict=True) if own and size),
        key=lambda row: row[0] / row[1],
        reverse=True,
    )
    whole = sum(own for own, _ in rows)
    cost = whole * places
    for granules in range(1, MAX_HOT_LINES):
        room, inside = granules * step, 0
        for own, size in rows:
            part = min(size, room)
            inside += -(-own * part // size)
            room -= part
            if not room:
                break
        if inside >= whole:
            break
        cost += whole - inside
    return cost


def _crowded(costs: Costs, bits: Sequence[int], lines: int) -> int:
    """The losses that so few lines cannot part, for one place."""
    members = [at for at, row in enumerate(costs.loss) if row.any() and bits[at]]
    if lines < 1 or lines >= len(members):
        return 0
    found = sorted(islice(_crowds(costs, members, lines + 1), MAX_CROWDS), reverse=True)
    total, spent = 0, set[tuple[int, int]]()
    for least, crowd in found:
        pairs = set(combinations(crowd, 2))
        if spent.isdisjoint(pairs):
            spent |= pairs
            total += least
    return total


def _crowds(
    costs: Costs, members: Sequence[int], size: int
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Crowds of that size, each pair of which has a loss, with the least one."""
    for crowd in islice(combinations(members, size), MAX_CROWDS):
        least = min(int(costs.loss[f, g]) for f, g in combinations(crowd, 2))
        if least:
            yield least, crowd
