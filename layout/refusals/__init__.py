"""Why a record is left as its author wrote it: one row per reason in `REFUSALS`.

Each finder looks through the words of all files given, see `layout.refusals.words`: they match
names and not scopes, follow no data, and rather refuse once too often.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from layout.errors import LayoutError
from layout.model import Field, Record
from layout.refusals import golang
from layout.refusals.case import Case, Hit, Refusal
from layout.refusals.casts import find_bytes, find_cast, find_first_member
from layout.refusals.initialisers import find_positional
from layout.refusals.inside import (
    find_directive,
    find_macro,
    find_macro_constant,
    find_preprocessed,
)
from layout.refusals.marks import find_packed, find_remark, find_volatile, find_wire
from layout.refusals.records import find_twice, find_union, holders
from layout.refusals.sizes import (
    find_assert,
    find_offsetof,
    find_sizeof,
    find_sizeof_allocation,
)
from layout.refusals.uses import Uses
from layout.refusals.words import split

__all__ = ["REFUSALS", "Hit", "Reason", "Refusal", "Uses", "check_names", "reasons", "split"]

REFUSALS: tuple[Refusal, ...] = (
    Refusal("preprocessed", "the file is a preprocessor's output", find_preprocessed),
    Refusal("macro", "a macro within the record", find_macro),
    Refusal("macro-constant", "a macro as an array's bound or a width", find_macro_constant),
    Refusal("directive", "a preprocessor line within the record", find_directive),
    Refusal("packed", "packed, or under #pragma pack", find_packed, held=True),
    Refusal("wire", "its bytes are used elsewhere too", find_wire, held=True),
    Refusal(
        "remark",
        "a comment says that the order matters",
        find_remark,
        held=True,
        languages=("c", "go"),
    ),
    Refusal("volatile", "volatile objects of it", find_volatile, held=True),
    Refusal("positional", "an initialiser by position", find_positional),
    Refusal("assert", "an assertion at compile time", find_assert, held=True),
    Refusal("offsetof", "offsetof", find_offsetof, held=True),
    Refusal("sizeof", "sizeof", find_sizeof, held=True),
    Refusal("sizeof-allocation", "sizeof in an allocation", find_sizeof_allocation, held=True),
    Refusal("cast", "a cast to a pointer to it", find_cast, held=True),
    Refusal("bytes", "a cast of it to bytes or to its first member", find_bytes, held=True),
    Refusal("first-member", "casts to its first member's type", find_first_member),
    Refusal("union", "a member of a union", find_union, held=True),
    Refusal("twice", "defined more than once", find_twice, held=True),
    *(
        Refusal(name, title, find, languages=("go",))
        for name, title, find in (
            ("generated", "the file is generated", golang.find_generated),
            ("literal", "a literal without the fields' names", golang.find_literal),
            ("derived", "another type is made of it", golang.find_derived),
            ("conversion", "a conversion to it", golang.find_conversion),
            ("tag", "tags: encoders write fields in their order", golang.find_tags),
            ("binary", "encoding/binary beside it", golang.find_binary),
            ("unsafe", "unsafe beside it", golang.find_unsafe),
            ("cgo", "C beside it", golang.find_cgo),
            ("atomic", "64-bit functions of sync/atomic beside it", golang.find_atomic),
            ("reflect", "fields by number through reflect beside it", golang.find_reflect),
            ("host-layout", "structs.HostLayout among the fields", golang.find_host_layout),
            ("defined-again", "another struct type of that name", golang.find_twice),
        )
    ),
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One refusal with the first place that it was found at, and at how many it was.

    ``holder`` is the record that holds the one asked about by value when the reason is its.
    """

    refusal: Refusal
    hit: Hit
    count: int
    holder: str | None = None


def check_names(names: Collection[str]) -> None:
    """Raises LayoutError for a name that is no row."""
    known = [row.name for row in REFUSALS]
    for name in names:
        if name not in known:
            raise LayoutError(f"{name[:40]!r}: no such reason; known are {', '.join(known)}")


def reasons(
    record: Record,
    order: Sequence[Field],
    text: str,
    uses: Uses,
    *,
    language: str = "c",
    allowed: Collection[str] = (),
) -> list[Reason]:
    """Why ``record`` of the source ``text`` should not get that order, in the table's order.

    ``uses`` holds the words of all files, the record's own among them. ``allowed`` are names of
    rows that are not asked.
    """
    case = Case(record.name, uses, record=record, order=order, text=text)
    rows = [row for row in REFUSALS if language in row.languages and row.name not in allowed]
    found = [reason for row in rows for reason in _ask(row, case)]
    held = [row for row in rows if row.held and language == "c"]  # Go's finders ask holders too
    seen = {record.name}
    pending = sorted(holders(case)) if held else []
    while pending:
        name = pending.pop(0)
        if name in seen:
            continue
        seen.add(name)
        holder = Case(name, uses)
        found += [reason for row in held for reason in _ask(row, holder, name)]
        pending += sorted(holders(holder))
    return found


def _ask(row: Refusal, case: Case, holder: str | None = None) -> Iterator[Reason]:
    hits = list(dict.fromkeys(row.find(case)))
    if hits:
        yield Reason(row, hits[0], len(hits), holder)
