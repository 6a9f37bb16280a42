"""What C types are once their typedefs are looked through."""

from __future__ import annotations

from layout.model import Alias, Pointer, RecordType, Scalar, Type

__all__ = ["holds_record", "lie_alike"]


def lie_alike(one: object, other: object) -> bool:
    """Whether two typedefs stand for the same arithmetic type, or both for pointers."""
    if not (isinstance(one, Alias) and isinstance(other, Alias)) or one.aligned or other.aligned:
        return False
    pair = (one.target, other.target)
    if isinstance(pair[0], Scalar) and isinstance(pair[1], Scalar):
        return pair[0].key == pair[1].key
    return isinstance(pair[0], Pointer) and isinstance(pair[1], Pointer)


def holds_record(type_: Type | None) -> bool:
    """Whether a type is a struct or union by value."""
    while isinstance(type_, Alias):
        type_ = type_.target
    return isinstance(type_, RecordType)
