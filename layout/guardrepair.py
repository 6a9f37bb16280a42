"""The cheapest edit that keeps a record's promises again: members moved, verified by placing.

Tried are, in this order: moving one of the members that were edited, into a hole if there is one;
moving any other member, the shortest way first; taking all that were edited out and putting each
where it fits best; the shortest order of all. Whatever is proposed was placed on every ABI and
breaks no promise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layout.abis import find_abi
from layout.atoms import Atom, Problem, keeps_apart, reorder
from layout.guard import Change, Guarded, breaches
from layout.model import Alias, Field, Layout, Record, RecordType
from layout.place import Placer

__all__ = ["MAX_TRIES", "Repair", "repair"]

# Orders that are placed before giving up: about a second for a record of 40 members.
MAX_TRIES = 2_000

# Edited members that are taken out and put back together: beyond, the shortest order is at hand.
MAX_RESETTLED = 12


_RANKS = ("added", "moved", "grown", "shrunk")


@dataclass(frozen=True, slots=True)
class Repair:
    """What to do, in words; the order of the members after it, and how many members move."""

    message: str
    order: tuple[str, ...]
    moves: int


def repair(guarded: Guarded, record: Record, edits: Sequence[Change]) -> Repair | None:
    """The smallest move that keeps all promises again; None when none of those tried does."""
    if record.kind == "union" or not record.fields:
        return None
    search = _Search(guarded, record)
    # What is new is the first to move, then what was moved, then what has another size.
    ranks = {edit.field: _RANKS.index(edit.kind) for edit in edits if edit.kind in _RANKS}
    edited = [atom for atom in search.atoms if ranks.keys() & set(_names(atom.fields))]
    edited.sort(key=lambda atom: min(ranks.get(name, 9) for name in _names(atom.fields)))
    others = [atom for atom in search.atoms if atom not in edited]
    found = search.move_edited(edited) or search.move_other(others)
    return found or search.resettle(edited) or search.shortest()


class _Search:
    """One record whose promises are broken."""

    def __init__(self, guarded: Guarded, record: Record) -> None:
        self.guarded = guarded
        self.record = record
        self.placers = [Placer(find_abi(promise.abi)) for promise in guarded.promises]
        self.layouts = tuple(placer.place(record) for placer in self.placers)
        problem = Problem.of(record, self.placers, self.layouts)
        self.atoms, self.last = list(problem.atoms), problem.last
        self.tries = 0

    def move_edited(self, movers: Sequence[Atom]) -> Repair | None:
        """The move of one of these that displaces the fewest others: into a hole, if there is one;
        among such that of the first, the shortest way."""
        found = []
        for rank, mover in enumerate(movers):
            for way, index, to in sorted(self._moves([mover])):
                order = self._moved(index, to)
                if self.tries < MAX_TRIES and self._keeps(order):
                    found.append((self._displaced(index, order), rank, way, index, to))
        return self._as_repair(*min(found)[3:]) if found else None

    def move_other(self, movers: Sequence[Atom]) -> Repair | None:
        """The first move of one of these that keeps all promises, the shortest ways first."""
        for _, index, to in sorted(self._moves(movers)):
            if self.tries >= MAX_TRIES:
                return None
            if self._keeps(self._moved(index, to)):
                return self._as_repair(index, to)
        return None

    def _moves(self, movers: Sequence[Atom]) -> Iterator[tuple[int, int, int]]:
        for atom in movers:
            index = self.atoms.index(atom)
            for to in range(len(self.atoms)):
                if to != index:
                    yield abs(to - index), index, to

    def _moved(self, index: int, to: int) -> list[Atom]:
        order = [*self.atoms[:index], *self.atoms[index + 1 :]]
        order.insert(to, self.atoms[index])
        return order

    def _as_repair(self, index: int, to: int) -> Repair:
        return Repair(self._words(index, to), self._named(self._moved(index, to)), 1)

    def _displaced(self, index: int, order: Sequence[Atom]) -> int:
        """Members that lie elsewhere than if the moved one were not there at all."""
        rest = [*self.atoms[:index], *self.atoms[index + 1 :]]
        without, placed = (
            {one.name: one.bit_offset for one in self._place(some).fields} for some in (rest, order)
        )
        return sum(placed.get(name) != at for name, at in without.items())

    def _place(self, order: Sequence[Atom]) -> Layout:
        return self.placers[0].place(reorder(self.record, order, self.last))

    def _keeps(self, order: Sequence[Atom]) -> bool:
        self.tries += 1
        if not keeps_apart(order):
            return False
        better = reorder(self.record, order, self.last)
        return not breaches(self.guarded, [placer.place(better) for placer in self.placers])

    def resettle(self, movers: Sequence[Atom]) -> Repair | None:
        """Each of several members where it costs least, the strictest first."""
        if not 1 < len(movers) <= MAX_RESETTLED:
            return None
        order = [atom for atom in self.atoms if atom not in movers]
        for atom in sorted(movers, key=lambda atom: (-atom.align, atom.index)):
            choices = [[*order[:to], atom, *order[to:]] for to in range(len(order) + 1)]
            order = min(choices, key=self._cost)
        if not self._keeps(order):
            return None
        moves = [self._behind(order, at) for at, atom in enumerate(order) if atom in movers]
        return Repair(f"put {', '.join(moves)}", self._named(order), len(moves))

    def _cost(self, order: Sequence[Atom]) -> tuple[int, int]:
        """Promises that an order of some members breaks, and its bytes."""
        some = reorder(self.record, order, self.last)
        layouts = [placer.place(some) for placer in self.placers]
        apart = 0 if keeps_apart(order) else len(self.atoms)
        broken = len(breaches(self.guarded, layouts))
        return apart + broken, sum(placed.size for placed in layouts)

    def _behind(self, order: Sequence[Atom], at: int) -> str:
        moved = self._title(order[at])
        return f"{moved} behind {self._title(order[at - 1])}" if at else f"{moved} first"

    def shortest(self) -> Repair | None:
        """The order of least bytes, should it keep all promises."""
        from layout.order import optimize

        better = optimize(self.record, [placer.abi for placer in self.placers])
        if not better.changed or breaches(self.guarded, better.after):
            return None
        moved = sum(a != b for a, b in zip(better.after[0].record.fields, self.record.fields,
                                           strict=True))  # fmt: skip
        message = f"order the members as `linewise optimize` does: {', '.join(better.order)}"
        return Repair(message, better.order, moved)

    def _named(self, order: Sequence[Atom]) -> tuple[str, ...]:
        fields = reorder(self.record, order, self.last).fields
        return tuple(field.name or "<anonymous>" for field in fields)

    def _words(self, index: int, to: int) -> str:
        """``put `x` into the hole of 4 bytes behind `y` ``."""
        rest = [*self.atoms[:index], *self.atoms[index + 1 :]]
        moved = self._title(self.atoms[index])
        if to == 0:
            return f"put {moved} first"
        before = self._title(rest[to - 1])
        room = self._room(self._moved(index, to), rest, to)
        return f"put {moved} {f'into the {room} ' if room else ''}behind {before}"

    def _room(self, order: Sequence[Atom], rest: Sequence[Atom], to: int) -> str:
        """The hole or tail padding that takes the moved member without making the record grow."""
        name = _names(rest[to - 1].fields)[-1:]
        placed = self._place(rest)
        if self._place(order).size > placed.size:
            return ""
        size = -(-order[to].least_bits[0] // 8)
        ends = [-(-one.end_bit // 8) for one in placed.fields if [one.name] == name]
        hole = next((one.size for one in placed.holes if one.size and [one.offset] == ends), 0)
        if size <= hole:
            return f"hole of {hole} byte{'s' * (hole != 1)}"
        tail = placed.tail_padding if to == len(rest) and self.last is None else 0
        return f"tail padding of {tail} byte{'s' * (tail != 1)}" if size <= tail else ""

    def _title(self, atom: Atom) -> str:
        names = _names(atom.fields)
        if not names:
            return "the unnamed member"
        return f"`{names[0]}`" if len(names) == 1 else f"`{names[0]}` to `{names[-1]}`"


def _names(fields: Sequence[Field]) -> list[str]:
    """The names of members, those within anonymous records among them."""
    names: list[str] = []
    for field in fields:
        type_ = field.type
        while isinstance(type_, Alias):
            type_ = type_.target
        if field.name is not None:
            names.append(field.name)
        elif isinstance(type_, RecordType):
            names += _names(type_.record.fields)
    return names
