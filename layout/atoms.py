"""What a search for a better order moves: members, and those that must stay together as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from layout.constraints import FREE, Constraints, Rules, rules_of
from layout.errors import LayoutError
from layout.model import Alias, Array, Field, Layout, Record, RecordType, Type
from layout.place import Piece, Placer, advance

__all__ = ["Atom", "Problem", "arrange", "keeps_apart", "part", "reorder", "walk"]

# Partial orders that `arrange` looks at before it gives up on constraints: a second of Python.
MAX_ARRANGED = 20_000


def walk(pieces: Sequence[Piece], at: int) -> Iterator[tuple[int, int]]:
    """First and last bit of each piece when they follow each other from ``at`` on."""
    for piece in pieces:
        start, at = advance(piece, at)
        yield start, at


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
        return tuple(
            [*walk(pieces, position)][-1][1]
            for position, pieces in zip(at, self.pieces, strict=True)
        )

    def start(self, at: tuple[int, ...]) -> tuple[int, ...]:
        """Its first bit on each ABI when it starts no earlier than ``at``."""
        return tuple(
            next(walk(pieces, position))[0]
            for position, pieces in zip(at, self.pieces, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """A record's atoms. ``last`` must stay last: a flexible array, or what holds one."""

    atoms: tuple[Atom, ...]
    last: Atom | None
    aligns: tuple[int, ...]  # of the record on each ABI, bits: the same for every order
    lines: tuple[int, ...]  # bytes of a cache line on each ABI
    # ABIs on which all atoms ask for the same are one ABI here; their indexes among all:
    columns: tuple[int, ...] = ()
    rules: Rules = FREE
    across: str = "worst"

    @staticmethod
    def of(
        record: Record,
        placers: Sequence[Placer],
        layouts: Sequence[Layout],
        constraints: Constraints | None = None,
    ) -> Problem:
        """The atoms of a struct that was placed already. Raises LayoutError for constraints that
        name what the record has not."""
        constraints = constraints or Constraints()
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
        atoms, kept = _distinct(atoms, layouts)
        pinned = bool(atoms) and _is_open(atoms[-1].fields[-1], placers)
        rules = rules_of(constraints, record, runs, open_end=pinned, starts=_starts(atoms))
        last = atoms.pop() if pinned else None
        aligns = tuple(layouts[abi].align * 8 for abi in kept)
        lines = tuple(layouts[abi].line for abi in kept)
        return Problem(tuple(atoms), last, aligns, lines, kept, rules, constraints.across)

    @property
    def all(self) -> tuple[Atom, ...]:
        """The atoms with the last one, by index."""
        return self.atoms if self.last is None else (*self.atoms, self.last)

    def sizes(self, ends: tuple[int, ...]) -> tuple[int, ...]:
        """Sizes of the record in bytes when all atoms but the last end at those bits."""
        if self.last is not None:
            ends = self.last.end(ends)
        return tuple(
            -(-end // align) * align // 8 for end, align in zip(ends, self.aligns, strict=True)
        )

    def score(self, sizes: Sequence[int]) -> tuple[int, int]:
        """What is compared, over ABIs: the largest and then the sum, or the sum alone."""
        total = sum(sizes)
        return (max(sizes), total) if self.across == "worst" else (total, total)

    def overall(self, costs: Sequence[float]) -> float:
        """The cost over the ABIs: the largest, or the mean."""
        return max(costs) if self.across == "worst" else sum(costs) / len(costs)

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

    def permits(self, order: Sequence[Atom]) -> bool:
        """Whether an order of ``atoms`` keeps bit-fields apart and all the rules."""
        if not keeps_apart(order):
            return False
        if self.rules.empty:
            return True
        tail = [] if self.last is None else [self.last]
        if not self.rules.permit([atom.index for atom in (*order, *tail)]):
            return False
        ends: tuple[int, ...] = (0,) * len(self.aligns)
        for atom in (*order, *tail) if self.rules.starts else ():
            if self.rules.starts.get(atom.index, start := atom.start(ends)) != start:
                return False
            ends = atom.end(ends)
        return True


def _starts(atoms: Sequence[Atom]) -> list[tuple[int, ...]]:
    """First bit of each atom in the author's order."""
    ends: tuple[int, ...] = (0,) * len(atoms[0].pieces) if atoms else ()
    starts = []
    for atom in atoms:
        starts.append(atom.start(ends))
        ends = atom.end(ends)
    return starts


def arrange(problem: Problem, preferred: Sequence[Atom]) -> list[Atom]:
    """An allowed order, each place given to the first atom that may have it and leaves a way to
    the end. Raises LayoutError when there is none, or none is found in MAX_ARRANGED steps."""
    if problem.rules.empty:
        return part(preferred)
    ends: tuple[int, ...] = (0,) * len(problem.aligns)
    path: list[tuple[Atom, tuple[int, ...]]] = []
    choices = [_choices(problem, preferred, [], ends)]
    dead: set[tuple[frozenset[int], bool, tuple[int, ...]]] = set()
    for _ in range(MAX_ARRANGED):
        if len(path) == len(problem.atoms) and problem.permits([atom for atom, _ in path]):
            return [atom for atom, _ in path]
        atom = next(choices[-1], None)
        if atom is None:
            choices.pop()
            if not path:
                raise LayoutError("no order keeps all the constraints; drop one")
            path.pop()
            continue
        ends = atom.end(path[-1][1] if path else (0,) * len(problem.aligns))
        chosen = [one for one, _ in path] + [atom]
        state = (frozenset(one.index for one in chosen), atom.ends_with_bits, ends)
        if state not in dead:
            dead.add(state)
            path.append((atom, ends))
            choices.append(_choices(problem, preferred, chosen, ends))
    raise LayoutError("no order found that keeps all the constraints; drop one")


def _choices(
    problem: Problem, preferred: Sequence[Atom], chosen: Sequence[Atom], ends: tuple[int, ...]
) -> Iterator[Atom]:
    """The atoms that may come next, those preferred first."""
    placed = {atom.index for atom in chosen}
    rules = problem.rules
    for atom in preferred:
        if atom.index in placed or (chosen and atom.joins(chosen[-1])):
            continue
        if rules.next_may_be(atom.index, placed) and (
            atom.index not in rules.starts or rules.starts[atom.index] == atom.start(ends)
        ):
            yield atom


def _distinct(atoms: list[Atom], layouts: Sequence[Layout]) -> tuple[list[Atom], tuple[int, ...]]:
    """The atoms with one column for all ABIs that ask for the same, and which ABIs these are."""
    columns = [
        (layout.align * 8, layout.line, *(atom.pieces[abi] for atom in atoms))
        for abi, layout in enumerate(layouts)
    ]
    kept = tuple(abi for abi, column in enumerate(columns) if columns.index(column) == abi)
    return [replace(atom, pieces=tuple(atom.pieces[abi] for abi in kept)) for atom in atoms], kept


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
