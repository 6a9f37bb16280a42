"""What the C++ standards call a class: empty, dynamic, POD, trivial, standard-layout.

C++03 (ISO/IEC 14882:2003) 9 paragraph 4 defines a POD; the Itanium C++ ABI, section 1.1, uses it to
decide whose tail padding stays unused. C++11 9 paragraphs 6 to 10 define it anew, as trivial and
standard-layout, which the ABIs of Apple's arm64 and of WebAssembly follow. A default member
initialiser ends either. clang keeps a class with defaulted or deleted special member functions a
C++03 POD, as gcc does.
"""

from __future__ import annotations

from collections.abc import Iterator

from layout.itanium.facts import ClassFacts, class_of, element_of, facts
from layout.model import Alias, Array, Atomic, Field, Record, Reference, Type
from layout.place import Placer

__all__ = ["is_dynamic", "is_empty", "is_pod", "is_standard", "trivial_members"]

SPECIAL = frozenset({"default", "copy", "move", "copy=", "move=", "destructor"})


def is_empty(placer: Placer, record: Record) -> bool:
    """Itanium C++ ABI 1.1, empty class: no data members other than zero-width bit-fields and
    empty ones that may overlap, no virtual functions or bases, all bases empty."""
    if is_dynamic(placer, record):
        return False
    return all(facts(placer, base.record).empty for base in record.bases) and all(
        _takes_nothing(placer, field) for field in record.fields
    )


def _takes_nothing(placer: Placer, field: Field) -> bool:
    if field.bit_width is not None:
        return placer.evaluate(field.bit_width) == 0
    inner = class_of(field.type) if field.overlaps else None
    return inner is not None and facts(placer, inner).empty


def is_dynamic(placer: Placer, record: Record) -> bool:
    """Whether it needs a virtual table: virtual functions or bases, its own or inherited."""
    return record.special.virtual or any(
        base.virtual or facts(placer, base.record).dynamic for base in record.bases
    )


def _members(record: Record) -> Iterator[Field]:
    """Unnamed bit-fields are no members (C++11 9.6 paragraph 2)."""
    return (field for field in record.fields if field.name is not None or field.bit_width is None)


def _classes(placer: Placer, record: Record) -> Iterator[tuple[Field, ClassFacts]]:
    for field in _members(record):
        inner, _ = element_of(field.type, placer)
        if inner is not None:
            yield field, facts(placer, inner)


def is_pod(placer: Placer, record: Record) -> bool:
    """C++03 9 paragraph 4, which knows no move assignment."""
    if record.bases or record.special.virtual or record.special.provided - {"move="}:
        return False
    return all(
        field.access == "public" and not field.initialised and _is_pod_type(placer, field.type)
        for field in _members(record)
    )


def _is_pod_type(placer: Placer, type_: Type) -> bool:
    while isinstance(type_, Alias | Array):
        type_ = type_.target if isinstance(type_, Alias) else type_.element
    if isinstance(type_, Reference | Atomic):
        return False
    inner = class_of(type_)
    return inner is None or facts(placer, inner).pod


def trivial_members(placer: Placer, record: Record) -> frozenset[str]:
    """The special member functions that are trivial (C++11 12.1, 12.4, 12.8)."""
    trivial = SPECIAL - record.special.provided
    if record.special.declared & {"other", "copy", "move"} and (
        "default" not in record.special.declared
    ):
        trivial -= {"default"}  # none is declared implicitly
    if record.special.virtual_destructor:
        trivial -= {"destructor"}
    if record.special.virtual or any(base.virtual for base in record.bases):
        trivial &= {"destructor"}
    for base in record.bases:
        trivial &= facts(placer, base.record).trivial
    for _, inner in _classes(placer, record):
        trivial &= inner.trivial
    if any(field.initialised for field in _members(record)):
        trivial -= {"default"}
    return trivial


def is_standard(placer: Placer, record: Record) -> bool:
    """C++11 9 paragraph 7."""
    members = list(_members(record))
    bases = [facts(placer, base.record) for base in record.bases]
    if record.special.virtual or any(base.virtual for base in record.bases):
        return False
    if len({field.access for field in members}) > 1 or not all(base.standard for base in bases):
        return False
    if any(_is_reference(field.type) for field in members):
        return False
    if not all(inner.standard for _, inner in _classes(placer, record)):
        return False
    if sum(_has_members(base.record) for base in bases) + bool(members) > 1:
        return False
    first = element_of(members[0].type, placer)[0] if members else None
    return first is None or all(base.record is not first for base in record.bases)


def _is_reference(type_: Type) -> bool:
    while isinstance(type_, Alias):
        type_ = type_.target
    return isinstance(type_, Reference)


def _has_members(record: Record) -> bool:
    seen, rest = set[Record](), [record]
    while rest:
        one = rest.pop()
        if any(True for _ in _members(one)):
            return True
        seen.add(one)
        rest += [base.record for base in one.bases if base.record not in seen]
    return False
