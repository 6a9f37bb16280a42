"""LW005: bit-fields that leave bits of their storage units unused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from layout.model import Field, Layout, PlacedField, Record
from layout.rules.rule import Notice, Rule, Subject, plural

__all__ = ["RULE"]


def _runs(record: Record) -> Iterator[list[Field]]:
    """Named bit-fields side by side; an unnamed one says that bits are left out on purpose."""
    run: list[Field] = []
    for field in (*record.fields, None):
        if field is not None and field.bit_width is not None and field.name is not None:
            run.append(field)
            continue
        if len(run) > 1:
            yield run
        run = []


def _check(subject: Subject) -> Iterator[Notice]:
    if subject.record.kind == "union":
        return
    for run in _runs(subject.record):
        for placed in subject.layouts:
            notice = _wasted(placed, [field.name for field in run])
            if notice is not None:
                yield notice


def _wasted(placed: Layout, names: list[str | None]) -> Notice | None:
    fields = [field for field in placed.fields if field.name in names]
    gaps = [
        (late, late.bit_offset - early.end_bit)
        for early, late in pairwise(fields)
        if late.bit_offset > early.end_bit
    ]
    bits = sum(field.end_bit - field.bit_offset for field in fields)
    taken = -(-fields[-1].end_bit // 8) - fields[0].bit_offset // 8
    lost = taken - -(-bits // 8)
    if not gaps or lost < 1:
        return None
    return _notice(placed, fields, gaps[0], (bits, taken, lost))


def _notice(
    placed: Layout,
    fields: list[PlacedField],
    gap: tuple[PlacedField, int],
    numbers: tuple[int, int, int],
) -> Notice:
    behind, empty = gap
    bits, taken, lost = numbers
    message = (
        f"bit-fields `{fields[0].name}` to `{fields[-1].name}` have {bits} bits in"
        f" {plural(taken, 'byte')}; {plural(empty, 'bit')} before `{behind.name}` stay unused"
    )
    return Notice((placed.abi,), behind.line, behind.name, message, lost)


RULE = Rule(
    code="LW005",
    name="bit-field-storage",
    title="bit-field storage wasted",
    why="""\
A bit-field may not cross a boundary of its declared type (psABI 3.1.2, AAPCS64 10.1.8), and
under Microsoft's rules a type of another size starts a new unit. Bits that the next one does
not fit into stay unused. Reported is a run of named bit-fields that takes whole bytes more than
its bits fill.""",
    bad="""\
struct header {
    unsigned length : 20; /* 12 bits stay unused behind it */
    unsigned offset : 20;
    unsigned kind : 12;
};                        /* 8 bytes for 52 bits, kind beside offset */""",
    good="""\
struct header {
    unsigned length : 20;
    unsigned kind : 12;   /* fills the unit */
    unsigned offset : 20;
};""",
    leave="""\
When the bits are those of a register or a protocol. An unnamed bit-field in between says so to
the reader and to this rule.""",
    fix="order the run so that units are filled, or declare a wider type",
    check=_check,
)
