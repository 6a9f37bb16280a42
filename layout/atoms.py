"""What a search for a better order moves: members, and those that must stay together as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from layout.model import Alias, Array, Field, Layout, Record, RecordType, Type
from layout.place import Piece, Placer, advance

__all__ = ["Atom", "Problem", "keeps_apart", "part", "reorder"]


@dataclass(frozen=True, slots=True)
class Atom:
    """Members that stay together, and what they ask for on each ABI.

    Adjacent bit-fields are one atom: the order within a run is often the order of a register or a
    protocol, and a zero-width or unnamed one belongs to what is around it. An empty array, or a
    record that ends in one, names the bytes behind it, so that the next member stays with it.

    Two runs never come to lie side by side: they would be one memory location (C11 3.14), and
    threads that write one each would race where they did not before.
    """

    index: int  # among the atoms, in the author's order
    fields: tuple[Field, ...]
    pieces: tuple[tuple[Piece, ...], ...]  # one tuple per ABI

    @property
    def least_bits(self) -> tuple[int, ...]:
        """Bits that it fills on each ABI when no alignment costs anything."""
        return tuple(
            sum(piece.size if piece.width is None else piece.width + piece.tail for piece in pieces)
            for pieces in self.pieces
        )

    @property
    def align(self) -> int:
        """Its strictest alignment on any ABI, bits."""
        return max(piece.align for pieces in self.pieces for piece in pieces)

    def joins(self, before: Atom) -> bool:
        """Whether bit-fields would meet if it followed the other one."""
        return self.opens_with_bits and before.ends_with_bits

    @property
    def opens_with_bits(self) -> bool:
        """Whether its first member is a bit-field."""
        return self.fields[0].bit_width is not None

    @property
    def ends_with_bits(self) -> bool:
        """Whether its last member is a bit-field."""
        return self.fields[-1].bit_width is not None

    def end(self, at: tuple[int, ...]) -> tuple[int, ...]:
        """First free bit on each ABI behind the atom when it starts no earlier than ``at``."""
        ends = []
        for position, pieces in zip(at, self.pieces, strict=True):
            for piece in pieces:
                _, position = advance(piece, position)  # noqa: PLW2901
            ends.append(position)
        return tuple(ends)


@dataclass(frozen=True, slots=True)
class Problem:
    """A record's atoms. ``last`` must stay last: a flexible array, or what holds one."""

    atoms: tuple[Atom, ...]
    last: Atom | None
    aligns: tuple[int, ...]  # of the record on each ABI, bits: the same for every order
    lines: tuple[int, ...]  # bytes of a cache line on each ABI
    # ABIs on which all atoms ask for the same are one ABI here.

    @staticmethod
    def of(record: Record, placers: Sequence[Placer], layouts: Sequence[Layout]) -> Problem:
        """The atoms of a struct that was placed already."""
        runs: list[list[Field]] = []
        for member in record.fields:
            if runs and _stays(member, runs[-1][-1], placers):
                runs[-1].append(member)
            else:
                runs.append([member])
        atoms = [
            Atom(
                index,
                tuple(run),
                tuple(tuple(placer.piece(record, member) for member in run) for placer in placers),
            )
            for index, run in enumerate(runs)
        ]
        atoms, aligns, lines = _distinct(atoms, layouts)
        pinned = bool(atoms) and _is_open(atoms[-1].fields[-1], placers)
        last = atoms.pop() if pinned else None
        return Problem(tuple(atoms), last, aligns, lines)

    def sizes(self, ends: tuple[int, ...]) -> tuple[int, ...]:
        """Sizes of the record in bytes when all atoms but the last end at those bits."""
        if self.last is not None:
            ends = self.last.end(ends)
        return tuple(
            -(-end // align) * align // 8 for end, align in zip(ends, self.aligns, strict=True)
        )

    def measure(self, order: Sequence[Atom]) -> tuple[int, ...]:
        """Sizes in bytes of that order."""
        ends: tuple[int, ...] = (0,) * len(self.aligns)
        for atom in order:
            ends = atom.end(ends)
        return self.sizes(ends)

    def least(self) -> tuple[int, ...]:
        """A bound from below of the sizes in bytes: no hole anywhere but in the tail."""
        columns = [atom.least_bits for atom in self.atoms]
        count = range(len(self.aligns))
        return self.sizes(tuple(sum(column[abi] for column in columns) for abi in count))


def _distinct(
    atoms: list[Atom], layouts: Sequence[Layout]
) -> tuple[list[Atom], tuple[int, ...], tuple[int, ...]]:
    """The atoms with one column for all ABIs that ask for the same."""
    columns = [
        (layout.align * 8, layout.line, *(atom.pieces[abi] for atom in atoms))
        for abi, layout in enumerate(layouts)
    ]
    kept = [abi for abi, column in enumerate(columns) if columns.index(column) == abi]
    fewer = [replace(atom, pieces=tuple(atom.pieces[abi] for abi in kept)) for atom in atoms]
    aligns = tuple(layouts[abi].align * 8 for abi in kept)
    return fewer, aligns, tuple(layouts[abi].line for abi in kept)


def _stays(member: Field, before: Field, placers: Sequence[Placer]) -> bool:
    """Whether a member must follow the one before it."""
    bits = member.bit_width is not None and before.bit_width is not None
    return bits or _is_open(before, placers)


def _is_open(member: Field, placers: Sequence[Placer]) -> bool:
    """Whether what follows a member lies at its elements: a flexible or empty array on any of the
    ABIs, or a record that ends in one. Go reaches no byte through a member without size."""
    c_rules = (placer for placer in placers if placer.abi.language != "go")
    return any(_ends_open(member.type, placer) for placer in c_rules)


def _ends_open(type_: Type, placer: Placer) -> bool:
    while isinstance(type_, Alias):
        type_ = type_.target
    if isinstance(type_, Array):
        return type_.count is None or placer.evaluate(type_.count) == 0
    if isinstance(type_, RecordType) and type_.record.kind == "struct" and type_.record.fields:
        return _ends_open(type_.record.fields[-1].type, placer)
    return False


def keeps_apart(order: Sequence[Atom]) -> bool:
    """Whether no two runs of bit-fields meet."""
    return not any(late.joins(early) for early, late in pairwise(order))


def part(order: Sequence[Atom]) -> list[Atom]:
    """The order with each run of bit-fields that would meet another one put behind the next atom
    that is none; as it was where there is no such atom."""
    rest, out = list(order), list[Atom]()
    while rest:
        fitting = (at for at, atom in enumerate(rest) if not out or not atom.joins(out[-1]))
        out.append(rest.pop(next(fitting, 0)))
    return out


def reorder(record: Record, order: Sequence[Atom], last: Atom | None) -> Record:
    """The record with its atoms in that order."""
    atoms = [*order, *([] if last is None else [last])]
    return replace(record, fields=tuple(field for atom in atoms for field in atom.fields))
