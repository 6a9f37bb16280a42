"""How members are laid out: one file per set of rules, one row in `RULESETS`.

A set of rules has two functions: ``piece`` says what one member asks for, ``finish`` what the whole
record is aligned to and how long it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from layout.rulesets import golang, itanium, microsoft, ms_struct

if TYPE_CHECKING:
    from layout.model import Field, Record
    from layout.place import Placer
    from layout.rulesets.piece import Piece

__all__ = ["RULESETS", "Ruleset"]


class _PieceOf(Protocol):
    def __call__(self, placer: Placer, record: Record, field: Field) -> Piece: ...


class _Finish(Protocol):
    def __call__(self, placer: Placer, record: Record, end: int, align: int) -> tuple[int, int]: ...


class Ruleset(NamedTuple):
    """``piece(placer, record, field)``; ``finish(placer, record, end, align)`` gives size and
    alignment in bits from the first free bit and the strictest alignment of the members."""

    piece: _PieceOf
    finish: _Finish


# `Abi.rules` -> the functions.
RULESETS: dict[str, Ruleset] = {
    "itanium": Ruleset(itanium.piece, itanium.finish),
    "ms_struct": Ruleset(ms_struct.piece, itanium.finish),
    "microsoft": Ruleset(microsoft.piece, microsoft.finish),
    "go": Ruleset(golang.piece, itanium.finish),
}
