"""Constants of a Rust file: array lengths and discriminants.

A value that some integer type might wrap is refused, so that no type need be known.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from layout.model import MAX_DEPTH, Binary, Count, Measure, Type
from layout.sources.rustscopes import Item, Module, RustScopes, short
from layout.sources.trees import Refused, line_of, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["RustConstants"]

_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "+": int.__add__, "-": int.__sub__, "*": int.__mul__, "/": int.__floordiv__, "%": int.__mod__,
    "<<": int.__lshift__, ">>": int.__rshift__, "&": int.__and__, "|": int.__or__,
    "^": int.__xor__,
}  # fmt: skip
_NUMBER = re.compile(r"(0x[0-9a-f]+|0o[0-7]+|0b[01]+|[0-9]+)([iu](?:8|16|32|64|128|size))?")


class RustConstants(RustScopes):
    """Computes constants within a module."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[Item] = []  # being read: who asks for one of them again is within itself

    @abstractmethod
    def type(self, node: Node | None, module: Module, depth: int = 0) -> Type:
        """The type that stands there."""

    def constant(self, node: Node, module: Module, depth: int) -> Count:
        """An array length or a discriminant: an integer, or an expression with a size in it.
        Raises Refused for whatever might wrap or is not read."""
        self.step(node, depth)
        match node.type:
            case "integer_literal":
                return _integer(node)
            case "identifier" | "scoped_identifier":
                return self._constant_name(node, module, depth)
            case "parenthesized_expression" | "block" if node.named_child_count == 1:
                return self.constant(node.named_children[0], module, depth + 1)
            case "expression_statement" if node.named_child_count == 1:
                return self.constant(node.named_children[0], module, depth + 1)
            case "unary_expression" if text_of(node.children[0]) == "-":
                value = self.constant(node.named_children[0], module, depth + 1)
                if isinstance(value, int):
                    return -value
            case "binary_expression":
                return self._binary(node, module, depth)
            case "type_cast_expression":
                return self._cast(node, module, depth)
            case "call_expression":
                return self._size_of(node, module, depth)
        raise Refused(line_of(node), f"'{short(node)}' is not read as a constant")

    def _constant_name(self, node: Node, module: Module, depth: int) -> Count:
        item, path = self.find(node, module)
        if item is None or item.kind != "const":
            reason = f"unknown constant '{path[:60]}'; declare it in this file"
            raise Refused(line_of(node), reason)
        if item in self._open:
            raise Refused(line_of(node), f"{item.name} depends on itself")
        value = item.node.child_by_field_name("value")
        if value is None:
            raise Refused(line_of(node), f"constant {item.name} has no value here")
        self._open.append(item)
        try:
            found = self.constant(value, item.module, depth + 1)
        finally:
            self._open.pop()
        return _fitting(found, item.node.child_by_field_name("type"), node)

    def _binary(self, node: Node, module: Module, depth: int) -> Count:
        operator = text_of(node.child_by_field_name("operator"))
        sides = [node.child_by_field_name(name) for name in ("left", "right")]
        if operator not in _ARITHMETIC or None in sides:
            raise Refused(line_of(node), f"'{short(node)}' is not read as a constant")
        left, right = (self.constant(side, module, depth + 1) for side in sides if side is not None)
        if isinstance(left, int) and isinstance(right, int):
            return _fold(operator, left, right, node)
        deep = 1 + max(one.depth for one in (left, right) if not isinstance(one, int))
        if deep > MAX_DEPTH or operator not in ("+", "-", "*", "/", "%"):
            raise Refused(line_of(node), f"'{short(node)}' is not read as a constant")
        return Binary(operator, left, right, depth=deep)

    def _cast(self, node: Node, module: Module, depth: int) -> Count:
        value, type_ = (node.child_by_field_name(name) for name in ("value", "type"))
        if value is None:
            raise Refused(line_of(node), f"'{short(node)}' is not read as a constant")
        return _fitting(self.constant(value, module, depth + 1), type_, node)

    def _size_of(self, node: Node, module: Module, depth: int) -> Count:
        """``size_of::<T>()`` and ``align_of::<T>()``."""
        called = node.child_by_field_name("function")
        base = None if called is None else called.child_by_field_name("function")
        listed = None if called is None else called.child_by_field_name("type_arguments")
        name = text_of(base).rpartition("::")[2]
        if name in ("size_of", "align_of") and listed is not None and base is not None:
            item, path = self.find(base, module)
            known = item is None and path.split("::")[0] in ("std", "core")
            if known and listed.named_child_count == 1:
                type_ = self.type(listed.named_children[0], module, depth + 1)
                operator = "sizeof" if name == "size_of" else "_Alignof"
                return Measure(operator, type_, depth=type_.depth + 1)  # type: ignore[arg-type]
        raise Refused(line_of(node), f"'{short(node)}' is not read as a constant")


def _fold(operator: str, left: int, right: int, node: Node) -> int:
    """The value where every integer type of 32 bits or more computes the same, else Refused."""
    if min(left, right) < 0 or (operator in ("/", "%") and right == 0):
        raise Refused(line_of(node), f"'{short(node)}' is not read as a constant")
    if operator in ("<<", ">>") and right >= 32:
        raise Refused(line_of(node), f"{short(node)} may wrap")
    value = _ARITHMETIC[operator](left, right)
    if not 0 <= value < 1 << 32:
        raise Refused(line_of(node), f"{short(node)} may wrap")
    return value


def _integer(node: Node) -> int:
    match = _NUMBER.fullmatch(text_of(node).replace("_", "").lower())
    if match is None or len(match[1]) > 50:
        raise Refused(line_of(node), f"'{short(node)}' is not read as a constant")
    return int(match[1], 0 if match[1][:2] in ("0x", "0o", "0b") else 10)


def _fitting(value: Count, type_: Node | None, node: Node) -> Count:
    """A value as that type, which must hold it as it is, on every target."""
    name = text_of(type_)
    bits = name[1:].replace("size", "32")
    if name[:1] not in ("i", "u") or not bits.isdigit():
        raise Refused(line_of(node), f"a constant of type {name[:40]}")
    if not isinstance(value, int):
        if name not in ("usize", "u64"):
            raise Refused(line_of(node), f"a size as {name}")
        return value
    low, high = (0, int(bits)) if name[0] == "u" else (-(1 << int(bits) - 1), int(bits) - 1)
    if not low <= value < 1 << high:
        raise Refused(line_of(node), f"{value} as {name} may wrap")
    return value
