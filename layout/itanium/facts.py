"""What is known of a class once it is placed: all that a class which holds it must know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from layout.errors import LayoutError
from layout.model import Alias, Array, Record, RecordType, Type
from layout.place import Placer

__all__ = ["ClassFacts", "Member", "class_of", "element_of", "facts"]


class Member(NamedTuple):
    """A member of class type, or an array of such, where it lies in its class."""

    record: Record
    offset: int
    many: int
    size: int  # bytes of one


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """A class as a subobject. Bytes; the words are those of the Itanium C++ ABI, section 1.1."""

    record: Record
    size: int
    align: int
    dsize: int
    nvsize: int
    nvalign: int
    empty: bool
    dynamic: bool
    pod: bool  # C++03
    trivial: frozenset[str]  # special member functions, as in `layout.model.Special`
    standard: bool  # C++11 standard-layout
    primary: Record | None
    primary_is_virtual: bool
    bases: Mapping[Record, int]  # direct non-virtual ones
    virtual_bases: Mapping[Record, int]  # all, in the order of the inheritance graph
    members: tuple[Member, ...]
    largest_empty: int  # bytes of the largest empty class within


def facts(placer: Placer, record: Record) -> ClassFacts:
    """The facts of a class, which is placed first when it was not yet. Raises LayoutError."""
    if record not in placer.classes:
        placer.place(record)
    known = placer.classes[record]
    if isinstance(known, LayoutError):
        raise known
    return known


def class_of(type_: Type) -> Record | None:
    """The class that a type is, through aliases."""
    while isinstance(type_, Alias):
        type_ = type_.target
    return type_.record if isinstance(type_, RecordType) else None


def element_of(type_: Type, placer: Placer) -> tuple[Record | None, int]:
    """The class that a type is or is an array of, and how many of it there are."""
    count = 1
    while isinstance(type_, Alias | Array):
        if isinstance(type_, Alias):
            type_ = type_.target
        else:
            count *= 0 if type_.count is None else placer.evaluate(type_.count)
            type_ = type_.element
    return (type_.record if isinstance(type_, RecordType) else None), count
