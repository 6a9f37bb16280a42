"""Does `place` confirm what the searches assume? Where it does not, nothing is claimed.

The searches place members one behind the other with `layout.place.advance`. An ABI or a language
may place a record by rules that this does not see, such as what a base class puts before the first
member; then an order that looks shorter may not be.
"""

from __future__ import annotations

from collections.abc import Sequence

from layout.atoms import walk
from layout.constraints import names_of
from layout.model import Layout, Record
from layout.place import Placer

__all__ = ["confirmed", "named_spans", "spans"]


def spans(record: Record, placer: Placer) -> list[tuple[int, int, int]]:
    """First bit, last bit and bits used of each member of a struct when they follow each other."""
    pieces = [placer.piece(record, member) for member in record.fields]
    used = [piece.size if piece.width is None else piece.width for piece in pieces]
    return [(*span, bits) for span, bits in zip(walk(pieces, 0), used, strict=True)]


def named_spans(record: Record, layout: Layout) -> list[tuple[int, int]]:
    """First and last bit of each member as placed, by what it names; (0, 0) for one that nothing
    names."""
    placed = {field.name: (field.bit_offset, field.end_bit) for field in layout.fields}
    found = []
    for member in record.fields:
        inner = [placed[name] for name in names_of(member) if name in placed]
        starts, stops = [start for start, _ in inner], [stop for _, stop in inner]
        found.append((min(starts, default=0), max(stops, default=0)))
    return found


def confirmed(record: Record, placers: Sequence[Placer], placed: Sequence[Layout]) -> bool:
    """Whether each member lies where the searches have it, and the sizes are theirs."""
    return all(
        _agrees(record, placer, layout) for placer, layout in zip(placers, placed, strict=True)
    )


def _agrees(record: Record, placer: Placer, layout: Layout) -> bool:
    found = spans(record, placer)
    end = max((stop for _, stop, _ in found), default=0)
    if layout.size != -(-end // (layout.align * 8)) * layout.align:
        return False
    places = {field.name: field.bit_offset for field in layout.fields}
    for member, (start, stop, _) in zip(record.fields, found, strict=True):
        if member.name is not None:
            if places.get(member.name) != start:
                return False
        elif not all(start <= places.get(name, start) <= stop for name in names_of(member)):
            return False
    return True
