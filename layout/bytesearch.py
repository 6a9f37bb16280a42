"""The shortest order of a record's members: the search behind the goal "bytes".

Least bytes, exactly. Let the atoms be the members, a run of bit-fields counting as one. An atom's
end never decreases when it may start later (`layout.place.advance`: rounding up is monotone), and
so does the record's size with the end of its last atom. Hence of two orders of the same set of
atoms the one that ends earlier is never worse, whatever follows: the least end of each subset
follows from the least ends of the subsets with one atom less. Atoms that ask for the same are
interchangeable, so a state is a count per kind of atom, not a subset: records of real programs have
few kinds. Two more facts make most states vanish: an order without interior holes is minimal
(descending alignment gives one whenever every size is a multiple of its alignment), and a state
whose end plus the bits still to come exceeds the best order known cannot lead to a better one.

Several ABIs at once: the cost is the largest size and, among equals, the sum (or, when asked for,
the sum alone), where ABIs that ask for the same count once; a state keeps every combination of ends
that no other one dominates.

Constraints say which atom may follow a set of others, so that subsets are searched as before; an
atom that a constraint names is a kind of its own. Only one that must keep its offset makes an
earlier end no better: until it is placed, a state keeps every end.

Among the orders of least cost the one with the fewest inversions against the author's is taken
(pairs of atoms whose order is swapped); the author's own when it is already minimal. It takes a
second search, over ends and inversions, within what the first one has proven. Should the states of
the first exceed MAX_STATES, the best of a few sorted orders is taken, and the proposal gives the
proven bound and the gap; should those of the second, the order is moved towards the author's by
swaps of neighbours, and is short but perhaps not the nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from layout.atoms import Atom, Problem, arrange

__all__ = ["NO_HOLES", "inversions", "least_bytes", "shortest_start"]

# States that each of the two exact searches may visit: below a second of Python each.
MAX_STATES = 150_000

# Members that the moves towards the author's order may place, over all tries: about a second.
MAX_SWAPS = 1_000_000

NO_HOLES = "no byte is lost between members"
SUBSETS = "the least end over all subsets of members, rounding up being monotone"
TOO_MANY = "too many kinds of members for the exact search; the bound has no hole anywhere"


def least_bytes(problem: Problem) -> tuple[list[Atom], tuple[int, ...], str]:
    """An order of least size, nearest to the author's; bounds in bytes and how they are known."""
    least = problem.least()
    bound = problem.score(least)
    authored = list(problem.atoms)
    if problem.permits(authored) and _score(problem, authored) == bound:
        return authored, least, NO_HOLES
    kinds = _Kinds(problem)
    best = shortest_start(problem)
    proof = NO_HOLES
    if (budget := _score(problem, best)) > bound:
        found = _search(problem, kinds, budget)
        if found is None:
            return _towards_the_author(problem, best), least, TOO_MANY
        best = found
        proof = SUBSETS if _score(problem, best) > bound else NO_HOLES
    nearer = _towards_the_author(problem, best)
    nearest = _search(problem, kinds, _score(problem, best), inversions(nearer)) or nearer
    return nearest, problem.measure(nearest), proof


def _score(problem: Problem, order: Sequence[Atom]) -> tuple[int, int]:
    return problem.score(problem.measure(order))


def shortest_start(problem: Problem) -> list[Atom]:
    """The shortest of a few sorted orders; without holes when every size is a multiple of its
    alignment."""
    starts = [arrange(problem, order) for order in _starts(problem)]
    allowed = [order for order in starts if problem.permits(order)]
    return min(allowed, key=lambda order: (_score(problem, order), inversions(order)))


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
    """Atoms grouped by what they ask for, those that a constraint names each alone."""

    def __init__(self, problem: Problem) -> None:
        groups: dict[object, list[Atom]] = {}
        rules = problem.rules
        named = rules.named()
        for atom in problem.atoms:
            own = atom.index if atom.index in named else -1
            groups.setdefault((atom.pieces, rules.level(atom.index), own), []).append(atom)
        self.groups = list(groups.values())
        self.rules = None if rules.empty else rules
        # For `may_follow`; an atom that a pair or a group names is a kind of its own.
        of = {group[0].index: kind for kind, group in enumerate(self.groups)}
        self.level = [rules.level(group[0].index) for group in self.groups]
        self.levels = sorted(rules.level(atom.index) for atom in problem.atoms)
        self.needs: list[list[int]] = [[] for _ in self.groups]
        for early, late in rules.before:
            if early in of and late in of:
                self.needs[of[late]].append(of[early])
        self.together = [
            (frozenset(of[atom] for atom in group if atom in of), len(group))
            for group in rules.groups
        ]
        fixed = rules.starts
        self.pinned = [at for at, group in enumerate(self.groups) if group[0].index in fixed]
        self.last_pinned = problem.last is not None and problem.last.index in fixed
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

    def may_follow(self, counts: tuple[int, ...], kind: int, depth: int) -> bool:
        """`Rules.next_may_be` for one of ``kind`` behind so many of each, ``depth`` in all."""
        if self.levels[depth] != self.level[kind]:
            return False
        if not all(counts[early] for early in self.needs[kind]):
            return False
        for group, whole in self.together:
            if kind not in group and 0 < sum(counts[one] for one in group) < whole:
                return False
        return True

    def awaits(self, counts: tuple[int, ...], kind: int) -> bool:
        """Whether one that must keep its offset is still to come when ``kind`` is placed too."""
        return self.last_pinned or any(counts[one] == 0 and one != kind for one in self.pinned)

    def misplaced(self, kind: int, at: tuple[int, ...]) -> bool:
        """Whether the one of ``kind``, which must keep its offset, would not."""
        atom = self.groups[kind][0]
        return self.rules is not None and atom.start(at) != self.rules.starts[atom.index]

    def inversions(self, counts: tuple[int, ...], kind: int) -> int:
        """Atoms still to come that the author wrote before the next one of ``kind``."""
        before = self.before[kind][counts[kind]]
        return sum(m - n for n, m in zip(counts, before, strict=True) if m > n)


# What a state keeps: ends on each ABI, inversions, whether it ends with bit-fields, the kind placed
# last, the entry before.
_Entry = tuple[tuple[int, ...], int, bool, int, Any]
_Layer = dict[tuple[int, ...], tuple[tuple[int, ...], list[_Entry]]]


def _search(
    problem: Problem,
    kinds: _Kinds,
    budget: tuple[int, int],
    most_swaps: int | None = None,
) -> list[Atom] | None:
    """The order of least score, at most ``budget``, and when ``most_swaps`` is given of these the
    one with the fewest inversions, at most so many. None when the states are too many."""
    rest = tuple(map(sum, zip(*(atom.least_bits for atom in problem.atoms), strict=True)))
    start: _Entry = ((0,) * len(problem.aligns), 0, False, -1, None)
    layer: _Layer = {(0,) * len(kinds.groups): (rest, [start])}
    fits: dict[tuple[int, ...], bool] = {}  # by the ends when no byte more were lost
    states = 0
    for depth in range(len(problem.atoms)):
        following: _Layer = {}
        for counts, (left, entries) in layer.items():
            for kind, group in enumerate(kinds.groups):
                if counts[kind] == len(group):
                    continue
                if kinds.rules is not None and not kinds.may_follow(counts, kind, depth):
                    continue
                added = 0 if most_swaps is None else kinds.inversions(counts, kind)
                less = tuple(map(int.__sub__, left, kinds.least[kind]))
                opens, closes = group[0].opens_with_bits, group[0].ends_with_bits
                kept: list[_Entry] | None = None
                exact = kinds.awaits(counts, kind)
                for entry in entries:
                    swaps = entry[1] + added
                    if (opens and entry[2]) or (most_swaps is not None and swaps > most_swaps):
                        continue
                    if kind in kinds.pinned and kinds.misplaced(kind, entry[0]):
                        continue
                    ends = kinds.end(kind, entry[0])
                    # Whole bytes: Go's mark of a member without size at the end may yet go.
                    final = tuple(end // 8 * 8 + more for end, more in zip(ends, less, strict=True))
                    if final not in fits:
                        fits[final] = problem.score(problem.sizes(final)) <= budget
                    if not fits[final]:
                        continue
                    if kept is None:
                        key = (*counts[:kind], counts[kind] + 1, *counts[kind + 1 :])
                        kept = following.setdefault(key, (less, []))[1]
                    _keep(kept, (ends, swaps, closes, kind, entry), exact=exact)
                    states += 1
            if states > MAX_STATES:
                return None
        layer = following
    entries = [entry for _, found in layer.values() for entry in found]
    if problem.last is not None and kinds.last_pinned:
        wanted = problem.rules.starts[problem.last.index]
        entries = [entry for entry in entries if problem.last.start(entry[0]) == wanted]
    best = min(
        entries, key=lambda entry: (problem.score(problem.sizes(entry[0])), entry[1], entry[0])
    )
    return _unwind(best, kinds)


def _keep(kept: list[_Entry], new: _Entry, *, exact: bool) -> None:
    """Adds an entry unless another one is no worse in everything; drops those it makes useless."""
    if any(_no_worse(other, new, exact=exact) for other in kept):
        return
    kept[:] = [other for other in kept if not _no_worse(new, other, exact=exact)]
    kept.append(new)


def _no_worse(one: _Entry, other: _Entry, *, exact: bool) -> bool:
    """Whether whatever follows, the one is no worse; ``exact`` while an offset must be met."""
    if one[1] > other[1] or one[2] > other[2]:
        return False
    if exact:
        return one[0] == other[0]
    return all(a <= b for a, b in zip(one[0], other[0], strict=True))


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
    budget = _score(problem, order)
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
            if problem.permits(order) and _score(problem, order) <= budget:
                moved = True
            else:
                order[at], order[at + 1] = early, late
    return order
