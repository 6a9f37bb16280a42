"""``place(record, abi)``: where an ABI puts each member.

The rules, alike in the System V psABI (section 3.1.2) and in AAPCS64 (sections 5.9 and 10.1.8),
with the GNU attributes as clang's ItaniumRecordLayoutBuilder and gcc's layout_decl agree on them:

- A member lies at the lowest offset that is a multiple of its alignment, a union's all at 0; the
  record is aligned as its most strictly aligned member and its size rounded up to that.
- ``packed`` lowers a member's alignment to 1 byte (1 bit for a bit-field); ``aligned`` on the
  member raises it again; ``#pragma pack(N)`` caps both at N.
- A bit-field takes the next free bit, unless it would then cross a boundary of its declared type's
  alignment beyond the type's size: then it starts at that boundary. Under any ``#pragma pack`` it
  may cross. Width 0 goes to the next boundary. The declared type's alignment counts for the
  record, except that of an unnamed bit-field under the psABI; under AAPCS64 it counts.
- A flexible array has no size but its alignment counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from layout.abis import find_abi
from layout.errors import LayoutError
from layout.evaluate import evaluate, is_integer
from layout.model import (
    Abi,
    Alias,
    Array,
    Atomic,
    Complex,
    Count,
    Enum,
    Field,
    Hole,
    Layout,
    PlacedField,
    Pointer,
    Record,
    Recorded,
    RecordType,
    Scalar,
    Type,
    Vector,
)

# Bytes that an object may have: clang and gcc refuse half the address space; this is well below.
MAX_SIZE = 1 << 60

# Largest alignment that clang accepts in an attribute (Sema: MaximumAlignment), bytes.
MAX_ALIGN = 1 << 32


def place(record: Record, abi: str | Abi) -> Layout:
    """The record's layout on that ABI.

    Raises LayoutError, ``file:line: record, member: fault; remedy``, when a rule of the language or
    a limit of this room forbids a layout.
    """
    return Placer(find_abi(abi)).place(record)


class Piece(NamedTuple):
    """What one member asks for, in bits."""

    size: int  # of its type
    align: int
    width: int | None = None  # of a bit-field
    snap: int = 0  # a bit-field's own aligned attribute, 0 for none
    free: bool = False  # a bit-field that may cross its type's units
    counts: bool = True  # whether its alignment raises the record's


class Placer:
    """Places records on one ABI and remembers the types that it has measured."""

    def __init__(self, abi: Abi) -> None:
        self.abi = abi
        self._measured: dict[Type, tuple[int, int]] = {}
        self._layouts: dict[Record, Layout] = {}

    def place(self, record: Record) -> Layout:
        """As the function `place`."""
        known = self._layouts.get(record)
        if known is None:
            if record.recorded is not None:
                known = _as_recorded(record, record.recorded, self.abi)
            else:
                known = _Placement(self, record).layout()
            self._layouts[record] = known
        return known

    def measure(self, type_: Type) -> tuple[int, int]:
        """Size and alignment of a type, bytes; a flexible array has size 0."""
        known = self._measured.get(type_)
        if known is None:
            known = self._measured[type_] = self._measure(type_)
        return known

    def piece(self, record: Record, field: Field) -> Piece:
        """What a member asks for within that record. Raises LayoutError, the fault alone."""
        if record.recorded is not None:
            fault = f"{record.recorded.reason}; its members cannot be ordered anew"
            raise LayoutError(f"{record.place}: {record.name}: {fault}; edit its source")
        size, align = self.measure(field.type)
        packed = record.packed or field.packed
        explicit = 8 * self.alignment(field.aligned)
        cap = 0 if record.pack is None else record.pack * 8
        if field.bit_width is None:
            bits = max(8 if packed else align * 8, explicit)
            return Piece(size * 8, min(bits, cap) if cap else bits)
        width = self.evaluate(field.bit_width)
        _check_bit_field(field, width, size)
        if cap and width:
            # Under a pragma, packed does not lower what the bit-field asks of the record.
            bits = min(max(align * 8, explicit), cap)
        else:
            bits = max(1 if packed and width else align * 8, explicit)
        snap = explicit if not cap or explicit <= cap else 0
        counts = field.name is not None or self.abi.unnamed_bit_fields_align
        return Piece(size * 8, bits, width, snap, cap != 0, counts)

    def evaluate(self, count: Count) -> int:
        """The integer that a count is here."""
        return evaluate(count, self.abi, self.measure)

    def alignment(self, counts: tuple[Count, ...]) -> int:
        """The strictest of some ``aligned`` attributes, 0 when there are none."""
        strictest = 0
        for count in counts:
            value = self.evaluate(count)
            if not (0 < value <= MAX_ALIGN and value & (value - 1) == 0):
                raise LayoutError(f"alignment {value} is not a power of two up to {MAX_ALIGN}")
            strictest = max(strictest, value)
        return strictest

    def _measure(self, type_: Type) -> tuple[int, int]:
        match type_:
            case Scalar():
                return self._scalar(type_.key)
            case Pointer():
                return self._scalar("pointer")
            case Alias():
                size, align = self.measure(type_.target)
                return size, self.alignment(type_.aligned) or align
            case RecordType():
                layout = self.place(type_.record)
                return layout.size, layout.align
            case Array():
                return self._array(type_)
            case Enum():
                return self._enum(type_)
            case Complex():
                size, align = self.measure(type_.element)
                return 2 * size, align
            case Atomic():
                return self._atomic(type_)
            case Vector():
                return self._vector(type_)
        raise LayoutError(f"type {type_} is of an unknown kind")

    def _scalar(self, key: str) -> tuple[int, int]:
        try:
            return self.abi.scalars[key]
        except KeyError:
            raise LayoutError(f"{self.abi.name} has no type {key}") from None

    def _array(self, type_: Array) -> tuple[int, int]:
        size, align = self.measure(type_.element)
        if size % align:
            # clang and gcc refuse it too: the second element would be misaligned.
            fault = f"array elements of {size} bytes cannot be aligned to {align}"
            raise LayoutError(f"{fault}; align the array instead")
        count = 0 if type_.count is None else self.evaluate(type_.count)
        if count < 0:
            raise LayoutError(f"array of {count} elements; make the count positive")
        if size * count > MAX_SIZE:
            raise LayoutError(f"array of {count} x {size} bytes exceeds any address space")
        return size * count, align

    def _enum(self, type_: Enum) -> tuple[int, int]:
        """GCC manual, Structures, Unions, Enumerations: int or unsigned int where the values fit,
        else the first wider type; the smallest type under ``packed`` (-fshort-enums)."""
        if type_.underlying is not None:
            return self.measure(type_.underlying)
        values = [self.evaluate(value) for value in type_.values]
        low, high = min(values, default=0), max(values, default=0)
        for size in (1, 2, 4, 8):
            bits = size * 8
            fits = (low >= 0 and high < 1 << bits) or (
                -(1 << bits - 1) <= low and high < 1 << bits - 1
            )
            if fits and (size >= 4 or type_.packed):
                return size, self._scalar("long long")[1] if size == 8 else size
        raise LayoutError(f"{type_} has values from {low} to {high}, which no integer type holds")

    def _atomic(self, type_: Atomic) -> tuple[int, int]:
        size, align = self.measure(type_.element)
        if size not in (1, 2, 4, 8, 16):
            # clang rounds it up to a power of two and gcc does not, so the layouts differ.
            fault = f"{type_}: compilers disagree on an atomic of {size} bytes"
            raise LayoutError(f"{fault}; use a size of 1, 2, 4, 8 or 16")
        return size, max(size, align)

    def _vector(self, type_: Vector) -> tuple[int, int]:
        element, _ = self.measure(type_.element)
        size = self.evaluate(type_.bytes)
        if size < element or size & (size - 1) or size > 64:
            fault = f"a vector of {size} bytes is not supported"
            raise LayoutError(f"{fault}; use a power of two from {element} to 64")
        return size, min(size, self.abi.maximum_vector_align)


class _Placement:
    """One record while it is placed. All positions in bits."""

    def __init__(self, placer: Placer, record: Record) -> None:
        self.placer = placer
        self.record = record
        self.next_bit = 0  # first free bit
        self.end = 0  # of what is used so far, whole bytes
        self.align = 8
        self.fields: list[PlacedField] = []

    def layout(self) -> Layout:
        record = self.record
        for field in record.fields:
            try:
                self._place_one(field)
            except LayoutError as error:
                raise self._located(error, field.line, _describe(field)) from None
            if self.end > MAX_SIZE * 8:
                fault = LayoutError("it exceeds any address space; make it smaller")
                raise self._located(fault, field.line, _describe(field))
        try:
            self.align = max(self.align, 8 * self.placer.alignment(record.aligned))
        except LayoutError as error:
            raise self._located(error, record.line, "") from None
        size = _round_up(self.end, self.align)
        used = max((field.end_bit for field in self.fields), default=0)
        holes = tuple(_holes(self.fields)) if record.kind == "struct" else ()
        return Layout(
            record=record,
            abi=self.placer.abi.name,
            size=size // 8,
            align=self.align // 8,
            fields=tuple(self.fields),
            holes=holes,
            tail_padding=(size - used) // 8,
            line=self.placer.abi.line,
        )

    def _located(self, error: LayoutError, line: int, member: str) -> LayoutError:
        if str(error).startswith(f"{self.record.file}:"):
            return error  # of a record within this one, which says where
        return LayoutError(f"{self.record.file}:{line}: {self.record.name}{member}: {error}")

    def _place_one(self, field: Field) -> None:
        piece = self.placer.piece(self.record, field)
        start, end = advance(piece, 0 if self.record.kind == "union" else self.next_bit)
        if self.record.kind == "struct":
            self.next_bit = end
        self.end = max(self.end, _round_up(end, 8))
        if piece.counts:
            self.align = max(self.align, piece.align)
        self._list(field, piece, start)

    def _list(self, field: Field, piece: Piece, start: int) -> None:
        if field.name is None:
            record = _record_of(field.type) if piece.width is None else None
            for inner in self.placer.place(record).fields if record else ():
                self.fields.append(_shifted(inner, start))
            return
        text, size = str(field.type), piece.size // 8
        self.fields.append(
            PlacedField(field.name, text, start // 8, size, start, piece.width, field.line)
        )


def _as_recorded(record: Record, recorded: Recorded, abi: Abi) -> Layout:
    """What debug info says. Raises LayoutError for another ABI or another order of the members."""
    if recorded.abi != abi.name or recorded.members is not record.fields:
        fault = f"{recorded.reason}; its layout is known as recorded for {recorded.abi} alone"
        remedy = f"show it there, or read its source for {abi.name}"
        raise LayoutError(f"{record.place}: {record.name}: {fault}; {remedy}")
    used = max((field.end_bit for field in recorded.fields), default=0)
    return Layout(
        record=record,
        abi=abi.name,
        size=recorded.size,
        align=recorded.align,
        fields=recorded.fields,
        holes=tuple(_holes(list(recorded.fields))) if record.kind == "struct" else (),
        tail_padding=max(recorded.size * 8 - used, 0) // 8,
        line=abi.line,
    )


def advance(piece: Piece, at: int) -> tuple[int, int]:
    """First and last bit of a member when the bits before ``at`` are taken. Both never decrease
    with ``at``, which the searches for a better order rest on."""
    if piece.width is None:
        start = _round_up(at, piece.align)
        return start, start + piece.size
    crosses = not piece.free and at % piece.align + piece.width > piece.size
    if piece.width == 0 or crosses:
        at = _round_up(at, piece.align)
    elif piece.snap:
        at = _round_up(at, piece.snap)
    return at, at + piece.width


def _check_bit_field(field: Field, width: int, size: int) -> None:
    type_ = field.type
    while isinstance(type_, Alias):
        type_ = type_.target
    if not isinstance(type_, Enum) and not (isinstance(type_, Scalar) and is_integer(type_.key)):
        raise LayoutError(f"a bit-field of type {field.type}; use an integer type")
    most = 1 if isinstance(type_, Scalar) and type_.key in ("_Bool", "bool") else size * 8
    if not 0 <= width <= most:
        raise LayoutError(f"a bit-field of {width} bits; {field.type} has 0 to {most}")
    if width == 0 and field.name is not None:
        raise LayoutError("a named bit-field of width 0; give it a width or drop the name")


def _round_up(value: int, multiple: int) -> int:
    return -(-value // multiple) * multiple


def _record_of(type_: Type) -> Record | None:
    while isinstance(type_, Alias):
        type_ = type_.target
    return type_.record if isinstance(type_, RecordType) else None


def _shifted(field: PlacedField, start: int) -> PlacedField:
    return PlacedField(
        field.name,
        field.type,
        field.offset + start // 8,
        field.size,
        field.bit_offset + start,
        field.bit_width,
        field.line,
    )


def _describe(field: Field) -> str:
    return f", member '{field.name}'" if field.name else ", unnamed member"


def _holes(fields: list[PlacedField]) -> Iterator[Hole]:
    """The bits between the members, cut at byte boundaries, in order."""
    covered = 0
    for field in sorted(fields, key=lambda field: field.bit_offset):
        yield from _cut(covered, field.bit_offset)
        covered = max(covered, field.end_bit)
    yield from _cut(covered, _round_up(covered, 8))


def _cut(start: int, end: int) -> Iterator[Hole]:
    if start >= end:
        return
    head = min(end, _round_up(start, 8))
    tail = max(head, end // 8 * 8)
    for left, right in ((start, head), (head, tail), (tail, end)):
        if left < right:
            bits = right - left
            yield Hole(left // 8, bits // 8 if left % 8 == 0 else 0, left, bits)
