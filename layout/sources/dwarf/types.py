"""From nodes to the room's own types, so that a record can be placed on any ABI."""

from __future__ import annotations

from dataclasses import replace

from layout.errors import LayoutError
from layout.model import (
    MAX_DEPTH,
    Abi,
    Alias,
    Array,
    Atomic,
    Complex,
    Enum,
    Pointer,
    Record,
    RecordType,
    Scalar,
    Type,
    Vector,
)
from layout.place import MAX_SIZE, Placer
from layout.sources.dwarf.graph import Graph, Node
from layout.sources.dwarf.kernels import rows as col
from layout.sources.dwarf.spelling import C_NAMES, GO, RECORD_WORDS, Speller

__all__ = ["Types", "Unreadable"]

# DW_ATE_*, DWARF 5, table 7.11.
_BOOLEAN, _COMPLEX, _FLOAT, _SIGNED, _SIGNED_CHAR, _UNSIGNED_CHAR = 2, 3, 4, 5, 6, 8
_GO_KINDS = {_COMPLEX: "complex", _FLOAT: "float", _SIGNED: "int", _SIGNED_CHAR: "int",
             7: "uint", _UNSIGNED_CHAR: "uint"}  # fmt: skip
_FLOATS = {2: "_Float16", 4: "float", 8: "double", 16: "long double"}
_INTEGERS = {1: "char", 2: "short", 4: "int", 8: "long long", 16: "__int128"}


class Unreadable(Exception):  # noqa: N818 -- it is a finding, listed as skipped
    """Why a type or a record cannot be read exactly."""


class Types:
    """Builds the types of a graph, each once."""

    def __init__(self, graph: Graph, speller: Speller, abi: Abi) -> None:
        self.graph = graph
        self.speller = speller
        self.abi = abi
        self.placer = Placer(abi)
        self._built: dict[int, Type | Unreadable] = {}
        self._depth = 0

    def record(self, index: int) -> Record:
        """The record of a node; `layout.sources.dwarf.records` says how."""
        raise NotImplementedError

    def size(self, type_: Type) -> int:
        """Bytes of a type on the binary's ABI. Raises Unreadable."""
        try:
            return self.placer.measure(type_)[0]
        except LayoutError as error:
            raise Unreadable(str(error)) from None

    def build(self, index: int) -> Type:
        """The type of a node. Raises Unreadable."""
        if index < 0:
            raise Unreadable("void by value" if index == -1 else "its type is not in the file")
        known = self._built.get(index)
        if known is None:
            self._built[index] = Unreadable("a type that holds itself")
            if self._depth >= MAX_DEPTH:
                raise Unreadable(f"a type nests deeper than {MAX_DEPTH} levels")
            self._depth += 1
            try:
                known = self._build(index, self.graph.nodes[index])
                if known.depth > MAX_DEPTH:
                    raise Unreadable(f"a type nests deeper than {MAX_DEPTH} levels")
            except Unreadable as error:
                known = error
            finally:
                self._depth -= 1
            self._built[index] = known
        if isinstance(known, Unreadable):
            raise Unreadable(*known.args)
        return known

    def _build(self, index: int, node: Node) -> Type:
        spelling = str(self.speller.spell(index))
        if node.tag in RECORD_WORDS:
            record = self.record(index)
            return RecordType(spelling, record, depth=record.depth)
        type_ = self._plain(node, spelling)
        if node.align > 0:
            if isinstance(type_, Alias):
                return Alias(spelling, type_.target, (node.align,), depth=type_.depth)
            return Alias(spelling, type_, (node.align,), depth=type_.depth + 1)
        return type_

    def _plain(self, node: Node, spelling: str) -> Type:
        tag = node.tag
        if tag == 0x24:
            return self._base(node, spelling)
        if tag in (0x0F, 0x10, 0x42):
            if node.size >= 0 and node.size != self.abi.scalars["pointer"][0]:
                raise Unreadable(f"a pointer of {node.size} bytes")
            return Pointer(spelling)
        if tag in (0x16, 0x43):
            return self._alias(node, spelling)
        if tag in (0x26, 0x35, 0x37, 0x40, 0x4B, 0x2D):
            return replace(self.build(node.type), spelling=spelling)
        if tag == 0x01:
            return self._array(node, spelling)
        if tag == 0x04:
            return self._enum(node, spelling)
        if tag == 0x47:
            inner = self.build(node.type)
            return Atomic(spelling, inner, depth=inner.depth + 1)
        if tag == 0x1F:
            return self._member_pointer(node, spelling)
        if tag == 0x3B and "nullptr" in spelling:
            return Pointer(spelling)
        if tag == 0x15 and self.speller.language(node) == GO:
            return Pointer(spelling)  # a func value points to its closure
        what = {0x15: "a function by value", 0x3B: f"the unspecified type {spelling}"}
        raise Unreadable(what.get(tag, f"a type of kind {tag:#x}"))

    def _alias(self, node: Node, spelling: str) -> Type:
        target = self.build(node.type)
        if isinstance(target, Alias):  # a chain of typedefs is flat
            return Alias(spelling, target.target, target.aligned, depth=target.depth)
        return Alias(spelling, target, depth=target.depth + 1)

    def _base(self, node: Node, spelling: str) -> Type:
        size, encoding = node.size, node.flags >> col.ENCODING_SHIFT & 255
        if size == 0:  # Rust's () and !
            return Array(spelling, Scalar("unsigned char", "unsigned char"), 0, depth=2)
        name = self.speller.name(node)
        if self.abi.language == "go":
            kind = _GO_KINDS.get(encoding, "")  # a named type is a base type too
            return self._scalar(spelling, name, f"{kind}{size * 8}" if kind else "bool", size)
        if encoding == _COMPLEX:
            return Complex(spelling, self._scalar(spelling, "", _FLOATS.get(size // 2), size // 2))
        key: str | None = "_Bool" if encoding == _BOOLEAN and size == 1 else None
        if encoding == _FLOAT:
            key = _FLOATS.get(size)
        elif key is None:
            key = _INTEGERS.get(size)
            signed = encoding in (_SIGNED, _SIGNED_CHAR)
            if key == "char":
                key = "signed char" if signed else "unsigned char"
            elif key is not None and not signed:
                key = f"unsigned {key}"
        return self._scalar(spelling, C_NAMES.get(name, name), key, size)

    def _scalar(self, spelling: str, name: str, key: str | None, size: int) -> Scalar:
        """The scalar that C calls so, when its size agrees, else any of that kind and size."""
        for candidate in (name, key, "__float128" if key == "long double" else None):
            known = candidate is not None and candidate != "pointer"
            if known and self.abi.scalars.get(candidate or "", (0, 0))[0] == size:
                return Scalar(spelling, candidate or "")
        raise Unreadable(f"the base type {spelling or 'without a name'} of {size} bytes")

    def _member_pointer(self, node: Node, spelling: str) -> Type:
        """Itanium C++ ABI 2.3: a member's offset is a ptrdiff_t, a function takes two words."""
        target = self.graph.nodes[node.type].tag if node.type >= 0 else 0
        word = Pointer(spelling)
        return Array(spelling, word, 2, depth=2) if target == 0x15 else word

    def _enum(self, node: Node, spelling: str) -> Type:
        if node.type >= 0:
            underlying = self.build(node.type)
            if node.size in (-1, self.size(underlying)):
                return Enum(spelling, (), underlying, depth=underlying.depth + 1)
        if node.flags & col.DECLARATION:
            raise Unreadable(f"{spelling} is only declared")
        key = _INTEGERS.get(node.size)
        if key is None:
            raise Unreadable(f"{spelling} of {node.size} bytes")
        scalar = self._scalar(spelling, "", f"unsigned {key}", node.size)
        return Enum(spelling, (), scalar, depth=2)

    def _array(self, node: Node, spelling: str) -> Type:
        element = self.build(node.type)
        bounds = [self.graph.nodes[part] for part in node.parts]
        if node.flags & col.VECTOR and len(bounds) == 1:
            count = self._count(bounds[0]) or 0
            size = self.size(element) * count
            return Vector(spelling, element, size, depth=element.depth + 1)
        if not bounds and node.size < 0:
            raise Unreadable(f"the array {spelling} has no bounds")
        counts = [self._count(bound) for bound in bounds]
        if None in counts[1:]:
            raise Unreadable(f"the array {spelling} has unknown inner bounds")
        for at in range(len(counts) - 1, -1, -1):
            left = spelling if at == 0 else f"{element}[{counts[at]}]"
            element = Array(left, element, counts[at], depth=element.depth + 1)
            if element.depth > MAX_DEPTH:
                raise Unreadable(f"a type nests deeper than {MAX_DEPTH} levels")
        return element

    def _count(self, bound: Node) -> int | None:
        """Elements, None for a flexible array."""
        if bound.flags & col.UNCOUNTED:
            raise Unreadable("an array whose bounds are known at run time only")
        count = self.speller.elements(bound)
        if count is None:
            return None
        if not 0 <= count <= MAX_SIZE:
            raise Unreadable(f"an array of {count} elements")
        return count
