"""``optimize``: another order for a record's members, and how good it is known to be.

Least bytes, exactly. Let the atoms be the members, a run of bit-fields counting as one. An atom's
end never decreases when it may start later (`layout.place.advance`: rounding up is monotone), and
so does the record's size with the end of its last atom. Hence of two orders of the same set of
atoms the one that ends earlier is never worse, whatever follows: the least end of each subset
follows from the least ends of the subsets with one atom less. Atoms that ask for the same are
interchangeable, so a state is a count per kind of atom, not a subset: records of real programs have
few kinds. Two more facts make most states vanish: an order without interior holes is minimal
(descending alignment gives one whenever every size is a multiple of its alignment), and a state
whose end plus the bits still to come exceeds the best order known cannot lead to a better one.

Several ABIs at once: the cost is the mean of the sizes, where ABIs that ask for the same count
once; a state keeps every combination of ends that no other one dominates.

Among the orders of least cost the one with the fewest inversions against the author's is taken
(pairs of atoms whose order is swapped); the author's own when it is already minimal. It takes a
second search, over ends and inversions, within what the first one has proven. Should the states of
the first exceed MAX_STATES, the best of a few sorted orders is taken, and the proposal gives the
proven bound and the gap; should those of the second, the order is moved towards the author's by
swaps of neighbours, and is short but perhaps not the nearest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from layout.abis import find_abi
from layout.atoms import Atom, Problem, keeps_apart, part, reorder
from layout.errors import LayoutError
from layout.model import Abi, Field, Layout, Proposal, Record
from layout.place import Placer
from layout.profile import AccessProfile

__all__ = ["GOALS", "optimize"]

GOALS = ("bytes", "lines")

# States that each of the two exact searches may visit: below a second of Python each.
MAX_STATES = 150_000

# Members that the moves towards the author's order may place, over all tries: about a second.
MAX_SWAPS = 1_000_000

NO_HOLES = "no byte is lost between members"


def optimize(
    record: Record,
    abis: Sequence[str | Abi] | str | Abi,
    *,
    goal: str = "bytes",
    profile: AccessProfile | None = None,
    constraints: Mapping[str, Any] | None = None,
) -> Proposal:
    """The best order of a record's members for a goal, with its layouts and the proof.

    ``goal`` "bytes": the least size, the mean over ``abis``. "lines": the least cost of
    ``profile``, see `layout.affinity`. Deterministic, and among equals the order nearest to
    the author's. Raises LayoutError for an unknown goal or ABI, a missing profile, and what
    `place` refuses.
    """
    if goal not in GOALS:
        raise LayoutError(f"{goal!r}: unknown goal; known are {', '.join(GOALS)}")
    if constraints:
        raise LayoutError("constraints are not supported; leave them out")
    names = [abis] if isinstance(abis, str | Abi) else list(abis)
    if not names:
        raise LayoutError("no ABI to optimise for; name one")
    placers = [Placer(find_abi(name)) for name in names]
    before = tuple(placer.place(record) for placer in placers)
    if record.language == "cpp":
        from layout.itanium.movable import check_movable

        check_movable(record)
    if goal == "lines":
        if profile is None:
            raise LayoutError('goal "lines" needs a profile; give the accesses')
        from layout.affinity import optimize_lines

        return optimize_lines(record, placers, before, profile)
    return _least_bytes(record, placers, before)


def propose(
    record: Record,
    placers: Sequence[Placer],
    before: tuple[Layout, ...],
    goal: str,
    costs: tuple[float, float, float],
    proof: str,
) -> Proposal:
    """A proposal for the reordered ``record``; ``costs`` are before, after and the bound."""
    changed = tuple(field for layout in before[:1] for field in layout.record.fields)
    return Proposal(
        record=record,
        order=tuple(_name(field) for field in record.fields),
        before=before,
        after=tuple(placer.place(record) for placer in placers),
        goal=goal,
        cost_before=costs[0],
        cost_after=costs[1],
        bound=costs[2],
        proof=proof,
        changed=changed != record.fields,
    )


def _name(field: Field) -> str:
    return field.name if field.name is not None else "<anonymous>"


def _least_bytes(record: Record, placers: Sequence[Placer], before: tuple[Layout, ...]) -> Proposal:
    if record.kind == "union":
        mean = sum(layout.size for layout in before) / len(before)
        proof = "the members of a union all lie at offset 0: their order costs nothing"
        return propose(record, placers, before, "bytes", (mean, mean, mean), proof)
    problem = Problem.of(record, placers, before)
    cost = sum(problem.measure(problem.atoms))
    order, bound, proof = least_bytes(problem)
    after = sum(problem.measure(order))
    if after == cost:
        order = list(problem.atoms)
        proof = proof if bound < cost else f"already minimal: {proof}"
    better = record
    if order != list(problem.atoms):
        better = reorder(record, order, problem.last)
    count = len(problem.aligns)
    costs = (cost / count, after / count, bound / count)
    return propose(better, placers, before, "bytes", costs, proof)


def least_bytes(problem: Problem) -> tuple[list[Atom], int, str]:
    """An order of least size, nearest to the author's; a bound in bytes and how it is known."""
    least = sum(problem.least())
    authored = list(problem.atoms)
    if sum(problem.measure(authored)) == least:
        return authored, least, NO_HOLES
    kinds = _Kinds(problem)
    best = shortest_start(problem)
    bound, proof = least, NO_HOLES
    if (budget := sum(problem.measure(best))) > least:
        found = _search(problem, kinds, budget)
        if found is None:
            proof = f"too many kinds of members for the exact search; no order is below {least}"
            return _towards_the_author(problem, best), least, f"{proof} bytes"
        best = found
        bound = sum(problem.measure(best))
        proof = "the least end over all subsets of members, rounding up being monotone"
        proof = proof if bound > least else NO_HOLES
    nearer = _towards_the_author(problem, best)
    nearest = _search(problem, kinds, bound, inversions(nearer))
    return nearest or nearer, bound, proof


def shortest_start(problem: Problem) -> list[Atom]:
    """The shortest of a few sorted orders; without holes when every size is a multiple of its
    alignment."""
    starts = [order for order in map(part, _starts(problem)) if keeps_apart(order)]
    return min(starts, key=lambda order: (sum(problem.measure(order)), inversions(order)))


def inversions(order: Sequence[Atom]) -> int:
    """Pairs of atoms that stand the other way round than the author wrote them."""
    return sum(
        late.index < early.index for at, early in enumerate(order) for late in order[at + 1 :]
    )


def _starts(problem: Problem) -> list[list[Atom]]:
    atoms = list(problem.atoms)
    falling = sorted(atoms, key=lambda atom: -atom.align)
    whole = [atom for atom in falling if atom.fields[0].bit_width is None]
    bits = [atom for atom in falling if atom.fields[0].bit_width is not None]
    ragged = sorted(falling, key=lambda atom: atom.least_bits[0] % atom.align != 0)
    return [atoms, falling, whole + bits, bits + whole, ragged, _fitted(problem)]


def _fitted(problem: Problem) -> list[Atom]:
    """Greedy: of the atoms that fit without a hole the strictest, else the smallest hole."""
    rest, order = list(problem.atoms), list[Atom]()
    ends: tuple[int, ...] = (0,) * len(problem.aligns)
    while rest:

        def lost(atom: Atom, at: tuple[int, ...] = ends) -> tuple[bool, int, int, int]:
            wasted = sum(atom.end(at)) - sum(at) - sum(atom.least_bits)
            return bool(order) and atom.joins(order[-1]), wasted, -atom.align, atom.index

        chosen = min(rest, key=lost)
        rest.remove(chosen)
        order.append(chosen)
        ends = chosen.end(ends)
    return order


class _Kinds:
    """Atoms grouped by what they ask for."""

    def __init__(self, problem: Problem) -> None:
        groups: dict[object, list[Atom]] = {}
        for atom in problem.atoms:
            groups.setdefault(atom.pieces, []).append(atom)
        self.groups = list(groups.values())
        self.least = [group[0].least_bits for group in self.groups]
        # For each atom, how many of each kind the author wrote before it.
        self.before = [
            [[sum(o.index < atom.index for o in other) for other in self.groups] for atom in group]
            for group in self.groups
        ]
        self._ends: list[dict[tuple[int, ...], tuple[int, ...]]] = [{} for _ in self.groups]

    def end(self, kind: int, at: tuple[int, ...]) -> tuple[int, ...]:
        """As `Atom.end`, remembered: most states of a search end at few places."""
        known = self._ends[kind].get(at)
        if known is None:
            known = self._ends[kind][at] = self.groups[kind][0].end(at)
        return known

    def inversions(self, counts: tuple[int, ...], kind: int) -> int:
        """Atoms still to come that the author wrote before the next one of ``kind``."""
        before = self.before[kind][counts[kind]]
        return sum(m - n for n, m in zip(counts, before, strict=True) if m > n)


# What a state keeps: ends on each ABI, inversions, whether it ends with bit-fields, the kind placed
# last, the entry before.
_Entry = tuple[tuple[int, ...], int, bool, int, Any]
_Layer = dict[tuple[int, ...], tuple[tuple[int, ...], list[_Entry]]]


def _search(
    problem: Problem, kinds: _Kinds, budget: int, most_swaps: int | None = None
) -> list[Atom] | None:
    """The shortest order, at most ``budget`` bytes, and when ``most_swaps`` is given of these the
    one with the fewest inversions, at most so many. None when the states are too many."""
    rest = tuple(map(sum, zip(*(atom.least_bits for atom in problem.atoms), strict=True)))
    start: _Entry = ((0,) * len(problem.aligns), 0, False, -1, None)
    layer: _Layer = {(0,) * len(kinds.groups): (rest, [start])}
    fits: dict[tuple[int, ...], bool] = {}  # by the ends when no byte more were lost
    states = 0
    for _ in problem.atoms:
        following: _Layer = {}
        for counts, (left, entries) in layer.items():
            for kind, group in enumerate(kinds.groups):
                if counts[kind] == len(group):
                    continue
                added = 0 if most_swaps is None else kinds.inversions(counts, kind)
                less = tuple(map(int.__sub__, left, kinds.least[kind]))
                opens, closes = group[0].opens_with_bits, group[0].ends_with_bits
                kept: list[_Entry] | None = None
                for entry in entries:
                    swaps = entry[1] + added
                    if (opens and entry[2]) or (most_swaps is not None and swaps > most_swaps):
                        continue
                    ends = kinds.end(kind, entry[0])
                    # Whole bytes: Go's mark of a member without size at the end may yet go.
                    final = tuple(end // 8 * 8 + more for end, more in zip(ends, less, strict=True))
                    if final not in fits:
                        fits[final] = sum(problem.sizes(final)) <= budget
                    if not fits[final]:
                        continue
                    if kept is None:
                        key = (*counts[:kind], counts[kind] + 1, *counts[kind + 1 :])
                        kept = following.setdefault(key, (less, []))[1]
                    _keep(kept, (ends, swaps, closes, kind, entry))
                    states += 1
            if states > MAX_STATES:
                return None
        layer = following
    entries = [entry for _, found in layer.values() for entry in found]
    best = min(entries, key=lambda entry: (sum(problem.sizes(entry[0])), entry[1], entry[0]))
    return _unwind(best, kinds)


def _keep(kept: list[_Entry], new: _Entry) -> None:
    """Adds an entry unless another one is no worse in everything; drops those it makes useless."""
    if any(_no_worse(other, new) for other in kept):
        return
    kept[:] = [other for other in kept if not _no_worse(new, other)]
    kept.append(new)


def _no_worse(one: _Entry, other: _Entry) -> bool:
    return (
        one[1] <= other[1]
        and one[2] <= other[2]
        and all(a <= b for a, b in zip(one[0], other[0], strict=True))
    )


def _unwind(entry: _Entry, kinds: _Kinds) -> list[Atom]:
    chosen: list[int] = []
    while entry[4] is not None:
        chosen.append(entry[3])
        entry = entry[4]
    queues = [iter(group) for group in kinds.groups]
    return [next(queues[kind]) for kind in reversed(chosen)]


def _towards_the_author(problem: Problem, order: list[Atom]) -> list[Atom]:
    """Swaps neighbours that stand the wrong way round while the size does not grow."""
    order = list(order)
    budget = sum(problem.measure(order))
    tries = MAX_SWAPS // len(order)
    moved = True
    while moved:
        moved = False
        for at in range(len(order) - 1):
            early, late = order[at], order[at + 1]
            if late.index > early.index:
                continue
            if not tries:
                return order
            tries -= 1
            order[at], order[at + 1] = late, early
            if keeps_apart(order) and sum(problem.measure(order)) <= budget:
                moved = True
            else:
                order[at], order[at + 1] = early, late
    return order
