"""LW001: a hole between members that another order would close."""

from __future__ import annotations

from collections.abc import Iterator

from layout.model import Hole, Layout, PlacedField
from layout.rules.rule import Notice, Rule, Subject, plural

__all__ = ["RULE", "holes_before"]


def holes_before(placed: Layout) -> Iterator[tuple[Hole, PlacedField]]:
    """Each hole of whole bytes with the member behind it."""
    ordered = sorted(placed.fields, key=lambda field: field.bit_offset)
    for hole in placed.holes:
        end = hole.bit_offset + hole.bits
        behind = next((field for field in ordered if field.bit_offset >= end), None)
        if hole.size and behind is not None:
            yield hole, behind


def _check(subject: Subject) -> Iterator[Notice]:
    for placed, least in zip(subject.layouts, subject.least, strict=True):
        if least >= placed.size:
            continue
        for hole, behind in holes_before(placed):
            message = f"hole of {plural(hole.size, 'byte')} before `{behind.name}`"
            yield Notice((placed.abi,), behind.line, behind.name, message, hole.size)


RULE = Rule(
    code="LW001",
    name="padding-hole",
    title="padding hole",
    why="""\
A member starts at a multiple of its alignment; what lies between it and the member before is
lost. The bytes are allocated, fetched and written back like any other: fewer records fit into a
cache line, a page and a size class. Only holes of records that another order makes shorter are
reported; LW002 says by how much. Holes that no order closes are LW010, which runs when it is
selected.""",
    bad="""\
struct point {
    char tag;  /* 7 bytes lost behind it */
    double x;
    char flag;
};""",
    good="""\
struct point {
    double x;
    char tag;
    char flag;
};""",
    leave="""\
When the order is a format: on the wire, on disk, of a register, or agreed with another program
or an older version of a library. Say so in the comment that suppresses it.""",
    fix="move the member, or put smaller ones into the hole",
    check=_check,
    level="note",
)
