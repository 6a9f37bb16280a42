"""Which C++ classes the search for a better order may take: those that lie as a C struct does."""

from __future__ import annotations

from collections.abc import Iterator

from layout.errors import LayoutError
from layout.itanium.facts import class_of
from layout.model import Record

__all__ = ["check_movable"]


def check_movable(record: Record) -> None:
    """Raises LayoutError when members cannot be reordered as those of a struct.

    The search places members from offset 0 on and rounds the end up once. Bases and a virtual
    table pointer lie before, members that may overlap share bytes, and in a packed class what a
    member of class type asks for hangs on its class. Members under several access specifiers
    would change who may use them if they moved.
    """
    reason = next(_reasons(record), "")
    if reason:
        raise LayoutError(f"{record.place}: {record.name}: {reason}; reorder it by hand")


def _reasons(record: Record) -> Iterator[str]:
    if record.bases:
        yield "a class with bases is not reordered"
    if record.special.virtual:
        yield "a class with virtual functions is not reordered"
    members = [field for field in record.fields if field.name or field.bit_width is None]
    if any(field.overlaps for field in members):
        yield "a class with [[no_unique_address]] members is not reordered"
    if len({field.access for field in members}) > 1:
        yield "members under several access specifiers are not reordered"
    if record.packed and any(class_of(field.type) for field in members):
        yield "a packed class with members of class type is not reordered"
