"""Runs made by hand, so that the report is tested without reading, placing or replaying anything.

The placement here is the plainest there is (each member at the next multiple of its alignment);
the counts are formulas without meaning, large enough to look like a run's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from layout.model import Field, Hole, Layout, PlacedField, Proposal, Record, Scalar
from linewise.score import (
    FieldScore,
    LevelScore,
    Quantity,
    RecordChange,
    RecordScore,
    Run,
    Score,
    SharedPair,
)

ABIS = ("x86_64-linux-gnu", "aarch64-linux-gnu")


@dataclass(frozen=True)
class Member:
    """A member of a record made by hand; ``bits`` makes it a bit-field; ``heat`` in percent."""

    name: str
    type: str
    size: int
    align: int
    heat: float = 0.0
    writes: float = 0.0  # share of the accesses that write
    bits: int | None = None


HOT_AND_COLD = (
    Member("side", "uint8_t", 1, 1, 6.0),
    Member("id", "uint64_t", 8, 8, 9.0),
    Member("audit", "char[40]", 40, 1),
    Member("price", "int64_t", 8, 8, 24.0),
    Member("flags", "unsigned char", 1, 1, 0.7, 0.5),
    Member("account", "uint32_t", 4, 4, 2.5),
    Member("remaining", "uint32_t", 4, 4, 26.0, 0.7),
    Member("state", "unsigned int", 4, 4, 3.1, 0.5, bits=3),
    Member("kind", "unsigned int", 4, 4, 1.1, bits=5),
    Member("reason", "unsigned int", 4, 4, 0.0, bits=11),
    Member("created_ns", "uint64_t", 8, 8, 0.4),
    Member("next", "struct order *", 8, 8, 13.0, 0.2),
    Member("tag", "char[13]", 13, 1),
    Member("fills", "uint32_t", 4, 4, 8.0, 0.9),
    Member("note", "char[16]", 16, 1),
    Member("gateway", "uint16_t", 2, 2, 0.2),
    Member("touched_by_reader", "uint64_t", 8, 8, 4.0, 1.0),
)

COUNTERS = (Member("seen", "uint64_t", 8, 8, 1.0, 1.0), Member("sent", "uint64_t", 8, 8, 1.0, 1.0))


def record_of(name: str, members: Sequence[Member]) -> Record:
    """A record with these members, in this order."""
    fields = tuple(
        Field(one.name, Scalar(one.type, one.type), one.bits, line)
        for line, one in enumerate(members, start=3)
    )
    return Record(name, "struct", fields, 2, "order_book.h")


def place(name: str, members: Sequence[Member], abi: str) -> Layout:
    """Each member at the next multiple of its alignment; neighbouring bit-fields share a unit."""
    placed: list[PlacedField] = []
    at = 0  # bits
    for line, one in enumerate(members, start=3):
        unit = one.size * 8
        if one.bits is None:
            at = -(-at // (one.align * 8)) * one.align * 8
        elif at // unit != (at + one.bits - 1) // unit:
            at = -(-at // unit) * unit
        placed.append(PlacedField(one.name, one.type, at // 8, one.size, at, one.bits, line))
        at += unit if one.bits is None else one.bits
    align = max(one.align for one in members)
    used = -(-at // 8)
    size = -(-used // align) * align
    record = record_of(name, members)
    return Layout(record, abi, size, align, tuple(placed), _holes(placed, used), size - used)


def _holes(placed: Sequence[PlacedField], used: int) -> tuple[Hole, ...]:
    holes = []
    end = 0
    for one in sorted(placed, key=lambda field: field.bit_offset):
        if one.bit_offset > end:
            whole = -(-end // 8)
            if whole * 8 > end:
                bits = min(whole * 8, one.bit_offset) - end
                holes.append(Hole(end // 8, 0, end, bits))
            size = one.offset - whole
            if size > 0:
                holes.append(Hole(whole, size, whole * 8, size * 8))
        end = max(end, one.end_bit)
    if end < used * 8:
        holes.append(Hole(end // 8, 0, end, used * 8 - end))
    return tuple(holes)


def change_of(
    name: str, members: Sequence[Member], *, reorder: bool = True, abis: Sequence[str] = ABIS
) -> RecordChange:
    """The record as written, and with its hot and large members first."""
    after = sorted(members, key=lambda one: (-one.align, -one.heat)) if reorder else list(members)
    old = tuple(place(name, members, abi) for abi in abis)
    new = tuple(place(name, after, abi) for abi in abis)
    proposal = Proposal(
        record=record_of(name, after),
        order=tuple(one.name for one in after),
        before=old,
        after=new,
        goal="bytes",
        cost_before=old[0].size,
        cost_after=new[0].size,
        bound=new[0].size,
        proof="No order is smaller: the members need these bytes at this alignment.",
        changed=reorder and [one.name for one in after] != [one.name for one in members],
    )
    return RecordChange(name, "order_book.h:2", old, new, proposal)


def score_of(order: str, records: dict[str, Sequence[Member]], gain: float, threads: int) -> Score:
    """Counts by formula; ``gain`` 1 is the written order, 0.5 halves the misses."""
    accesses = 12_000_000
    fields = [
        FieldScore(
            record=name,
            field=one.name,
            reads=int(accesses * one.heat / 100 * (1 - one.writes)),
            writes=int(accesses * one.heat / 100 * one.writes),
            misses=tuple(int(accesses * one.heat / part * gain) for part in (400, 700, 2500)),
            heat=one.heat / 100,
        )
        for name, members in records.items()
        for one in members
    ]
    written = [one for one in fields if one.writes]
    pairs = [
        SharedPair(a.record, a.field, b.record, b.field, int(40_000 * gain) + 7 * i, 900_000 + i)
        for i, (a, b) in enumerate([*combinations(written, 2), *((one, one) for one in written)])
    ]
    pairs = pairs if threads > 1 else []
    per_thousand = (300.0 * gain, 180.0 * gain, 42.0 * gain)
    levels = tuple(
        LevelScore(name, accesses // 3**i, int(accesses * each / 1000), int(9e4 * gain), each)
        for i, (name, each) in enumerate(zip(("L1d", "L2", "L3"), per_thousand, strict=True))
    )
    return Score(
        order=order,
        records=tuple(
            RecordScore(name, 1_000_000, 200, 208.0 * gain, 1.0 + 3 * gain) for name in records
        ),
        accesses=accesses,
        lines_per_operation=Quantity(3.4 * gain, "lines", "exact"),
        levels=levels,
        memory_accesses=int(accesses * 0.042 * gain),
        average_access=Quantity(
            4.0 + 11 * gain, "cycles", "modelled", "L3 latency assumed: 40 cycles (not stated)."
        ),
        fields=tuple(sorted(fields, key=lambda one: -one.misses[0])),
        sharing=tuple(sorted(pairs, key=lambda one: -one.lines)),
        shared_lines=max((one.lines for one in pairs), default=0),
    )


def make_run(
    records: dict[str, Sequence[Member]] | None = None,
    *,
    reorder: bool = True,
    gain: float = 0.5,
    threads: int = 4,
    line_bytes: int = 64,
    abis: Sequence[str] = ABIS,
) -> Run:
    """A whole run over ``records`` (an order book's, unless given)."""
    records = records or {"struct order": HOT_AND_COLD}
    return Run(
        scenario="order book",
        description="A million resting orders; matchers walk them while a reader counts.",
        machine="zen2",
        heap="size-class",
        abis=tuple(abis),
        objects=1_000_000,
        threads=threads,
        operations=3_000_000,
        seed=7,
        line_bytes=line_bytes,
        changes=tuple(
            change_of(name, members, reorder=reorder, abis=abis)
            for name, members in records.items()
        ),
        written=score_of("written", records, 1.0, threads),
        proposed=score_of("proposed", records, gain, threads),
        seconds={"read": 0.01, "replay": 3.21},
    )


def without_times(run: Run) -> Run:
    """The same run where the machine states no latency and nothing stands in for it."""
    unknown = Quantity(None, "cycles", "unknown", "")
    return replace(
        run,
        written=replace(run.written, average_access=unknown),
        proposed=replace(run.proposed, average_access=unknown),
    )
