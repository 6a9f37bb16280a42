"""The goal "lines": members that are used together on few lines, writers on lines of their own.

The cost of an order, for a record that starts on a cache line::

    cost = sum over operations of weight x lines that its members lie on
         + FALSE_SHARING_LINES x sum over lines of the loss of every pair of members on that line

The loss of a pair (f, g) is, summed over pairs of operations that may run on different threads, one
using f and the other g, at least one of the two writing what it uses here, the smaller weight:
so often can the one take the line from the other. A pair of operations that conflicts on f or on
g itself shares data truly; the line moves whatever lies beside it, and nothing is charged.

A member is what `layout.atoms` moves: a run of bit-fields is one, used by whatever uses one of
them, and lies on every line from its first bit to its last. A flexible array has no bytes, and so
no lines. No padding is inserted, and the record never grows beyond the author's size on any ABI.
Equal costs are decided by bytes, then by the fewest inversions against the author's order. Costs
are compared as integers, see SCALE, so that they never depend on rounding.

With several ABIs the cost is the mean over those that ask for different things.

Up to MAX_EXACT members the order is exact, by dynamic programming over states (members placed, end,
members on the line that the end lies in): what follows depends on nothing else, see
`layout.linesearch`. Beyond, when the states are too many, and for ABIs that differ, a
deterministic local search moves blocks of members and swaps members from several starts, the
author's order and the least-bytes order among them; the proposal then gives the gap to a bound that
holds for every order: an operation touches at least the lines that its members' bytes fill.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layout.atoms import Atom, Problem, part, reorder
from layout.errors import LayoutError
from layout.linesearch import NEVER, Tables, improve, solve
from layout.model import Alias, Field, Layout, Proposal, Record, RecordType
from layout.order import propose, shortest_start
from layout.place import Piece, Placer
from layout.profile import AccessProfile, Operation

__all__ = ["FALSE_SHARING_LINES", "MAX_EXACT", "MAX_MEMBERS", "optimize_lines"]

# Lines that one false sharing costs: the line is taken from the one thread and, to go on, from the
# other. Higher values separate writers at the price of operations that touch more lines.
FALSE_SHARING_LINES = 2

# Members of an exact search. Higher proves more orders; when the states are too many after all, the
# time until then is lost.
MAX_EXACT = 14

# Members that any search here handles: sets are words of 64 bits, one of them the sign.
MAX_MEMBERS = 63

# Weights are scaled so that the largest becomes about this and rounded: sums stay exact integers.
SCALE = 1 << 24

# States that the exact search may keep, 56 bytes each.
MAX_STATES = 1_000_000


@dataclass(frozen=True, slots=True)
class Costs:
    """The profile over atoms: `Tables` says what each array holds."""

    masks: list[int]
    weights: list[int]
    loss: NDArray[np.int64]
    scale: float  # a weight here for one of the profile


def optimize_lines(
    record: Record,
    placers: Sequence[Placer],
    before: tuple[Layout, ...],
    profile: AccessProfile,
) -> Proposal:
    """The order of least cost under a profile. Raises LayoutError for members that it has not."""
    _check(record, profile)
    if record.kind == "union":
        proof = "the members of a union all lie at offset 0: no order changes the cost"
        cost = sum(_union_cost(record, placer, profile) for placer in placers) / len(placers)
        return propose(record, placers, before, "lines", (cost, cost, cost), proof)
    problem = Problem.of(record, placers, before)
    atoms = [*problem.atoms, *([] if problem.last is None else [problem.last])]
    if len(atoms) > MAX_MEMBERS:
        fault = f"{len(atoms)} members, {MAX_MEMBERS} at most for the goal lines"
        raise LayoutError(f"{record.place}: {record.name}: {fault}; nest some of them")
    costs = _costs([atom.fields for atom in atoms], profile)
    tables = _tables(problem, atoms, costs)
    authored = np.arange(len(atoms), dtype=np.int64)
    order, proven = _best(problem, tables)
    cost_before, cost_after = _key(authored, tables)[0], _key(order, tables)[0]
    bound = cost_after if proven else min(cost_after, _bound(tables))
    better = record
    if order.tolist() != authored.tolist():
        better = reorder(record, [atoms[at] for at in order[: len(problem.atoms)]], problem.last)
    scale = costs.scale * len(problem.aligns)
    scaled = (cost_before / scale, cost_after / scale, bound / scale)
    return propose(better, placers, before, "lines", scaled, _proof(proven, bound == cost_after))


def _proof(proven: bool, met: bool) -> str:
    if proven:
        return "dynamic programming over all orders, by members placed, end and open line"
    if met:
        return "no operation touches more lines than its bytes fill, and none shares falsely"
    return "local search; the bound is the lines that each operation's bytes fill at least"


def _names(field: Field) -> Iterator[str]:
    """The names by which a member is used: its own, or those within an anonymous record."""
    if field.name is not None:
        yield field.name
        return
    type_ = field.type
    while isinstance(type_, Alias):
        type_ = type_.target
    if isinstance(type_, RecordType):
        yield "<anonymous>"
        for inner in type_.record.fields:
            yield from _names(inner)


def _check(record: Record, profile: AccessProfile) -> None:
    names = {name for field in record.fields for name in _names(field)}
    for operation in profile.operations:
        for name in sorted(operation.touches - names):
            fault = f"operation {operation.name} uses '{name[:80]}', no member of {record.name}"
            raise LayoutError(f"{record.place}: {fault}; name top-level members")


def _costs(members: Sequence[Sequence[Field]], profile: AccessProfile) -> Costs:
    operations = [operation for operation in profile.operations if operation.touches]
    largest = max((operation.weight for operation in operations), default=0.0)
    whole = all(float(operation.weight).is_integer() for operation in operations)
    scale = 1.0 if (whole and largest <= SCALE) or not largest else SCALE / largest
    weights = [round(operation.weight * scale) for operation in operations]
    names = [frozenset(name for field in fields for name in _names(field)) for fields in members]
    loss = np.zeros((len(members), len(members)), np.int64)
    for first, one in enumerate(operations):
        for second in range(first + 1, len(operations)):
            other = operations[second]
            if one.thread is not None and one.thread == other.thread:
                continue
            weight = FALSE_SHARING_LINES * min(weights[first], weights[second])
            _add_losses(loss, names, one, other, weight)
    masks = [
        sum(1 << at for at, own in enumerate(names) if own & operation.touches)
        for operation in operations
    ]
    return Costs(masks, weights, loss, scale)


def _add_losses(
    loss: NDArray[np.int64],
    names: Sequence[frozenset[str]],
    one: Operation,
    other: Operation,
    weight: int,
) -> None:
    """Charges the pairs of members by which two operations share a line falsely."""
    used, others, written, others_written = (
        {at for at, own in enumerate(names) if own & touched}
        for touched in (one.touches, other.touches, one.writes, other.writes)
    )
    true = used & others & (written | others_written)
    pairs = {
        (min(f, g), max(f, g))
        for f in used - true
        for g in others - true
        if f != g and (f in written or g in others_written)
    }
    for f, g in pairs:
        loss[f, g] += weight
        loss[g, f] += weight


def _union_cost(record: Record, placer: Placer, profile: AccessProfile) -> float:
    """The same cost where all members start at 0: a pair shares the lines of the smaller one."""
    costs = _costs([(field,) for field in record.fields], profile)
    line = placer.abi.line * 8
    lines = []
    for field in record.fields:
        piece = placer.piece(record, field)
        lines.append(-(-(piece.size if piece.width is None else piece.width) // line))
    cost = 0
    for mask, weight in zip(costs.masks, costs.weights, strict=True):
        cost += weight * max(lines[at] for at in range(len(lines)) if mask >> at & 1)
    for f in range(len(lines)):
        for g in range(f):
            cost += int(costs.loss[f, g]) * min(lines[f], lines[g])
    return cost / costs.scale


def _tables(problem: Problem, atoms: Sequence[Atom], costs: Costs) -> Tables:
    """What the loops take."""
    pieces: list[tuple[int, ...]] = []
    rows = np.zeros((len(problem.aligns), len(atoms), 2), np.int64)
    for abi in range(len(problem.aligns)):
        for at, atom in enumerate(atoms):
            first = len(pieces)
            pieces += [row for piece in atom.pieces[abi] for row in _rows(piece)]
            rows[abi, at] = (first, len(pieces))
    bits = [[atom.least_bits[abi] for atom in atoms] for abi in range(len(problem.aligns))]
    users = [tuple(mask >> at & 1 for mask in costs.masks) for at in range(len(atoms))]
    alone = [
        sum(weight for weight, uses in zip(costs.weights, own, strict=True) if uses)
        for own in users
    ]
    partners = [sum(1 << int(at) for at in np.flatnonzero(row)) for row in costs.loss]
    return Tables(
        pieces=np.array(pieces, np.int64).reshape(-1, 5),
        rows=rows,
        bits=np.array(bits, np.int64),
        aligns=np.array(problem.aligns, np.int64),
        lines=np.array(problem.lines, np.int64) * 8,
        limits=np.array(problem.measure(problem.atoms), np.int64),
        masks=np.array(costs.masks, np.int64),
        weights=np.array(costs.weights, np.int64),
        alone=np.array(alone, np.int64),
        loss=costs.loss,
        partners=np.array(partners, np.int64),
        joins=np.array(
            [(atom.opens_with_bits, atom.ends_with_bits) for atom in atoms], np.int64
        ).reshape(-1, 2),
        earlier=np.array(_earlier(problem.atoms, users, costs.loss), np.int64),
    )


def _rows(piece: Piece) -> Iterator[tuple[int, ...]]:
    """A piece as the loops take it; what stays empty behind it is a bit-field of its own there."""
    width = -1 if piece.width is None else piece.width
    yield piece.size, piece.align, width, piece.snap, int(piece.free)
    if piece.tail:
        yield piece.tail, 1, piece.tail, 0, 1


def _earlier(
    atoms: Sequence[Atom], users: Sequence[tuple[int, ...]], loss: NDArray[np.int64]
) -> list[int]:
    """For each atom the last one before it that could take its place in any order, or -1."""
    found = []
    for at, atom in enumerate(atoms):
        equals = -1
        for other in range(at):
            rest = [third for third in range(len(loss)) if third not in (at, other)]
            if (
                atoms[other].pieces == atom.pieces
                and users[other] == users[at]
                and (loss[other, rest] == loss[at, rest]).all()
            ):
                equals = other
        found.append(equals)
    return found


def _key(order: NDArray[np.int64], tables: Tables) -> tuple[int, int, int]:
    """Cost, bytes and inversions of an order."""
    key = np.zeros(3, np.int64)
    improve(order, key, 0, tables)  # nothing may move: it only measures
    return int(key[0]), int(key[1]), int(key[2])


def _best(problem: Problem, tables: Tables) -> tuple[NDArray[np.int64], bool]:
    """The best order found, and whether it is proven."""
    movable = len(problem.atoms)
    best: tuple[tuple[int, int, int], NDArray[np.int64]] | None = None
    for start in _starts(problem, tables):
        if _key(start, tables)[1] == NEVER:
            continue
        order, key = start.copy(), np.zeros(3, np.int64)
        improve(order, key, movable, tables)
        ranked = (int(key[0]), int(key[1]), int(key[2]))
        if best is None or ranked < best[0]:
            best = (ranked, order)
    if best is None:  # the author's order is always within the limits
        raise LayoutError("no order is within the author's size")
    if movable <= MAX_EXACT and len(tables.lines) == 1:
        order = best[1].copy()
        if solve(order, movable, best[0][0], MAX_STATES, tables):
            return order, True
    return best[1], False


def _starts(problem: Problem, tables: Tables) -> list[NDArray[np.int64]]:
    """The author's order, the least-bytes order, and the members by heat and by user."""
    atoms = list(range(len(problem.atoms)))
    pinned = list(range(len(atoms), len(tables.alone)))
    heat = tables.alone.tolist()
    users = [tuple(mask >> at & 1 for mask in tables.masks.tolist()) for at in atoms]
    strict = [atom.align for atom in problem.atoms]
    orders = [
        atoms,
        [atom.index for atom in shortest_start(problem)],
        sorted(atoms, key=lambda at: (-heat[at], -strict[at], at)),
        sorted(atoms, key=lambda at: (-strict[at], -heat[at], at)),
        sorted(atoms, key=lambda at: (users[at], -strict[at], at), reverse=True),
        sorted(atoms, key=lambda at: (-(heat[at].bit_length()), users[at], -strict[at], at)),
    ]
    parted = [part([problem.atoms[at] for at in order]) for order in orders]
    return [np.array([atom.index for atom in order] + pinned, np.int64) for order in parted]


def _bound(tables: Tables) -> int:
    """A cost that no order is below: each operation fills at least so many lines."""
    total = 0
    for bits, line in zip(tables.bits.tolist(), tables.lines.tolist(), strict=True):
        for mask, weight in zip(tables.masks.tolist(), tables.weights.tolist(), strict=True):
            used = sum(own for at, own in enumerate(bits) if mask >> at & 1)
            total += weight * -(-used // line)
    return total
