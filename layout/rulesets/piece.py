"""What one member asks for, and where it lies once the bits before it are taken."""

from __future__ import annotations

from typing import NamedTuple

from layout.errors import LayoutError
from layout.evaluate import is_integer
from layout.model import Alias, Enum, Field, Scalar

__all__ = ["Piece", "advance", "check_bit_field", "round_up"]


class Piece(NamedTuple):
    """What one member asks for, in bits."""

    size: int  # of its type
    align: int
    width: int | None = None  # of a bit-field
    snap: int = 0  # where a bit-field starts: a multiple of this, 0 for any bit
    free: bool = False  # a bit-field that may cross its type's units
    counts: bool = True  # whether its alignment raises the record's
    tail: int = 0  # what stays empty behind a bit-field: Microsoft's unit is left as it is
    reach: int = 0  # the record holds so many from the member's start, whatever follows
    marked: bool = False  # Go: a position inside a byte says that a member without size ends there


def advance(piece: Piece, at: int) -> tuple[int, int]:
    """First bit of a member and first free bit behind it when the bits before ``at`` are taken.
    Both never decrease with ``at``, which the searches for a better order rest on."""
    if piece.width is None:
        start = round_up(at // 8 * 8 if piece.marked else at, piece.align)
        mark = int(piece.marked and not piece.size and start > 0)
        return start, start + piece.size + mark
    crosses = not piece.free and at % piece.align + piece.width > piece.size
    if piece.width == 0 or crosses:
        at = round_up(at, piece.align)
    elif piece.snap:
        at = round_up(at, piece.snap)
    return at, at + piece.width + piece.tail


def check_bit_field(field: Field, width: int, size: int) -> None:
    """Whether C allows that bit-field of a type of ``size`` bytes. Raises LayoutError."""
    type_ = field.type
    while isinstance(type_, Alias):
        type_ = type_.target
    if not isinstance(type_, Enum) and not (isinstance(type_, Scalar) and is_integer(type_.key)):
        raise LayoutError(f"a bit-field of type {field.type}; use an integer type")
    most = 1 if isinstance(type_, Scalar) and type_.key in ("_Bool", "bool") else size * 8
    if not 0 <= width <= most:
        raise LayoutError(f"a bit-field of {width} bits; {field.type} has 0 to {most}")
    if width == 0 and field.name is not None:
        raise LayoutError("a named bit-field of width 0; give it a width or drop the name")


def round_up(value: int, multiple: int) -> int:
    """The least multiple that is no less than ``value``."""
    return -(-value // multiple) * multiple
