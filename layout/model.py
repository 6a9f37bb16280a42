"""The values of the room: what a source says (`Record`) and what an ABI makes of it (`Layout`).

A `Record` is free of any ABI. Whatever only an ABI can tell (the size of ``long``, hence the count
of ``char pad[64 - sizeof(long)]``) stays an `Expression` until `layout.place` asks.

Types compare by identity: two records that hold each other's types many times over would take
exponential time to compare member by member.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from layout.errors import LayoutError

__all__ = [
    "Abi",
    "Alias",
    "Array",
    "Atomic",
    "Base",
    "Binary",
    "Cast",
    "Complex",
    "Conditional",
    "Constant",
    "Count",
    "Enum",
    "Enumerator",
    "Expression",
    "Field",
    "Hole",
    "Layout",
    "MaximumAlign",
    "Measure",
    "Measured",
    "MemberPointer",
    "PlacedBase",
    "PlacedField",
    "Pointer",
    "Proposal",
    "Record",
    "RecordType",
    "Recorded",
    "Reference",
    "Scalar",
    "Skipped",
    "Source",
    "Special",
    "Type",
    "Unary",
    "Vector",
    "close_arguments",
    "is_flexible",
]

# Levels that types and expressions may nest, so that walking them never exhausts Python's stack.
# clang stops at 256 brackets; real headers stay below 10.
MAX_DEPTH = 64


@dataclass(frozen=True, slots=True, eq=False)
class Type:
    """A member's type. ``str(type)`` is how C spells it; ``depth`` how deep it is nested."""

    spelling: str
    depth: int = field(default=1, kw_only=True)

    def __str__(self) -> str:
        return self.spelling


@dataclass(frozen=True, slots=True, eq=False)
class Scalar(Type):
    """An arithmetic type; ``key`` is its row in `Abi.scalars`, such as ``unsigned long``."""

    key: str


@dataclass(frozen=True, slots=True, eq=False)
class Pointer(Type):
    """A pointer to anything, functions included: what it points to does not matter to a layout."""


@dataclass(frozen=True, slots=True, eq=False)
class Reference(Pointer):
    """A C++ reference: it lies as a pointer does, but a class that holds one is no POD."""


@dataclass(frozen=True, slots=True, eq=False)
class MemberPointer(Type):
    """A C++ pointer to a member: ``words`` is 1 for data, 2 for a function."""

    words: int


@dataclass(frozen=True, slots=True, eq=False)
class Array(Type):
    """``count`` elements; None is a flexible array member."""

    element: Type
    count: Count | None


@dataclass(frozen=True, slots=True, eq=False)
class Enum(Type):
    """An enumeration: its size follows from the range of its values or from ``underlying``."""

    values: tuple[Count, ...]
    underlying: Type | None = None
    packed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Complex(Type):
    """Two of ``element``, real part first."""

    element: Type


@dataclass(frozen=True, slots=True, eq=False)
class Atomic(Type):
    """``_Atomic`` of a type."""

    element: Type


@dataclass(frozen=True, slots=True, eq=False)
class Vector(Type):
    """``__attribute__((vector_size(bytes)))``."""

    element: Type
    bytes: Count


@dataclass(frozen=True, slots=True, eq=False)
class Alias(Type):
    """A typedef; ``aligned`` replaces the target's alignment, downwards too."""

    target: Type
    aligned: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class RecordType(Type):
    """A struct or union held by value."""

    record: Record


@dataclass(frozen=True, slots=True, eq=False)
class Measured(Type):
    """A type whose declaration is not at hand, as a toolchain laid it: ABI name -> bytes, alignment
    and bytes that a collector scans."""

    sizes: Mapping[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A constant expression that needs an ABI; see `layout.evaluate`."""

    depth: int = field(default=1, kw_only=True)


@dataclass(frozen=True, slots=True, eq=False)
class Constant(Expression):
    """An integer with the C type that its spelling gives it: ``key`` as in `Abi.scalars`."""

    value: int
    key: str


@dataclass(frozen=True, slots=True, eq=False)
class Unary(Expression):
    """``operator`` is one of ``+ - ~ !``."""

    operator: str
    operand: Count


@dataclass(frozen=True, slots=True, eq=False)
class Binary(Expression):
    """``operator`` as in C: arithmetic, shifts, comparisons, bits, ``&&`` and ``||``."""

    operator: str
    left: Count
    right: Count


@dataclass(frozen=True, slots=True, eq=False)
class Conditional(Expression):
    """``test ? yes : no``."""

    test: Count
    yes: Count
    no: Count


@dataclass(frozen=True, slots=True, eq=False)
class Cast(Expression):
    """``(type)operand``."""

    type: Type
    operand: Count


@dataclass(frozen=True, slots=True, eq=False)
class Measure(Expression):
    """``sizeof(type)`` or ``_Alignof(type)``, a ``size_t``."""

    operator: Literal["sizeof", "_Alignof"]
    type: Type


@dataclass(frozen=True, slots=True, eq=False)
class Enumerator(Expression):
    """An enumeration's constant: an int where int holds the value (C11 6.7.2.2)."""

    value: Count


@dataclass(frozen=True, slots=True, eq=False)
class MaximumAlign(Expression):
    """What ``__attribute__((aligned))`` without a number asks for."""


# A plain int stands for a constant of type int.
Count = int | Expression


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One member as written. ``name`` is None for anonymous members and unnamed bit-fields.

    ``span`` are the first character of its declaration and the first one behind it, in the text as
    read; members of one declaration share it. ``part`` likewise is what is the member's own in it,
    such as ``*b`` of ``int *a, *b;``. None where the text has no such place.
    """

    name: str | None
    type: Type
    bit_width: Count | None = None
    line: int = 0
    packed: bool = False
    aligned: tuple[Count, ...] = ()
    overlaps: bool = False  # [[no_unique_address]]
    access: str = "public"
    initialised: bool = False  # has a default member initialiser
    span: tuple[int, int] | None = None
    part: tuple[int, int] | None = None

    def __repr__(self) -> str:
        return f"Field({self.name!r}, {self.type.spelling!r}, line={self.line})"


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """One base class as written."""

    record: Record
    virtual: bool = False
    access: str = "public"
    line: int = 0


@dataclass(frozen=True, slots=True)
class Special:
    """What a C++ class declares beside its members, as far as its layout depends on it.

    ``declared`` and ``provided`` name special member functions: ``default``, ``copy``, ``move``,
    ``copy=``, ``move=``, ``destructor``, and ``other`` for any other constructor. A provided one
    has a body of the author's own; one that is defaulted or deleted in the class is declared only.
    """

    virtual: bool = False  # declares a virtual function
    virtual_destructor: bool = False
    declared: frozenset[str] = frozenset()
    provided: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A struct or union as written, free of any ABI.

    ``name`` is ``struct order``, ``union u``, or the typedef's name of a record without a tag.
    ``aligned`` are the numbers of its own ``aligned`` attributes, ``pack`` the ``#pragma pack`` in
    force (bytes) where it is defined. ``ms_struct`` is what its attribute or the pragma of that
    name asks for. ``span`` are the characters of its braces, as `Field.span`.
    """

    name: str
    kind: Literal["struct", "union"]
    fields: tuple[Field, ...]
    line: int = 0
    file: str = "<text>"
    packed: bool = False
    aligned: tuple[Count, ...] = ()
    pack: int | None = None
    depth: int = 1
    language: str = "c"  # whose rules place it: "c", "cpp", or "go", which fits Go's ABIs alone
    bases: tuple[Base, ...] = ()
    special: Special = Special()
    ms_struct: bool | None = None  # its ms_struct (True) or gcc_struct, None for the ABI's own rule
    declares: bool = False  # whether a record is named inside that is no member, save for Microsoft
    preprocessed: bool = False  # whether a compiler's -E gave its text: it may stand nowhere as is
    span: tuple[int, int] | None = None
    recorded: Recorded | None = None

    @property
    def place(self) -> str:
        """Where it stands, ``file:line``."""
        return f"{self.file}:{self.line}"

    def __repr__(self) -> str:
        return f"Record({self.name!r}, {len(self.fields)} fields, {self.place})"


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """Where debug info says that a record's members lie, for a record that our placement does not
    give: ``reason`` says why. It holds on one ABI, and for these very ``members`` in this order.
    """

    abi: str
    size: int
    align: int  # the largest that agrees with the members, their offsets and the size
    fields: tuple[PlacedField, ...]
    members: tuple[Field, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Abi:
    """One target's rules, sizes and alignments in bytes; ``sources`` says where each stands."""

    name: str
    title: str
    scalars: Mapping[str, tuple[int, int]]  # C type -> size, alignment
    aliases: tuple[str, ...] = ()
    line: int = 64  # bytes of a cache line on the usual processors of this target
    maximum_align: int = 16  # bytes, what a bare aligned attribute means
    unnamed_bit_fields_align: bool = False  # whether unnamed and zero-width ones raise the record
    maximum_vector_align: int = 64  # bytes
    sources: Mapping[str, str] = field(
        default_factory=dict, repr=False
    )  # rule -> document, section
    rules: Literal["itanium", "ms_struct", "microsoft", "go"] = (
        "itanium"  # a row of layout.rulesets
    )
    unsigned: frozenset[str] = field(default=frozenset(), repr=False)  # scalars never negative
    int_enums: bool = False  # whether an enumeration without a type of its own is always an int
    maximum_atomic: int = 16  # bytes up to which _Atomic aligns a type to its size
    language: str = "c"  # whose rules it has: "c", also for Rust's repr(C), or "go"
    # Scalar -> bytes that a collector scans for pointers; None where none runs.
    scanned: Mapping[str, int] | None = field(default=None, repr=False)
    maximum_size: int = 1 << 60  # bytes that one record may have

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class PlacedField:
    """One member where the ABI puts it.

    ``offset`` and ``size`` in bytes; a bit-field's ``size`` is that of its declared type and its
    ``offset`` that of the byte that holds its lowest bit. ``bit_offset`` counts bits from the start
    of the record, lowest first.
    """

    name: str
    type: str
    offset: int
    size: int
    bit_offset: int
    bit_width: int | None = None
    line: int = 0

    @property
    def end_bit(self) -> int:
        """First bit after the field."""
        bits = self.size * 8 if self.bit_width is None else self.bit_width
        return self.bit_offset + bits


@dataclass(frozen=True, slots=True)
class PlacedBase:
    """A base class where the ABI puts it; ``size`` in bytes is what it takes there, 0 when it is
    empty, which may be less than its sizeof. Virtual bases of bases are listed too."""

    name: str
    offset: int
    size: int
    virtual: bool = False


@dataclass(frozen=True, slots=True)
class Hole:
    """Bytes, or bits of one byte, that no member uses before the last one that is used.

    A hole is either whole bytes (``bits == size * 8``) or part of one byte beside a bit-field
    (``size == 0``, ``bits < 8``); a gap that has both kinds is listed as several holes.
    """

    offset: int
    size: int
    bit_offset: int
    bits: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A record placed on an ABI. Sizes in bytes; members of anonymous records are listed flat."""

    record: Record
    abi: str
    size: int
    align: int
    fields: tuple[PlacedField, ...]
    holes: tuple[Hole, ...]
    tail_padding: int
    pointer_bytes: int | None = None  # bytes a collector scans for pointers; None where none runs
    line: int = 64  # bytes of a cache line on this target
    bases: tuple[PlacedBase, ...] = ()
    vptr_bytes: int = 0  # of its own virtual table pointer, at offset 0; 0 when a base brings it

    @property
    def name(self) -> str:
        """The record's name."""
        return self.record.name

    @property
    def lines(self) -> int:
        """Cache lines that one record takes when it starts on a line."""
        return -(-self.size // self.line)

    @property
    def hole_bytes(self) -> int:
        """Whole bytes lost in holes, without the tail padding."""
        return sum(hole.size for hole in self.holes)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that a reader saw but could not read, and why."""

    name: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another order for a record's members, and how good it is known to be.

    ``before`` and ``after`` have one layout per ABI, in the order asked for. ``bound`` is a proven
    lower bound of the cost over all orders: an order whose cost equals it is optimal.
    """

    record: Record
    order: tuple[str, ...]
    before: tuple[Layout, ...]
    after: tuple[Layout, ...]
    goal: str
    cost_before: float
    cost_after: float
    bound: float
    proof: str
    changed: bool

    @property
    def gap(self) -> float:
        """Share of the cost that might still be saved, 0 when the order is proven optimal."""
        return 0.0 if self.cost_after <= self.bound else 1.0 - self.bound / self.cost_after


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader found in one file: records by name, the skipped ones with the reason."""

    path: str
    records: Mapping[str, Record]
    skipped: tuple[Skipped, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)  # typedef name -> record name
    abi: str | None = None  # the ABI that it was made for; None for a source that fits any

    def record(self, name: str) -> Record:
        """The record called ``struct order``, ``order`` or by a typedef of it.

        Raises LayoutError, with the reason when it was skipped, else with the nearest names.
        """
        name = " ".join(name.split())
        bare = name.removeprefix("struct ").removeprefix("class ").removeprefix("union ")
        known = self.aliases.get(name, bare)
        spellings = (name, f"struct {name}", f"union {name}", known, bare)
        for spelling in spellings:
            if spelling in self.records:
                return self.records[spelling]
        for known in self.records if "[" in name else ():
            if close_arguments(known) == close_arguments(name):
                return self.records[known]
        for entry in self.skipped:
            if entry.name in spellings:
                raise LayoutError(f"{self.path}:{entry.line}: {entry.name}: {entry.reason}")
        near = difflib.get_close_matches(name, list(self.records), 3) or list(self.records)[:5]
        hint = f"it has {', '.join(near)}" if near else "it has none that could be read"
        raise LayoutError(f"{self.path}: no record {name[:80]!r}; {hint}")


def close_arguments(name: str) -> str:
    """``Pair[int,string]`` for ``Pair[int, string]``: an instance of a Go type is written one way
    by the compiler and the other by go/types."""
    return name.replace(", ", ",")


def is_flexible(type_: Type) -> bool:
    """Whether a type is an array of unknown size."""
    while isinstance(type_, Alias):
        type_ = type_.target
    return isinstance(type_, Array) and type_.count is None
