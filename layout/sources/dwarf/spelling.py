"""How types and records are called, in the language that the unit was written in."""

from __future__ import annotations

from typing import NamedTuple

from layout.model import MAX_DEPTH
from layout.sources.dwarf.graph import Graph, Node
from layout.sources.dwarf.kernels import rows as col

__all__ = ["CPP", "GO", "RECORD_WORDS", "RUST", "Spelled", "Speller"]

# DW_LANG_*, DWARF 5, table 7.17.
GO, RUST = 0x16, 0x1C
CPP = (0x04, 0x1A, 0x21, 0x2B, 0x3A)
# Languages whose arrays count from 1 unless they say otherwise: Ada, Cobol, Fortran, Pascal.
_FROM_ONE = (0x03, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0D, 0x0E, 0x22, 0x23)

RECORD_WORDS = {0x02: "class", 0x13: "struct", 0x17: "union", 0x38: "interface"}
_QUALIFIERS = {0x26: "const", 0x35: "volatile", 0x37: "restrict", 0x2D: "packed", 0x40: "shared",
               0x4B: "const"}  # fmt: skip
_POINTERS = {0x0F: "*", 0x10: "&", 0x42: "&&"}
_UNITS = (0x11, 0x3C, 0x41, 0x4A)

# Characters of a spelling: types of C++ and Rust reach some thousand.
MAX_SPELLING = 4096

# gcc's and older clang's names of C's types -> the keys of `Abi.scalars`.
C_NAMES = {
    "long int": "long",
    "long unsigned int": "unsigned long",
    "short int": "short",
    "short unsigned int": "unsigned short",
    "long long int": "long long",
    "long long unsigned int": "unsigned long long",
    "__int128 unsigned": "unsigned __int128",
    "_Float128": "__float128",
    "bool": "_Bool",
}


class Spelled(NamedTuple):
    """A type as C spells it, with the place for a name between ``left`` and ``right``."""

    base: str
    left: str = ""
    right: str = ""

    def __str__(self) -> str:
        declarator = self.left + self.right
        text = f"{self.base} {declarator}" if declarator else self.base
        return text if len(text) <= MAX_SPELLING else text[:MAX_SPELLING] + "..."


class Speller:
    """Spells the nodes of a graph; ``languages`` are those of the units."""

    def __init__(self, graph: Graph, languages: dict[int, int]) -> None:
        self.graph = graph
        self.languages = languages
        self._spelled: dict[int, Spelled] = {}

    def language(self, node: Node) -> int:
        """DW_LANG_* of the unit that a node stands in, 0 for unknown."""
        return self.languages.get(node.unit, 0)

    def elements(self, bound: Node) -> int | None:
        """Elements of an array's dimension, None where debug info gives none."""
        if not bound.flags & col.COUNTED:
            return None
        if not bound.flags & col.UPPER:
            return bound.place
        first = 1 if self.language(bound) in _FROM_ONE else 0
        return bound.place - (bound.bit_place if bound.flags & col.LOWER else first)

    def name(self, node: Node) -> str:
        """The name alone, '' for none."""
        return self.graph.name(node.name_number) if node.name_number >= 0 else ""

    def qualified(self, node: Node) -> str:
        """The name with the namespaces and records around it; Go's names are whole."""
        names = [self.name(node)]
        scope = node.scope
        while scope >= 0 and len(names) < MAX_DEPTH and self.language(node) != GO:
            around = self.graph.nodes[scope]
            if around.tag in _UNITS:
                break
            # A record within another is not qualified by it in C (C11 6.2.1): one scope.
            if around.tag == 0x39 or self.language(node) in (*CPP, RUST):
                names.append(self.name(around) or "(anonymous)")
            scope = around.scope
        return "::".join(reversed(names))

    def record_name(self, node: Node) -> str:
        """``struct order`` in C and C++, ``main.Order`` in Go, ``crate::Order`` in Rust."""
        name = self.qualified(node)
        if self.language(node) in (GO, RUST):
            return name
        return f"{RECORD_WORDS[node.tag]} {name}"

    def spell(self, index: int, depth: int = 0) -> Spelled:
        """The spelling of a type; ``void`` for -1."""
        if index < 0:
            return Spelled("void" if index == -1 else "<unknown>")
        known = self._spelled.get(index)
        if known is None:
            if depth > MAX_DEPTH:
                return Spelled("...")
            known = self._spell(self.graph.nodes[index], depth + 1)
            self._spelled[index] = known
        return known

    def _spell(self, node: Node, depth: int) -> Spelled:
        tag = node.tag
        if tag in RECORD_WORDS or tag == 0x04:
            return Spelled(self._tagged(node))
        if tag == 0x24:
            name = self.name(node)
            return Spelled(C_NAMES.get(name, name) if name != "bool" else "bool")
        if node.name_number >= 0:
            return Spelled(self.qualified(node) if tag in (0x16, 0x43) else self.name(node))
        inner = self.spell(node.type, depth)
        if tag in _POINTERS:
            return _pointer(inner, _POINTERS[tag])
        if tag == 0x1F:
            return _pointer(inner, "::*")
        if tag in _QUALIFIERS:
            word = _QUALIFIERS[tag]
            if inner.left.endswith("*"):
                return inner._replace(left=f"{inner.left}{word} ".rstrip())
            return inner._replace(base=f"{word} {inner.base}")
        if tag == 0x47:
            return Spelled(f"_Atomic({inner})")
        if tag == 0x15:
            return inner._replace(right=f"(){inner.right}")
        return self._array(node, inner) if tag == 0x01 else inner

    def _tagged(self, node: Node) -> str:
        word = RECORD_WORDS.get(node.tag, "enum")
        if node.name_number < 0:
            return f"{word} {{...}}"
        language = self.language(node)
        name = self.qualified(node)
        return name if language in (GO, RUST, *CPP) else f"{word} {name}"

    def _array(self, node: Node, inner: Spelled) -> Spelled:
        counts = [self.elements(self.graph.nodes[part]) for part in node.parts]
        if self.language(node) == RUST and len(counts) == 1:
            return Spelled(f"[{inner}; {counts[0]}]")
        bounds = "".join("[]" if count is None else f"[{count}]" for count in counts[:MAX_DEPTH])
        return inner._replace(right=bounds + inner.right)


def _pointer(inner: Spelled, sign: str) -> Spelled:
    if len(inner.left) + len(inner.right) + len(inner.base) > MAX_SPELLING:
        return Spelled("...", sign)
    if inner.right.startswith(("[", "(")):
        return Spelled(inner.base, f"{inner.left}({sign}", f"){inner.right}")
    return inner._replace(left=inner.left + sign)
