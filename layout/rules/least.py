"""How short a record could be: what the rules about bytes compare with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layout.atoms import Atom, Problem, keeps_apart, part, reorder
from layout.model import Layout, Record
from layout.place import Placer

__all__ = ["least_sizes"]


def least_sizes(
    record: Record, placers: Sequence[Placer], layouts: Sequence[Layout]
) -> tuple[int, ...]:
    """Bytes on each ABI in the order that is the shortest for all of them, see `layout.optimize`.

    Most records need no search: those without padding are minimal, and descending alignment reaches
    the bound for nearly all others. Only what is left goes through `layout.optimize`, whose search
    for the order nearest to the author's is of no use here and costs most of its time.
    """
    sizes = tuple(placed.size for placed in layouts)
    if record.kind == "union" or not any(placed.holes or placed.tail_padding for placed in layouts):
        return sizes
    problem = Problem.of(record, placers, layouts)
    bound = sum(problem.least())
    if sum(problem.measure(problem.atoms)) == bound:
        return sizes
    for order in map(part, _sorted(problem.atoms)):
        if keeps_apart(order) and sum(problem.measure(order)) == bound:
            better = reorder(record, order, problem.last)
            return tuple(placer.place(better).size for placer in placers)
    from layout.order import optimize

    proposal = optimize(record, [placer.abi for placer in placers], goal="bytes")
    return tuple(placed.size for placed in proposal.after)


def _sorted(atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    """Orders that reach the bound for nearly all records: the strictest first, and of what does
    not fill its alignment or may start anywhere (arrays of bytes, bit-fields) all behind."""
    falling = sorted(atoms, key=lambda atom: -atom.align)
    yield falling
    ragged = sorted(falling, key=lambda atom: atom.least_bits[0] % atom.align != 0)
    yield ragged
    yield sorted(ragged, key=lambda atom: atom.opens_with_bits)
    yield sorted(ragged, key=lambda atom: not atom.opens_with_bits)
