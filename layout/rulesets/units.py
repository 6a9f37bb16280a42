"""Bit-fields in units, as Microsoft lays them: what ``ms_struct`` and MSVC have in common.

A bit-field opens a unit of its declared type's size; those behind it lie in it as long as their
types have that size and they fit. The unit stays whole: what follows starts behind it. Which
bit-field opens a unit thus follows from the bit-fields before it in the same run and not from
where the run starts, so the pieces of a run can be told before any of it is placed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from layout.errors import LayoutError
from layout.rulesets.piece import Piece

if TYPE_CHECKING:
    from layout.model import Field, Record
    from layout.place import Placer

__all__ = ["Ask", "Kind", "piece_of_run", "units"]

# What to do with the bit-fields of one run.
Kind = Callable[["Placer", "Record", "Field"], "Ask"]


class Ask(NamedTuple):
    """What a bit-field asks for by itself, in bits."""

    size: int  # of its type, which is that of a unit
    align: int  # of the unit that it opens
    width: int


class Unit(NamedTuple):
    """The open unit behind a bit-field; ``size`` 0 when there is none."""

    size: int = 0
    left: int = 0


def piece_of_run(
    placer: Placer,
    record: Record,
    field: Field,
    ask: Kind,
    lay: Callable[[Record, Sequence[Ask]], list[Piece]],
) -> Piece:
    """The piece of a bit-field, with those of its whole run. Raises LayoutError for this field."""
    known = placer.runs.get(record)
    if known is None:
        known = placer.runs[record] = {}
        for run in _runs(record):
            known.update(_laid(placer, record, run, ask, lay))
    found = known.get(field)
    if found is None:  # of no run of that record, so one by itself
        found = _laid(placer, record, [field], ask, lay)[field]
    if isinstance(found, LayoutError):
        raise LayoutError(str(found))
    return found


def _runs(record: Record) -> Iterator[list[Field]]:
    run: list[Field] = []
    for field in record.fields:
        if field.bit_width is not None:
            run.append(field)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _laid(
    placer: Placer,
    record: Record,
    run: Sequence[Field],
    ask: Kind,
    lay: Callable[[Record, Sequence[Ask]], list[Piece]],
) -> dict[Field, Piece | LayoutError]:
    """The pieces of a run up to the first member that is at fault."""
    asks: list[Ask] = []
    fault: dict[Field, Piece | LayoutError] = {}
    for field in run:
        try:
            asks.append(ask(placer, record, field))
        except LayoutError as error:
            fault = dict.fromkeys(run[len(asks) :], error)
            break
    return {**dict(zip(run, lay(record, asks), strict=False)), **fault}


def units(asks: Sequence[Ask], zero: Callable[[Ask, Unit], Piece], *, gnu: bool) -> list[Piece]:
    """The pieces of a struct's run. ``zero`` is what a width of 0 does behind a unit. With ``gnu``
    a bit-field inside a unit raises the record's alignment too, and a width of 0 of the unit's own
    type rounds up from the last bit, which matters where a pragma put the unit out of step."""
    pieces: list[Piece] = []
    unit = Unit()
    for ask in asks:
        inside = ask.size == unit.size and ask.width <= unit.left
        if inside and (ask.width or gnu):
            pieces[-1] = pieces[-1]._replace(tail=0)
        if ask.width == 0:
            pieces.append(zero(ask, unit))
            unit = Unit()
        elif inside:
            unit = Unit(unit.size, unit.left - ask.width)
            pieces.append(Piece(ask.size, ask.align, ask.width, 0, True, gnu, unit.left))
        else:
            unit = Unit(ask.size, ask.size - ask.width)
            pieces.append(
                Piece(ask.size, ask.align, ask.width, ask.align, True, True, unit.left, ask.size)
            )
    return pieces
