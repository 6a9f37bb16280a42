"""The rules of Microsoft's compiler, as clang's MicrosoftRecordLayoutBuilder has them.

Microsoft, C Bit Fields; Storage and Alignment of Structures; pack pragma; align (__declspec). What
they leave open is measured.

- A type has a natural alignment and, by ``aligned`` or ``__declspec(align)`` on it or on its
  members, a required one. ``#pragma pack`` and ``packed`` cap the natural one; the required one
  holds all the same. A typedef cannot lower the natural one. A pack beyond the size of a pointer
  is none.
- A bit-field opens a unit of its declared type's size, or lies in the open one of the same size
  when it fits. Only what opens a unit aligns the record. In a union it takes its whole unit and
  aligns nothing.
- Width 0 does something only right behind another bit-field.
- An empty struct takes 4 bytes, or what it is required to be aligned to if that is more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from layout.model import Alias, Array, Field, Record, RecordType, Type
from layout.rulesets.piece import Piece, check_bit_field, round_up
from layout.rulesets.units import Ask, Unit, piece_of_run, units

if TYPE_CHECKING:
    from layout.place import Placer

__all__ = ["finish", "piece"]

# Bytes of a struct without members in C.
EMPTY = 4


def piece(placer: Placer, record: Record, field: Field) -> Piece:
    """What a member asks for."""
    if field.bit_width is not None:
        return piece_of_run(placer, record, field, _ask, _lay)
    size, _ = placer.measure(field.type)
    return Piece(size * 8, 8 * _align(placer, record, field, _required(placer, field)))


def _pack(placer: Placer, record: Record) -> int:
    """Bytes that alignments are capped at, 0 for none."""
    if record.packed:
        return 1
    pointer, _ = placer.abi.scalars["pointer"]
    return record.pack if record.pack is not None and record.pack <= pointer else 0


def _align(placer: Placer, record: Record, field: Field, required: int) -> int:
    """Bytes that a member is aligned to."""
    natural = field.type
    while isinstance(natural, Alias):
        natural = natural.target
    _, align = placer.measure(natural)
    pack = _pack(placer, record)
    if pack:
        align = min(align, pack)
    return max(1 if field.packed else align, required)


def _explicit(placer: Placer, field: Field) -> int:
    """Bytes that the attributes of a member and of its type require, 0 for none."""
    on_type = placer.measure(field.type)[1] if _is_required(field.type) else 0
    return max(on_type, placer.alignment(field.aligned))


def _is_required(type_: Type) -> bool:
    """Whether an attribute sets the alignment of a type, or of an array's elements."""
    while isinstance(type_, Alias | Array):
        if isinstance(type_, Alias) and type_.aligned:
            return True
        type_ = type_.target if isinstance(type_, Alias) else type_.element
    return isinstance(type_, RecordType) and bool(type_.record.aligned)


def _required(placer: Placer, field: Field) -> int:
    """Bytes that a member that is no bit-field requires, its members' members included."""
    type_ = field.type
    while isinstance(type_, Alias | Array):
        type_ = type_.target if isinstance(type_, Alias) else type_.element
    inner = 0
    if isinstance(type_, RecordType):
        placer.place(type_.record)
        inner = placer.required[type_.record]
    return max(inner, _explicit(placer, field))


def _ask(placer: Placer, record: Record, field: Field) -> Ask:
    size, _ = placer.measure(field.type)
    width = placer.evaluate(field.bit_width or 0)
    check_bit_field(field, width, size)
    align = _align(placer, record, field, _explicit(placer, field))
    return Ask(size * 8, 8 * align, width)


def _lay(record: Record, asks: Sequence[Ask]) -> list[Piece]:
    if record.kind == "struct":
        return units(asks, _zero, gnu=False)
    pieces, behind = [], False
    for ask in asks:
        size = ask.size if ask.width or behind else 0
        pieces.append(Piece(ask.size, 1, ask.width, 0, True, False, size - ask.width))
        behind = ask.width > 0
    return pieces


def _zero(ask: Ask, unit: Unit) -> Piece:
    return Piece(ask.size, ask.align if unit.size else 1, 0, counts=unit.size > 0)


def finish(placer: Placer, record: Record, end: int, align: int) -> tuple[int, int]:
    """Size and alignment of the record; remembers what it requires."""
    own = placer.alignment(record.aligned)
    members = (field for field in record.fields if field.bit_width is None)
    required = max([1, own, *(_required(placer, field) for field in members)])
    placer.required[record] = required
    size = round_up(end, align)
    align = max(align, 8 * required)
    pack = 8 * _pack(placer, record)
    size = round_up(size, max(min(align, pack) if pack else align, 8 * required))
    if size == 0:
        size = align if required >= EMPTY else 8 * EMPTY
    return size, align
