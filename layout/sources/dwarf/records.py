"""Records out of nodes, each with the places that debug info gives, checked by placing it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from layout.errors import LayoutError
from layout.model import (
    MAX_DEPTH,
    Abi,
    Alias,
    Field,
    Layout,
    PlacedField,
    Record,
    Recorded,
    RecordType,
    Type,
)
from layout.place import MAX_SIZE
from layout.sources.dwarf.deduce import declarations
from layout.sources.dwarf.graph import Graph, Node
from layout.sources.dwarf.kernels import rows as col
from layout.sources.dwarf.spelling import GO, RUST, Speller
from layout.sources.dwarf.types import Types, Unreadable

__all__ = ["Records"]

_MEMBER, _BASE, _VARIANT_PART, _VARIANT = 0x0D, 0x1C, 0x33, 0x19
_STATIC = col.DECLARATION | col.EXTERNAL | col.CONSTANT

# Why a record is shown as recorded and not placed by the rules of C.
BASES = "it has base classes"
VIRTUAL = "it has virtual functions"
VARIANTS = "it is an enum with data, whose variants lie over each other"
TAGGED = "it is a variant of an enum, whose tag lies before its members"
RUST_ORDER = "rustc ordered its members otherwise than they are written"
SHARED = "a member lies in the padding of another one"
EMPTY = "debug info gives it no members, yet it takes room"


@dataclass(slots=True)
class _Members:
    """The members of one record, as declared and as placed; bits and bytes from its start."""

    fields: list[Field]
    places: list[int]
    placed: list[PlacedField]
    reason: str = ""
    depth: int = 0

    def add(self, field: Field, place: int, placed: list[PlacedField]) -> None:
        self.fields.append(field)
        self.places.append(place)
        self.placed += placed
        self.depth = max(self.depth, field.type.depth)


class Records(Types):
    """Builds the records of a graph. ``where`` gives the file that a node was declared in."""

    def __init__(
        self, graph: Graph, speller: Speller, abi: Abi, where: Callable[[Node], str]
    ) -> None:
        super().__init__(graph, speller, abi)
        self.where = where

    def named(self, index: int) -> Record:
        """The record of a node, or the one that a typedef names. Raises Unreadable."""
        node = self.graph.nodes[index]
        alias = node.tag == 0x16
        type_ = self.build(node.type if alias else index)
        while isinstance(type_, Alias):
            type_ = type_.target
        if not isinstance(type_, RecordType):
            raise Unreadable("a typedef that names no record")
        if not alias:
            return type_.record
        return replace(type_.record, name=self.speller.qualified(node))

    def record(self, index: int) -> Record:
        """The record of a node. Raises Unreadable."""
        node = self.graph.nodes[index]
        if node.flags & col.DECLARATION:
            fault = f"{self.speller.spell(index)} is only declared"
            raise Unreadable(f"{fault}; build what defines it with -g, or with -fstandalone-debug")
        if not 0 <= node.size <= MAX_SIZE:
            raise Unreadable("it has no size" if node.size < 0 else f"a size of {node.size} bytes")
        try:
            return self._record(index, node)
        except LayoutError as error:
            raise Unreadable(str(error)) from None

    def _record(self, index: int, node: Node) -> Record:
        members = self._members(node)
        if members.depth >= MAX_DEPTH:
            raise Unreadable(f"a type nests deeper than {MAX_DEPTH} levels")
        named = node.name_number >= 0
        spelled = self.speller.record_name(node) if named else str(self.speller.spell(index))
        plain = Record(
            name=spelled,
            kind="union" if node.tag == 0x17 else "struct",
            fields=tuple(members.fields),
            line=node.line,
            file=self.where(node),
            aligned=self._aligned(node, spelled),
            depth=members.depth + 1,
            language=self.abi.language,
        )
        reason = members.reason
        if not reason:
            record, reason = self._as_declared(node, plain, members)
            if record is not None:
                return record
        recorded = Recorded(
            abi=self.abi.name,
            size=node.size,
            align=self._align(node, members),
            fields=tuple(members.placed),
            members=plain.fields,
            reason=reason,
        )
        return replace(plain, recorded=recorded)

    def _aligned(self, node: Node, name: str) -> tuple[int, ...]:
        """What a record's alignment is raised to. Go writes none, and knows one record by its name
        (cmd/compile/internal/types, size.go, CalcStructSize)."""
        if self.abi.language == "go" and name.endswith("/atomic.align64"):
            return (8,)
        return (node.align,) if node.align > 0 else ()

    # Members

    def _members(self, node: Node) -> _Members:
        members = _Members([], [], [])
        for part in node.parts:
            one = self.graph.nodes[part]
            name = self.speller.name(one)
            try:
                if one.tag == _MEMBER and not one.flags & _STATIC:
                    self._member(node, one, name, members)
                elif one.tag == _BASE:
                    self._base_class(one, members)
                elif one.tag == _VARIANT_PART:
                    self._variants(node, one, members)
            except Unreadable as error:
                raise Unreadable(f"member '{name}': {error}" if name else str(error)) from None
        return members

    def _member(self, node: Node, one: Node, name: str, members: _Members) -> None:
        if one.flags & col.COMPUTED:
            raise Unreadable("its place is known at run time only")
        type_ = self.build(one.type)
        size = self.size(type_)
        if name.startswith("_vptr"):
            members.reason = members.reason or VIRTUAL
        inner = _record_of(type_)
        if not name and (inner is None or one.bits >= 0):
            name = "<discriminant>" if one.flags & col.ARTIFICIAL else "<unnamed>"
        field = Field(
            name or None,
            type_,
            one.bits if one.bits >= 0 else None,
            one.line,
            aligned=(one.align,) if one.align > 0 else (),
        )
        place = _bit(one, size)
        width = field.bit_width if isinstance(field.bit_width, int) else None
        if not (place >= 0 and place + (size * 8 if width is None else width) <= node.size * 8):
            # Go writes a place beyond the end for members without bytes.
            raise Unreadable(f"{place // 8} bytes from the start, beyond the {node.size} it has")
        if name:
            placed = [PlacedField(name, str(type_), place // 8, size, place, width, one.line)]
        else:
            placed = [_shifted(one, place) for one in self._flat(inner)]
        members.add(field, place, placed)

    def _flat(self, record: Record | None) -> tuple[PlacedField, ...]:
        return () if record is None else self._layout(record).fields

    def _layout(self, record: Record) -> Layout:
        try:
            return self.placer.place(record)
        except LayoutError as error:
            raise Unreadable(str(error)) from None

    def _base_class(self, one: Node, members: _Members) -> None:
        members.reason = BASES
        type_ = self.build(one.type)
        if one.flags & (col.COMPUTED | col.VIRTUAL):
            members.reason = "it has virtual base classes, whose place is known at run time only"
            return
        record = _record_of(type_)
        size = self.size(type_) if record is not None and self._flat(record) else 0
        field = Field(f"<{type_}>", type_)
        place = max(one.place, 0) * 8
        members.add(field, place, [PlacedField(f"<{type_}>", str(type_), place // 8, size, place)])

    def _variants(self, node: Node, part: Node, members: _Members) -> None:
        """A Rust enum: the discriminant, and an anonymous union of what the variants hold."""
        members.reason = VARIANTS
        over = _Members([], [], [])
        for index in part.parts:
            one = self.graph.nodes[index]
            if one.tag == _MEMBER:
                self._member(node, one, self.speller.name(one), members)
            elif one.tag == _VARIANT:
                for held in one.parts:
                    inner = self.graph.nodes[held]
                    if inner.tag == _MEMBER and not inner.flags & _STATIC:
                        self._member(node, inner, self.speller.name(inner), over)
        fields = tuple(over.fields)
        recorded = Recorded(
            self.abi.name, node.size, self._align(node, over), tuple(over.placed), fields, VARIANTS
        )
        union = Record(
            "union {...}", "union", fields, node.line, self.where(node),
            depth=over.depth + 1, recorded=recorded,
        )  # fmt: skip
        members.add(
            Field(None, RecordType("union {...}", union, depth=union.depth)), 0, over.placed
        )

    # Placing again

    def _as_declared(
        self, node: Node, plain: Record, members: _Members
    ) -> tuple[Record | None, str]:
        """A declaration that lies as recorded, else None and why there is none."""
        wanted = tuple(members.placed)
        tries = self._candidates(node, plain, members)
        first = ""
        while True:
            try:
                record = next(tries, None)
                if record is None:
                    return None, self._why(node, members, first)
                reason = self._agrees(record, node.size, wanted)
            except LayoutError as error:
                first = first or str(error)
                continue
            if not reason:
                return record, ""
            first = first or reason

    def _candidates(self, node: Node, plain: Record, members: _Members) -> Iterator[Record]:
        """Declarations to try. Only C and C++ have attributes and unnamed bit-fields; rustc states
        every alignment, the natural one too, and knows packed; Go has neither."""
        language = self.speller.language(node)
        if language == GO:
            return iter((plain,))
        if language == RUST:
            fields = tuple(replace(field, aligned=()) for field in plain.fields)
            natural = replace(plain, aligned=(), fields=fields)
            return iter((natural, replace(natural, packed=True), plain))
        return declarations(plain, members.places, node.size, self.placer)

    def _agrees(self, record: Record, size: int, wanted: tuple[PlacedField, ...]) -> str:
        """'' when placing gives what is recorded, else the first difference."""
        placed = self.placer.place(record)
        if placed.fields == wanted and placed.size == size:
            return ""
        for ours, theirs in zip(placed.fields, wanted, strict=False):
            if ours != theirs:
                where = f"bit {ours.bit_offset}, not {theirs.bit_offset}"
                return f"placing it puts '{ours.name}' at {where}"
        return f"placing it gives {placed.size} bytes, not {size}"

    def _why(self, node: Node, members: _Members, difference: str) -> str:
        if not members.fields:
            return EMPTY
        if self.speller.language(node) == RUST:
            return RUST_ORDER if 0 in members.places else TAGGED
        if node.tag != 0x17 and self.speller.language(node) != GO:
            end = 0
            for field in sorted(members.placed, key=lambda field: field.bit_offset):
                if field.bit_offset < end:
                    return SHARED
                end = max(end, field.end_bit)
        return difference

    def _align(self, node: Node, members: _Members) -> int:
        """The largest power of two up to the members' own alignment that agrees with the size and
        with each place; what debug info states goes first."""
        if node.align > 0:
            return node.align
        largest = 1
        for field, place in zip(members.fields, members.places, strict=True):
            align = self.placer.measure(field.type)[1]
            while place // 8 % align:
                align //= 2
            largest = max(largest, align)
        while largest > 1 and node.size % largest:
            largest //= 2
        return largest


def _bit(one: Node, size: int) -> int:
    """First bit of a member from the start of its record (DWARF 5, 5.7.6; DWARF 3, 5.5.6 for
    DW_AT_bit_offset, which counts from the most significant bit of a unit of DW_AT_byte_size)."""
    place = max(one.place, 0) * 8
    if one.flags & col.BIT_FROM_START:
        return place + one.bit_place
    if one.flags & col.BIT_FROM_TOP:
        unit = (one.size if one.size >= 0 else size) * 8
        return place + unit - one.bit_place - max(one.bits, 0)
    return place


def _record_of(type_: Type) -> Record | None:
    while isinstance(type_, Alias):
        type_ = type_.target
    return type_.record if isinstance(type_, RecordType) else None


def _shifted(field: PlacedField, start: int) -> PlacedField:
    return replace(field, offset=field.offset + start // 8, bit_offset=field.bit_offset + start)
