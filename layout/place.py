"""``place(record, abi)``: where an ABI puts each member.

What a type measures is here, for all targets; how members lie, bit-fields above all, is in
`layout.rulesets`, one file per set of rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from layout.abis import find_abi
from layout.errors import LayoutError
from layout.evaluate import evaluate
from layout.golang import check_language, measured, pointer_bytes, scanned_bytes
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
    Measured,
    MemberPointer,
    PlacedField,
    Pointer,
    Record,
    Recorded,
    RecordType,
    Scalar,
    Type,
    Vector,
)
from layout.rulesets import RULESETS, Ruleset
from layout.rulesets.piece import Piece, advance
from layout.rulesets.piece import round_up as _round_up

__all__ = ["Piece", "Placer", "advance", "place"]

if TYPE_CHECKING:
    from layout.itanium.facts import ClassFacts

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


class Placer:
    """Places records on one ABI and remembers the types that it has measured."""

    def __init__(self, abi: Abi) -> None:
        self.abi = abi
        self._measured: dict[Type, tuple[int, int]] = {}
        self._layouts: dict[Record, Layout] = {}
        self.classes: dict[Record, ClassFacts | LayoutError] = {}  # of C++, as subobjects
        # What the rules of layout.rulesets remember: pieces of bit-fields, required alignments,
        # whether a record has members without size.
        self.runs: dict[Record, dict[Field, Piece | LayoutError]] = {}
        self.required: dict[Record, int] = {}
        self.marked: dict[Record, bool] = {}

    def place(self, record: Record) -> Layout:
        """As the function `place`."""
        known = self._layouts.get(record)
        if known is None:
            check_language(record, self.abi)
            if record.recorded is not None:
                known = _as_recorded(self, record, record.recorded)
            elif record.language == "cpp":
                from layout.itanium import place_class

                known = place_class(self, record)
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
        return self.rules(record).piece(self, record, field)

    def rules(self, record: Record) -> Ruleset:
        """The rules by which that record is laid out. Raises LayoutError, the fault alone."""
        own = self.abi.rules
        if record.declares and own != "itanium":
            # GCC manual, C Dialect Options: -fms-extensions, on for gcc's Windows targets too.
            fault = "a record is declared inside without a name, which Microsoft makes a member"
            raise LayoutError(f"{fault}; declare it outside")
        if own == "microsoft":
            if record.ms_struct is False:
                fault = f"gcc_struct on {self.abi.name}, where no compiler has it"
                raise LayoutError(f"{fault}; drop the attribute")
            return RULESETS[own]
        if record.ms_struct is None:
            return RULESETS[own]
        return RULESETS["ms_struct" if record.ms_struct else "itanium"]

    def pointer_bytes(self, type_: Type) -> int:
        """Bytes of a type that a collector scans for pointers; 0 where none runs."""
        return pointer_bytes(self, type_)

    def evaluate(self, count: Count) -> int:
        """The integer that a count is here."""
        if self.abi.language == "go" and not isinstance(count, int):
            from layout.goconstants import evaluate_length

            return evaluate_length(count, self.abi, self.measure, self.place)
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
            case Scalar() | Pointer():
                return self._scalar(type_.key if isinstance(type_, Scalar) else "pointer")
            case MemberPointer():
                # Itanium C++ ABI 2.3: a ptrdiff_t, or two for a function.
                size, align = self._scalar("ptrdiff_t")
                return size * type_.words, align
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
            case Measured():
                return measured(type_, self.abi)[:2]
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
        if size * count > min(MAX_SIZE, self.abi.maximum_size):
            raise LayoutError(f"array of {count} x {size} bytes exceeds any address space")
        return size * count, align

    def _enum(self, type_: Enum) -> tuple[int, int]:
        """GCC manual, Structures, Unions, Enumerations: int or unsigned int where the values fit,
        else the first wider type; the smallest type under ``packed`` (-fshort-enums)."""
        if type_.underlying is not None:
            return self.measure(type_.underlying)
        values = [self.evaluate(value) for value in type_.values]
        if self.abi.int_enums:
            return self._scalar("int")
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
        most = self.abi.maximum_atomic
        if size > most and (size != 16 or align == 16):
            return size, align
        if size not in (1, 2, 4, 8, 16) or size > most:
            # Up to the widest atomic access clang rounds it up to a power of two and gcc does not;
            # where that is 8 bytes gcc still aligns 16 to 16, and clang does not.
            fault = f"{type_}: compilers disagree on an atomic of {size} bytes"
            raise LayoutError(f"{fault}; use a power of two up to {most}")
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
            if self.end > min(MAX_SIZE, self.placer.abi.maximum_size) * 8:
                fault = LayoutError("it exceeds any address space; make it smaller")
                raise self._located(fault, field.line, _describe(field))
        try:
            finish = self.placer.rules(record).finish
            size, align = finish(self.placer, record, self.end, self.align)
        except LayoutError as error:
            raise self._located(error, record.line, "") from None
        used = max((field.end_bit for field in self.fields), default=0)
        holes = tuple(_holes(self.fields)) if record.kind == "struct" else ()
        return Layout(
            record=record,
            abi=self.placer.abi.name,
            size=size // 8,
            align=align // 8,
            fields=tuple(self.fields),
            holes=holes,
            tail_padding=(size - used) // 8,
            pointer_bytes=scanned_bytes(self.placer, record, self.fields),
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
        self.end = max(self.end, _round_up(end, 8), start + piece.reach)
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


def _as_recorded(placer: Placer, record: Record, recorded: Recorded) -> Layout:
    """What debug info says. Raises LayoutError for another ABI or another order of the members."""
    abi = placer.abi
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
        pointer_bytes=scanned_bytes(placer, record, recorded.fields),
        line=abi.line,
    )


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
