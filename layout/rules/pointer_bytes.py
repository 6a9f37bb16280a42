"""LW007: a collector scans more bytes of the record than it must."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from layout.model import Field, Layout
from layout.place import Placer
from layout.rules.rule import Notice, Rule, Subject

__all__ = ["RULE", "least_pointer_bytes"]


def least_pointer_bytes(placed: Layout, placer: Placer) -> int | None:
    """The fewest bytes up to the last pointer that an order without growth reaches.

    Members with pointers first; of these the one that has most bytes behind its own last pointer
    goes last. The order is placed, so that what is claimed exists; None when it would be larger.
    """
    scanned = {field: _scanned(placed, field, placer) for field in placed.record.fields}
    holders = [field for field in placed.record.fields if scanned[field]]
    if not holders:
        return 0

    def behind(field: Field) -> int:
        return placer.measure(field.type)[0] - scanned[field]

    def strictness(field: Field) -> int:
        return -placer.piece(placed.record, field).align

    last = max(holders, key=behind)
    first = sorted((field for field in holders if field is not last), key=strictness)
    rest = sorted((field for field in placed.record.fields if not scanned[field]), key=strictness)
    better = placer.place(replace(placed.record, fields=(*first, last, *rest)))
    return better.pointer_bytes if better.size <= placed.size else None


def _scanned(placed: Layout, field: Field, placer: Placer) -> int:
    """Bytes up to the last pointer within one member."""
    return placer.place(replace(placed.record, fields=(field,))).pointer_bytes or 0


def _check(subject: Subject) -> Iterator[Notice]:
    for placed, placer in zip(subject.layouts, subject.placers, strict=True):
        if not placed.pointer_bytes:
            continue
        least = least_pointer_bytes(placed, placer)
        if least is not None and least < placed.pointer_bytes:
            saved = placed.pointer_bytes - least
            message = f"{placed.pointer_bytes} pointer bytes, {least} in another order (-{saved})"
            yield Notice((placed.abi,), subject.record.line, None, message, saved)


RULE = Rule(
    code="LW007",
    name="pointer-bytes",
    title="pointer bytes not minimal",
    why="""\
Go's collector scans each object up to its last word that may hold a pointer. A pointer behind
plain data makes it look at all of the data too, in every cycle. With the members that hold
pointers first it stops early. Strings, slices and interfaces hold a pointer in their first word
(interfaces in both).""",
    bad="""\
type entry struct {
	count [12]int64
	next  *entry // the collector scans 104 bytes
}""",
    good="""\
type entry struct {
	next  *entry // the collector scans 8 bytes
	count [12]int64
}""",
    leave="""\
When few objects live at once, or when the members that are used together matter more: the
collector runs now and then, the program all the time.""",
    fix="put the members that hold pointers first",
    check=_check,
    level="note",
    need="pointers",
    language="go",
)
