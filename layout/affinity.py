"""The goals that depend on cache lines and prices: the order of least cost.

`layout.goals` has the prices of each goal, `layout.costs` the definition of the cost, and where on
a line a record may start. For a record that starts on a line, the goal "lines" is::

    cost = sum over operations of weight x lines that its members lie on
         + FALSE_SHARING_LINES x sum over lines of the loss of every pair of members on that line

The loss of a pair (f, g) is, summed over pairs of operations that may run on different threads, one
using f and the other g, at least one of the two writing what it uses here, the smaller weight:
so often can the one take the line from the other. A pair of operations that conflicts on f or on
g itself shares data truly; the line moves whatever lies beside it, and nothing is charged.

A member is what `layout.atoms` moves: a run of bit-fields is one, used by whatever uses one of
them, and lies on every line from its first bit to its last. A flexible array has no bytes, and so
no lines. No padding is inserted, and the record never grows on any ABI: beyond the author's size
or, when the author's order breaks a constraint, beyond that of the order nearest to it that keeps
all. Equal costs are decided by bytes, then by the fewest inversions against the author's order.

Up to MAX_EXACT members the order is exact: `layout.exactsearch`, once for each distance between the
places where a record of an array may start. Beyond, and when the states are too many, a
deterministic local search moves blocks of members and swaps members from several starts, the
author's order and the least-bytes order among them; the proposal then gives the gap to a bound that
holds for every order (`layout.bounds`). With several ABIs that ask for different things the cost is
the largest, or the mean; each of them is searched exactly, its order is one more start, and its
cost makes the bound.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from layout.atoms import Atom, Problem, arrange, reorder
from layout.bounds import least_cost
from layout.bytesearch import shortest_start
from layout.confirm import confirmed, named_spans, spans
from layout.costs import Costs, costs_of, granule, total
from layout.errors import LayoutError
from layout.exactsearch import FOUND, TOO_MANY, solve
from layout.goals import Weights
from layout.linesearch import KEY, NEVER, PLACES, improve, try_all
from layout.model import Field, Layout, Proposal, Record
from layout.order import UNCONFIRMED, UNION, Request, decide
from layout.place import Placer
from layout.profile import AccessProfile
from layout.tables import one_abi, steps_of, tables_of

__all__ = ["MAX_EXACT", "MAX_MEMBERS", "optimize_cost"]

# Members of an exact search. Higher proves more orders; when the states are too many after all, the
# time until then is lost.
MAX_EXACT = 16

# States that the exact search may keep, about 100 bytes each.
MAX_STATES = 1_000_000

# Members that the local search may place, over all tries of one start: about a second.
MAX_PLACED = 40_000_000

# Members that any search here handles.
MAX_MEMBERS = 1000

# Bytes of a record beyond which costs might exceed 63 bits.
MAX_SIZE = 1 << 24

# Members up to which every order is tried when ABIs ask for different things: 40,320 of them.
MAX_TRIED = 8

TRIED = "every order was tried"
EXACT = "dynamic programming over all orders, by members placed, end and what lies near it"
MET = "no order costs less: the bound of every order is met"
LOCAL = "local search; the bound is what each operation, member and crowd of writers costs at least"


def optimize_cost(
    request: Request, prices: Weights, profile: AccessProfile, where: tuple[int | None, bool]
) -> Proposal:
    """The order of least cost at some prices; ``where`` are base alignment (bytes) and array.

    Raises LayoutError for members that the record has not, and for what no search here handles."""
    if prices.pointers:
        _check_collected(request)
    record = request.record
    if record.kind == "union":
        return _union(request, prices, profile, where)
    if not confirmed(record, request.placers, request.before):
        return _unconfirmed(request, prices, profile, where)
    problem = request.problem()
    _check_size(request, problem)
    costs = costs_of(record, [atom.fields for atom in problem.all], profile, prices)
    proposal = _Search(request, problem, costs, where).proposal()
    return proposal or _unconfirmed(request, prices, profile, where)


def _check_collected(request: Request) -> None:
    for layout in request.before:
        if layout.pointer_bytes is None:
            fault = f"{layout.abi} has no pointer bytes, as no collector runs there"
            raise LayoutError(f"{request.record.place}: {fault}; choose an ABI of Go's")


def _check_size(request: Request, problem: Problem) -> None:
    where = f"{request.record.place}: {request.record.name}"
    if len(problem.all) > MAX_MEMBERS:
        fault = f"{len(problem.all)} members, {MAX_MEMBERS} at most for this goal"
        raise LayoutError(f"{where}: {fault}; nest some of them")
    if max(layout.size for layout in request.before) > MAX_SIZE:
        fault = f"more than {MAX_SIZE} bytes, the most for this goal"
        raise LayoutError(f"{where}: {fault}; order it for bytes")


def pointer_bytes(placer: Placer, member: Field) -> int:
    """Bytes of a member up to its last pointer, 0 for none or where no collector runs."""
    scanned = getattr(placer, "pointer_bytes", None)
    return 0 if scanned is None else int(scanned(member.type))


def _places(layout: Layout, where: tuple[int | None, bool]) -> tuple[int, int]:
    """Bits between the places of a line where a record may start, and how many there are."""
    base, array = where
    line = layout.line * 8
    size = layout.size * 8 if array else None
    step = granule(line, layout.align * 8, line if base is None else base * 8, size)
    return step, line // step


def _cost(
    layout: Layout,
    costs: Costs,
    found: Sequence[tuple[int, int]],
    where: tuple[int | None, bool],
) -> float:
    """The cost of a record whose members lie on those bits, at the caller's prices."""
    step, places = _places(layout, where)
    scanned = layout.pointer_bytes or 0
    return total(costs, found, step, places, layout.size, scanned) / (places * costs.scale)


def _overall(request: Request, costs: Sequence[float]) -> float:
    worst = request.constraints.across == "worst"
    return max(costs) if worst else sum(costs) / len(costs)


def _unconfirmed(
    request: Request, prices: Weights, profile: AccessProfile, where: tuple[int | None, bool]
) -> Proposal:
    """To keep the order of a record whose members lie otherwise than the searches have them."""
    record = request.record
    costs = costs_of(record, [(member,) for member in record.fields], profile, prices)
    found = [_cost(layout, costs, named_spans(record, layout), where) for layout in request.before]
    return request.unchanged(_overall(request, found), 0.0, UNCONFIRMED)


def _union(
    request: Request, prices: Weights, profile: AccessProfile, where: tuple[int | None, bool]
) -> Proposal:
    record = request.record
    costs = costs_of(record, [(member,) for member in record.fields], profile, prices)
    found = []
    for placer, layout in zip(request.placers, request.before, strict=True):
        pieces = [placer.piece(record, member) for member in record.fields]
        ends = [(0, piece.size if piece.width is None else piece.width) for piece in pieces]
        found.append(_cost(layout, costs, ends, where))
    cost = _overall(request, found)
    return request.unchanged(cost, cost, UNION)


Ranked = tuple[tuple[int, ...], NDArray[np.int64]]


class _Search:
    """One record while its order is searched. Costs are integers, per ABI those of all places."""

    def __init__(
        self, request: Request, problem: Problem, costs: Costs, where: tuple[int | None, bool]
    ) -> None:
        self.request = request
        self.problem = problem
        self.costs = costs
        self.where = where
        self.placers = [request.placers[column] for column in problem.columns]
        authored = list(problem.atoms)
        nearest = authored if problem.permits(authored) else arrange(problem, authored)
        scanned = [[_scanned(placer, atom) for atom in problem.all] for placer in self.placers]
        self.tables = tables_of(problem, costs, where, problem.measure(nearest), scanned)
        self.places = int(self.tables.options[PLACES])

    def proposal(self) -> Proposal | None:
        """The best order found; None when the record as placed does not confirm its cost."""
        (key, order), bound, proof = self._best()
        atoms = [self.problem.all[at] for at in order.tolist()]
        record = self.request.record
        before = self._placed(record, self.problem.all)
        after = self._placed(reorder(record, atoms, None), atoms)
        if after is None or before is None or self._over(after) != key[0] or bound > key[0]:
            return None
        if sum(self.problem.measure(atoms[: len(self.problem.atoms)])) != key[3]:
            return None
        found = [self._price(self._over(before)), self._price(key[0]), self._price(bound)]
        chosen = atoms[: len(self.problem.atoms)]
        return decide(self.request, self.problem, chosen, (found[0], found[1], found[2]), proof)

    def _over(self, costs: Sequence[int]) -> int:
        return max(costs) if self.problem.across == "worst" else sum(costs)

    def _price(self, cost: int) -> float:
        """In the caller's prices; the mean over ABIs where that is what counts."""
        count = 1 if self.problem.across == "worst" else len(self.placers)
        return cost / (self.places * self.costs.scale * count)

    def _placed(self, record: Record, atoms: Sequence[Atom]) -> list[int] | None:
        """The cost on each ABI of the record as `place` lays it; None where it lays it otherwise
        than the searches do."""
        layouts = [placer.place(record) for placer in self.placers]
        if not confirmed(record, self.placers, layouts):
            return None
        found = []
        for placer, layout in zip(self.placers, layouts, strict=True):
            members = iter(spans(record, placer))
            runs = {atom.index: _run([next(members) for _ in atom.fields]) for atom in atoms}
            step, places = _places(layout, self.where)
            own = [runs[at] for at in range(len(atoms))]
            scanned = layout.pointer_bytes or 0
            cost = total(self.costs, own, step, places, layout.size, scanned)
            found.append(cost * (self.places // places))
        return found

    def _best(self) -> tuple[Ranked, int, str]:
        """The best order found, a bound over the ABIs, and how it is known."""
        count, unlike = len(self.problem.atoms), len(self.placers) > 1
        if unlike and count <= MAX_TRIED:
            order, key = np.arange(len(self.problem.all)), np.zeros(KEY, np.int64)
            try_all(order, key, count, self.tables)
            return (tuple(key.tolist()), order), int(key[0]), TRIED
        best = min((self._improved(start) for start in self._starts()), key=_rank)
        bounds = least_cost(self.problem, self.costs, self.tables)
        for abi in range(len(bounds)) if count <= MAX_EXACT else ():
            exact = self._exact(abi, NEVER >> 1 if unlike else best[0][0])
            if exact is None:
                continue
            if not unlike:
                return exact, exact[0][0], EXACT
            bounds[abi] = exact[0][0]
            better = self._improved(exact[1])
            if better[0][2] < NEVER:  # it may be too long on another ABI
                best = min(best, better, key=_rank)
        bound = self._over(bounds)
        return best, bound, MET if bound == best[0][0] else LOCAL

    def _improved(self, start: NDArray[np.int64]) -> Ranked:
        order, key = start.copy(), np.zeros(KEY, np.int64)
        tries = MAX_PLACED // max(len(order), 1)
        improve(order, key, len(self.problem.atoms), self.tables, tries)
        return tuple(key.tolist()), order

    def _exact(self, abi: int, ceiling: int) -> Ranked | None:
        """The order of least cost on one ABI, at most ``ceiling``; None when it is not found."""
        tables = one_abi(self.tables, abi)
        best: Ranked | None = None
        steps = steps_of(self.problem, tables, abi)
        for step in steps:
            factor = self.places // (int(tables.lines[0]) // step)
            order, key = np.arange(len(self.problem.all)), np.zeros(3, np.int64)
            movable = len(self.problem.atoms)
            most = MAX_STATES // len(steps)
            known = min(ceiling, NEVER >> 1) // factor
            answer = solve(order, key, movable, known, most, step, tables)
            if answer == TOO_MANY:
                return None
            if answer == FOUND:
                key[0] *= factor
                ranked = ((int(key[0]), int(key[0]), int(key[1]), int(key[1]), int(key[2])), order)
                best = ranked if best is None else min(best, ranked, key=_rank)
                ceiling = min(ceiling, best[0][0])
        return best

    def _starts(self) -> list[NDArray[np.int64]]:
        """The author's order, the least-bytes order, and the members by heat and by user."""
        atoms = list(self.problem.atoms)
        heat, users = [0] * len(self.problem.all), [0] * len(self.problem.all)
        for bit, (mask, weight) in enumerate(
            zip(self.costs.masks, self.costs.weights, strict=True)
        ):
            for at in mask:
                heat[at] += weight
                users[at] |= 1 << bit
        heat = [own + more for own, more in zip(heat, self.costs.heat, strict=True)]
        scanned = self.tables.scanned.max(axis=0, initial=0).tolist()
        orders = [
            atoms,
            shortest_start(self.problem),
            sorted(atoms, key=lambda atom: (-heat[atom.index], -atom.align)),
            sorted(atoms, key=lambda atom: (-atom.align, -heat[atom.index])),
            sorted(atoms, key=lambda atom: (users[atom.index], atom.align), reverse=True),
            sorted(atoms, key=lambda a: (-heat[a.index].bit_length(), users[a.index], -a.align)),
            sorted(atoms, key=lambda atom: (not scanned[atom.index], -atom.align)),
        ]
        tail = [] if self.problem.last is None else [self.problem.last.index]
        allowed = [arrange(self.problem, order) for order in orders]
        return [
            np.array([atom.index for atom in order] + tail, np.int64)
            for order in allowed
            if self.problem.permits(order) and self._fits(order)
        ]

    def _fits(self, order: Sequence[Atom]) -> bool:
        sizes = self.problem.measure(order)
        limits = self.tables.limits.tolist()
        return all(size <= limit for size, limit in zip(sizes, limits, strict=True))


def _rank(ranked: Ranked) -> tuple[int, ...]:
    return ranked[0]


def _scanned(placer: Placer, atom: Atom) -> int:
    """Bytes of an atom up to its last pointer: a collector's members are no bit-fields, so that
    only an empty array can stand before another member."""
    return max(pointer_bytes(placer, member) for member in atom.fields)


def _run(spans: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    """From the first bit used to the last one."""
    used = [(start, stop) for start, stop, bits in spans if bits]
    return (used[0][0], used[-1][1]) if used else (0, 0)
