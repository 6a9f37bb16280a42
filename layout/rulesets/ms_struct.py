"""The rules of ``ms_struct``: MinGW's own, and those that the attribute or the pragma asks for.

GCC manual, x86 Type Attributes; where it is silent, clang's ItaniumRecordLayoutBuilder with
IsMsStruct. A struct is laid out as by `layout.rulesets.itanium`, except that:

- A member of an arithmetic type, or an array of one, aligns to its size at least; a flexible array
  does not.
- A bit-field opens a unit of its declared type's size, aligned to that size, or lies in the open
  one of the same size when it fits. ``packed`` changes nothing in it, ``#pragma pack`` caps the
  alignment. Its alignment counts for the record, named or not.
- Width 0 goes to the next boundary of its type behind a bit-field and does nothing elsewhere.
- In a union a bit-field takes its whole unit and aligns nothing; one of width 0 takes a byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from layout.model import Alias, Array, Field, Record, Scalar, Type, is_flexible
from layout.rulesets import itanium
from layout.rulesets.piece import Piece, check_bit_field
from layout.rulesets.units import Ask, Unit, piece_of_run, units

if TYPE_CHECKING:
    from layout.place import Placer

__all__ = ["piece"]

# Scalars of an ABI's table that are no arithmetic types.
_STRUCTURES = ("va_list", "max_align_t")


def piece(placer: Placer, record: Record, field: Field) -> Piece:
    """What a member asks for."""
    if field.bit_width is not None:
        return piece_of_run(placer, record, field, _ask, _lay)
    size, align = placer.measure(field.type)
    return itanium.plain(placer, record, field, size, max(align, _natural(placer, field.type)))


def _natural(placer: Placer, type_: Type) -> int:
    """The size of an arithmetic type, or of an array's elements, if it is a power of two."""
    if is_flexible(type_):
        return 1
    while isinstance(type_, Alias | Array):
        type_ = type_.target if isinstance(type_, Alias) else type_.element
    if not isinstance(type_, Scalar) or type_.key in _STRUCTURES:
        return 1
    size, _ = placer.measure(type_)
    return size if size & (size - 1) == 0 else 1


def _ask(placer: Placer, record: Record, field: Field) -> Ask:
    size, _ = placer.measure(field.type)
    width = placer.evaluate(field.bit_width or 0)
    check_bit_field(field, width, size)
    align = max(size * 8 if width else 1, 8 * placer.alignment(field.aligned))
    if width and record.pack is not None:
        align = min(align, record.pack * 8)
    return Ask(size * 8, align, width)


def _lay(record: Record, asks: Sequence[Ask]) -> list[Piece]:
    if record.kind == "struct":
        return units(asks, _zero, gnu=True)
    return [
        Piece(ask.size, 1, ask.width, 0, True, False, (ask.size if ask.width else 8) - ask.width)
        for ask in asks
    ]


def _zero(ask: Ask, unit: Unit) -> Piece:
    align = max(ask.align, ask.size) if unit.size else ask.align
    return Piece(ask.size, align, 0)
