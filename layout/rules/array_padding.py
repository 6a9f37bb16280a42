"""LW009: an array repeats the tail padding of its elements."""

from __future__ import annotations

from collections.abc import Iterator

from layout.model import Alias, Array, Field, Layout, Record, RecordType, Type
from layout.place import Placer
from layout.rules.rule import Notice, Rule, Subject, plural

__all__ = ["LEAST_BYTES", "RULE"]

# Bytes of tail padding over all elements from which an array is reported: a cache line's worth.
LEAST_BYTES = 64


def _check(subject: Subject) -> Iterator[Notice]:
    for placed, placer in zip(subject.layouts, subject.placers, strict=True):
        for field in subject.record.fields:
            notice = _notice(placed, placer, field)
            if notice is not None:
                yield notice


def _notice(placed: Layout, placer: Placer, field: Field) -> Notice | None:
    count, element = _elements(field.type, placer)
    if element is None:
        return None
    tail = placer.place(element).tail_padding
    if count * tail < LEAST_BYTES:
        return None
    message = (
        f"`{field.name}`: each of {count} x {element.name} ends in {plural(tail, 'byte')} of"
        f" padding, {count * tail} in all"
    )
    return Notice((placed.abi,), field.line, field.name, message, count * tail)


def _elements(type_: Type, placer: Placer) -> tuple[int, Record | None]:
    """How many elements an array has over all its dimensions, and what record each is."""
    count = 1
    while isinstance(type_, Alias | Array):
        if isinstance(type_, Array):
            count *= 0 if type_.count is None else placer.evaluate(type_.count)
            type_ = type_.element
        else:
            type_ = type_.target
    return count, type_.record if isinstance(type_, RecordType) else None


RULE = Rule(
    code="LW009",
    name="array-tail-padding",
    title="tail padding in an array",
    why="""\
A record's size is rounded up to its alignment, so that the next element of an array is aligned
too. One record hides its tail padding; an array repeats it with every element. Reported are
arrays that lose a cache line's worth (64 bytes) or more.""",
    bad="""\
struct slot { uint64_t key; uint8_t used; }; /* 7 of 16 bytes are padding */
struct table { struct slot slots[64]; };     /* 448 bytes lost */""",
    good="""\
struct table {
    uint64_t keys[64];
    uint8_t used[64];                        /* 576 bytes instead of 1024 */
};""",
    leave="""\
When all members of an element are used together: an array for each member then costs a line for
each of them. Use the padding for something else, or leave it.""",
    fix="split the array by member, narrow a member, or use the padding",
    check=_check,
    level="note",
)
