"""Attributes that debug info leaves out, from where the members lie.

DWARF has no word for ``packed``, ``#pragma pack`` and unnamed bit-fields, BTF and older compilers
none for ``aligned``. What is found here is a declaration that gives the recorded places; whether it
does is checked by placing it, never assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from layout.model import Field, Record, Scalar
from layout.place import MAX_ALIGN, Placer, advance

__all__ = ["declarations"]

# What `#pragma pack` may be, bytes; 16 and more only let bit-fields cross their units.
_PACKS = (1, 2, 4, 8, 16)
# Unnamed bit-fields of 32 bits that may stand at a record's end.
MAX_WORDS = 64


def declarations(
    record: Record, places: Sequence[int], size: int, placer: Placer
) -> Iterator[Record]:
    """Declarations that may lie as recorded, the plainest first.

    ``places`` are the members' bits from the start of the record, ``size`` is in bytes. Raises
    LayoutError for a type that the ABI lacks.
    """
    yield record
    if record.kind == "union":
        yield replace(record, packed=True)
        yield _sized(record, size, placer)
        return
    yield replace(record, packed=True)
    for pack in _PACKS:
        yield replace(record, pack=pack)
    for base in (record, replace(record, packed=True), replace(record, pack=16)):
        fields = _fields(base, places, placer)
        if fields is not None:
            yield replace(base, fields=fields)
            yield _sized(replace(base, fields=fields), size, placer)


def _fields(record: Record, places: Sequence[int], placer: Placer) -> tuple[Field, ...] | None:
    """The members with attributes and unnamed bit-fields that bring each to its place."""
    fields: list[Field] = []
    at = 0
    for written, place in zip(record.fields, places, strict=True):
        field = written
        start, end = advance(placer.piece(record, field), at)
        if start > place and not record.packed:
            field = replace(written, packed=True)
            start, end = advance(placer.piece(record, field), at)
        if start > place:
            return None
        more = [field]
        if start < place:
            gap = _gap(record, fields, field, at, place, placer)
            if gap is None:
                return None
            more = gap
        fields += more
        at = place + end - start
    return tuple(fields)


def _gap(
    record: Record, before: list[Field], field: Field, at: int, place: int, placer: Placer
) -> list[Field] | None:
    """What brings a member from ``at`` to ``place``: unnamed bit-fields beside bit-fields, else
    the least alignment."""
    beside = field.bit_width is not None or (before and before[-1].bit_width is not None)
    if beside:
        like = field if field.bit_width is not None else before[-1]
        for width in (0, place - at):
            unnamed = Field(None, like.type, width, field.line)
            if 0 <= width <= placer.measure(like.type)[0] * 8:
                _, end = advance(placer.piece(record, unnamed), at)
                if advance(placer.piece(record, field), end)[0] == place:
                    return [unnamed, field]
    align = 1
    while align <= MAX_ALIGN:
        raised = replace(field, aligned=(align,))
        if advance(placer.piece(record, raised), at)[0] == place:
            return [raised]
        align *= 2
    return None


def _sized(record: Record, size: int, placer: Placer) -> Record:
    """The record with the least alignment that rounds its end up to ``size`` bytes, or else with
    unnamed bit-fields at its end, as in `struct timex` of <sys/timex.h>."""
    placed = placer.place(record)
    align = placed.align
    while placed.size < size and align < min(size, MAX_ALIGN):
        align *= 2
        if -(-placed.size // align) * align == size:
            return replace(record, aligned=(align,))
    end = max((field.end_bit for field in placed.fields), default=0)
    words, rest = divmod(size * 8 - end, 32)
    if rest or not 0 < words <= MAX_WORDS or record.kind == "union":
        return record
    unnamed = (Field(None, Scalar("int", "int"), 32),) * words
    return replace(record, fields=(*record.fields, *unnamed))
