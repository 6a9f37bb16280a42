"""Go's rules: each member at the lowest offset that is a multiple of its alignment, by sizes of its
own (cmd/compile/internal/types, size.go, CalcStructSize).

One thing is added: a member without size that is last in a record with a size costs one byte, so
that its address is never that of the next object. Whether the last member is one shows in the
position behind it, which then lies one bit into a byte: see `layout.rulesets.piece.advance`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layout.rulesets import itanium
from layout.rulesets.piece import Piece

if TYPE_CHECKING:
    from layout.model import Field, Record
    from layout.place import Placer

__all__ = ["piece"]


def piece(placer: Placer, record: Record, field: Field) -> Piece:
    """What a member asks for."""
    return itanium.piece(placer, record, field)._replace(marked=_marks(placer, record))


def _marks(placer: Placer, record: Record) -> bool:
    """Whether positions within a record say that a member without size ends there."""
    if record not in placer.marked:
        sizes = (placer.measure(field.type)[0] for field in record.fields)
        placer.marked[record] = any(size == 0 for size in sizes)
    return placer.marked[record]
