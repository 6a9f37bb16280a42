"""A problem and its costs as the columns that the compiled loops take."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layout.atoms import Atom, Problem, walk
from layout.costs import Costs, granule
from layout.errors import LayoutError
from layout.linesearch import ARRAY, Tables
from layout.place import Piece

__all__ = ["one_abi", "steps_of", "tables_of"]

# Bits up to which a place is looked up: 512 bytes of alignment among bit-fields or empty arrays.
MAX_PERIOD = 4096


def tables_of(
    problem: Problem,
    costs: Costs,
    where: tuple[int | None, bool],
    limits: Sequence[int],
    scanned: Sequence[Sequence[int]],
) -> Tables:
    """The columns. ``where`` are base alignment (bytes, None for a line) and array; ``limits`` the
    most bytes per ABI, ``scanned`` the bytes up to an atom's last pointer. Raises LayoutError for
    bit-fields aligned to more than MAX_PERIOD."""
    atoms, count = problem.all, len(problem.all)
    abis = range(len(problem.aligns))
    aligns, slots, bits = (np.zeros((len(abis), count), np.int64) for _ in range(3))
    starts = np.full((len(abis), count), -1, np.int64)
    rows: list[tuple[int, int, int, int]] = []
    for abi in abis:
        for at, atom in enumerate(atoms):
            pieces = atom.pieces[abi]
            aligns[abi, at] = max(max(piece.align, piece.snap, 8) for piece in pieces)
            bits[abi, at] = atom.least_bits[abi]
            slots[abi, at] = -1 if _plain(pieces) else len(rows)
            if slots[abi, at] >= 0:
                rows += _looked_up(pieces, int(aligns[abi, at]))
            starts[abi, at] = problem.rules.starts.get(at, (-1,) * len(abis))[abi]
    lines = np.array(problem.lines, np.int64) * 8
    records = np.array(problem.aligns, np.int64)
    steps = _steps(lines, records, where[0])
    places = max(
        (int(line // (min(line, align) if where[1] else step))
         for line, align, step in zip(lines, records, steps, strict=True)),
        default=1,
    )  # fmt: skip
    options = [costs.byte, costs.pointer, places, where[1], problem.across == "worst"]
    uses, used = _uses(costs, count)
    rules = problem.rules
    return Tables(
        aligns=aligns,
        bits=bits,
        slots=slots,
        spans=np.array(rows, np.int64).reshape(-1, 4),
        records=records,
        lines=lines,
        steps=steps,
        limits=np.array(limits, np.int64),
        scanned=np.array(scanned, np.int64).reshape(len(abis), count),
        starts=starts,
        uses=uses,
        used=used,
        weights=np.array(costs.weights, np.int64),
        loss=costs.loss,
        shares=np.array([int(row.any()) for row in costs.loss], np.int64),
        heat=np.array(costs.heat, np.int64),
        levels=np.array([rules.level(at) for at in range(count)], np.int64),
        before=np.array(rules.before, np.int64).reshape(-1, 2),
        groups=np.array(
            [[int(at in group) for at in range(count)] for group in rules.groups], np.int64
        ).reshape(len(rules.groups), count),
        joins=np.array(
            [(atom.opens_with_bits, atom.ends_with_bits) for atom in atoms], np.int64
        ).reshape(-1, 2),
        earlier=_earlier(problem, costs, scanned),
        options=np.array([int(option) for option in options], np.int64),
    )


def _steps(lines: np.ndarray, records: np.ndarray, base: int | None) -> np.ndarray:
    return np.array(
        [granule(int(line), int(align), int(line) if base is None else base * 8, None)
         for line, align in zip(lines, records, strict=True)],
        np.int64,
    )  # fmt: skip


def _plain(pieces: Sequence[Piece]) -> bool:
    """Whether an atom is one member at the next multiple of its alignment."""
    if len(pieces) != 1 or pieces[0].width is not None:
        return False
    size, align = pieces[0].size, pieces[0].align
    for at in (0, 1, 8, 9, align - 1, align, align + 1):
        start = -(-at // align) * align
        if next(walk(pieces, at)) != (start, start + size):
            return False
    return True


def _looked_up(pieces: Sequence[Piece], period: int) -> list[tuple[int, int, int, int]]:
    """Rows of `Tables.spans` for all places within the strictest alignment of the pieces."""
    if period > MAX_PERIOD:
        fault = f"bit-fields or empty arrays aligned to {period // 8} bytes"
        raise LayoutError(f"{fault} are not supported for this goal; order the record for bytes")
    rows = []
    for at in range(period, 2 * period):  # not at 0, where Go sets no mark
        found = [*walk(pieces, at)]
        sizes = [piece.size if piece.width is None else piece.width for piece in pieces]
        full = [span for span, size in zip(found, sizes, strict=True) if size]
        first, stop = (full[0][0], full[-1][1]) if full else (found[0][0], found[0][0])
        rows.append((found[0][0] - at, first - at, stop - at, found[-1][1] - at))
    return rows


def _uses(costs: Costs, count: int) -> tuple[np.ndarray, np.ndarray]:
    own: list[list[int]] = [[] for _ in range(count)]
    for operation, mask in enumerate(costs.masks):
        for at in mask:
            own[at].append(operation)
    ends = np.cumsum([0, *(len(operations) for operations in own)])
    return ends.astype(np.int64), np.array([one for each in own for one in each], np.int64)


def _earlier(problem: Problem, costs: Costs, scanned: Sequence[Sequence[int]]) -> np.ndarray:
    """For each atom the last one before it that could take its place in any order, or -1."""
    found = np.full(len(problem.all), -1, np.int64)
    named, atoms = problem.rules.named(), problem.atoms
    users = [tuple(at in mask for mask in costs.masks) for at in range(len(problem.all))]

    def alike(one: Atom, other: Atom) -> bool:
        at, of = one.index, other.index
        if not named.isdisjoint((at, of)) or one.pieces != other.pieces:
            return False
        rest = [third for third in range(len(costs.loss)) if third not in (at, of)]
        return (
            problem.rules.level(at) == problem.rules.level(of)
            and users[at] == users[of]
            and costs.heat[at] == costs.heat[of]
            and all(column[at] == column[of] for column in scanned)
            and bool((costs.loss[at, rest] == costs.loss[of, rest]).all())
        )

    for at, atom in enumerate(atoms):
        found[at] = max((other.index for other in atoms[:at] if alike(atom, other)), default=-1)
    return found


def one_abi(tables: Tables, abi: int) -> Tables:
    """The same for one ABI alone."""
    columns = ("aligns", "bits", "slots", "records", "lines", "steps", "limits", "scanned",
               "starts")  # fmt: skip
    return tables._replace(**{name: getattr(tables, name)[abi : abi + 1] for name in columns})


def steps_of(problem: Problem, tables: Tables, abi: int) -> list[int]:
    """The distances (bits) between starts that the sizes of some order may ask for, widest first;
    ``tables`` are those of the one ABI."""
    step = int(tables.steps[0])
    if not tables.options[ARRAY]:
        return [step]
    line, align = int(tables.lines[0]), int(tables.records[0])
    least, most = problem.least()[abi] * 8, int(tables.limits[0]) * 8
    sizes = range(least, min(most, least + line) + 1, align)
    return sorted({granule(line, align, step, size) for size in sizes}, reverse=True)
