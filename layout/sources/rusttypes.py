"""Rust's types as the room's, and the constants in array lengths.

Exact or refused: a type whose layout rustc does not guarantee is never measured, and neither is a
pointer to a type that may be unsized, as it may be two words.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from layout.model import MAX_DEPTH, Alias, Array, Atomic, Pointer, Scalar, Type
from layout.sources.rustconstants import RustConstants
from layout.sources.rustnames import (
    ATOMICS,
    C_TYPES,
    LIBC,
    NICHES,
    NONZERO,
    PRIMITIVES,
    SIZED,
    TRANSPARENT,
    WRAPPERS,
)
from layout.sources.rustscopes import Item, Module, parameters, short, spell
from layout.sources.trees import Refused, line_of, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["RustTypes", "last_field_type"]


class RustTypes(RustConstants):
    """Resolves types and constants within a module."""

    @abstractmethod
    def item_type(self, item: Item, depth: int) -> Type:
        """The type that a declaration of the file stands for."""

    def type(self, node: Node | None, module: Module, depth: int = 0) -> Type:
        """The type that stands there. Raises Refused with the line and the reason."""
        if node is None:
            raise Refused(0, "a type is missing")
        self.step(node, depth)
        match node.type:
            case "primitive_type":
                return self._primitive(node)
            case "reference_type" | "pointer_type":
                return self._pointer(node, node.child_by_field_name("type"), module)
            case "function_type" if node.child_by_field_name("trait") is None:
                return Pointer(spell(node))
            case "array_type":
                return self._array(node, module, depth)
            case "unit_type":
                return _nothing("()")
            case "tuple_type":
                raise Refused(line_of(node), f"{short(node)}: a tuple's order is rustc's choice")
            case "type_identifier" | "scoped_type_identifier":
                return self._name(node, node, module, depth)
            case "generic_type":
                return self._generic(node, module, depth)
            case "bracketed_type" | "parenthesized_type" if node.named_child_count == 1:
                return self.type(node.named_children[0], module, depth + 1)
        raise Refused(line_of(node), f"'{short(node)}' is not read as a field's type")

    def _primitive(self, node: Node) -> Type:
        name = text_of(node)
        if name not in PRIMITIVES:
            raise Refused(line_of(node), f"{name} is unsized or not known; hold a reference to it")
        return Scalar(name, PRIMITIVES[name])

    def _array(self, node: Node, module: Module, depth: int) -> Type:
        length = node.child_by_field_name("length")
        if length is None:
            raise Refused(line_of(node), f"{short(node)} is unsized; hold a reference to it")
        element = self.type(node.child_by_field_name("element"), module, depth + 1)
        count = self.constant(length, module, depth + 1)
        deep = 1 + max(element.depth, 0 if isinstance(count, int) else count.depth)
        if deep > MAX_DEPTH:
            raise Refused(line_of(node), f"a type nests deeper than {MAX_DEPTH} levels")
        if isinstance(count, int) and count < 0:
            raise Refused(line_of(node), f"array length {count} is negative")
        return Array(spell(node), element, count, depth=deep)

    def _name(self, whole: Node, node: Node, module: Module, depth: int) -> Type:
        item, path = self.find(node, module)
        if item is not None:
            return self._declared(node, item, depth)
        name = self.standard(node, module)
        spelling = spell(whole)
        if name in C_TYPES or name in LIBC:
            return Scalar(spelling, C_TYPES.get(name) or LIBC[name])
        if name in NONZERO:
            return Scalar(spelling, PRIMITIVES[NONZERO[name]])
        if name in ATOMICS:
            inner = ATOMICS[name]
            return Atomic(spelling, Scalar(inner, PRIMITIVES[inner]), depth=2)
        if name == "PhantomPinned":
            return _nothing(spelling)
        if name is not None:
            raise Refused(line_of(node), f"{spelling}: its layout is not guaranteed")
        raise Refused(line_of(node), f"unknown type '{path[:60]}'; declare it in this file")

    def _declared(self, node: Node, item: Item, depth: int) -> Type:
        if item.kind not in ("struct", "union", "enum", "type"):
            raise Refused(line_of(node), f"'{item.name[:40]}' is no type")
        if item in self._open:
            raise Refused(line_of(node), f"{item.path} contains itself; hold a pointer to it")
        if parameters(item):
            reason = f"generic type {item.path} by value: its layout depends on its arguments"
            raise Refused(line_of(node), reason)
        self._open.append(item)
        try:
            return self.item_type(item, depth + 1)
        except Refused as fault:
            inner = "contains itself" in fault.reason or "deeper" in fault.reason
            inner = inner or fault.reason.startswith("in ")
            place = f"in {item.path}, line {fault.line}: " if not inner else ""
            raise Refused(line_of(node), f"{place}{fault.reason}") from None
        finally:
            self._open.pop()

    # Generic types of the standard library

    def _generic(self, node: Node, module: Module, depth: int) -> Type:
        base = node.child_by_field_name("type")
        listed = node.child_by_field_name("type_arguments")
        given = [] if listed is None else listed.named_children
        given = [one for one in given if one.type not in ("lifetime", "line_comment")]
        if base is None:
            raise Refused(line_of(node), f"'{short(node)}' is not read as a field's type")
        item, _ = self.find(base, module)
        if item is not None:  # lifetimes alone do not matter, other arguments are refused
            return self._declared(node, item, depth)
        name = self.standard(base, module)
        if name == "AtomicPtr":
            return Pointer(spell(node))
        if name == "PhantomData":
            return _nothing(spell(node))
        if len(given) != 1:
            raise Refused(line_of(node), f"{short(node)}: its layout is not guaranteed")
        if name in ("Box", "NonNull"):
            return self._pointer(node, given[0], module)
        if name == "Option":
            return self._option(node, given[0], module, depth)
        if name in TRANSPARENT:
            inner = self.type(given[0], module, depth + 1)
            return Alias(spell(node), inner, depth=inner.depth + 1)
        if name is not None:
            raise Refused(line_of(node), f"{short(node)}: its layout is not guaranteed")
        raise Refused(line_of(node), f"unknown type '{short(node)}'; declare it in this file")

    def _option(self, node: Node, given: Node, module: Module, depth: int) -> Type:
        """core::option, Representation: references, Box, NonNull, functions and NonZero have a
        value that is never theirs; nothing is guaranteed for others."""
        base = given.child_by_field_name("type") if given.type == "generic_type" else given
        function = given.type == "function_type" and given.child_by_field_name("trait") is None
        named = base is not None and base.type in ("type_identifier", "scoped_type_identifier")
        niche = named and base is not None and self.standard(base, module) in NICHES
        if given.type != "reference_type" and not function and not niche:
            reason = f"{short(node)}: only an Option of a pointer or a NonZero has a fixed layout"
            raise Refused(line_of(node), reason)
        inner = self.type(given, module, depth + 1)
        return Alias(spell(node), inner, depth=inner.depth + 1)

    # Pointers

    def _pointer(self, node: Node, target: Node | None, module: Module) -> Type:
        sized = self._is_sized(target, module, 0)
        if sized is None:
            reason = f"{short(node)}: a pointer of one word or two? {short(target)} is not known"
            raise Refused(line_of(node), f"{reason} here; declare it in this file")
        spelling = spell(node)
        if sized:
            return Pointer(spelling)
        return Array(spelling, Pointer("*const ()"), 2, depth=2)

    def _is_sized(self, node: Node | None, module: Module, depth: int) -> bool | None:
        """Whether a type has a size of its own; None where it is not known."""
        if node is None or depth > MAX_DEPTH:
            return None
        self.step(node, depth)
        match node.type:
            case "primitive_type":
                return text_of(node) != "str"
            case "array_type":
                return node.child_by_field_name("length") is not None
            case "dynamic_type" | "abstract_type" | "bounded_type":
                return None if node.type == "abstract_type" else False
            case "function_type":
                return node.child_by_field_name("trait") is None or None
            case "reference_type" | "pointer_type" | "unit_type" | "tuple_type" | "never_type":
                return True
            case "type_identifier" | "scoped_type_identifier" | "generic_type":
                return self._name_is_sized(node, module, depth)
        return None

    def _name_is_sized(self, whole: Node, module: Module, depth: int) -> bool | None:
        base = whole.child_by_field_name("type") if whole.type == "generic_type" else whole
        if base is None or text_of(base) == "Self":
            return base is not None or None  # of a record that is read: its own fields say so
        item, _ = self.find(base, module)
        if item is None:
            name = self.standard(base, module)
            if name in WRAPPERS and whole.type == "generic_type":
                listed = whole.child_by_field_name("type_arguments")
                given = [] if listed is None else listed.named_children
                return self._is_sized(given[0], module, depth + 1) if len(given) == 1 else None
            return True if name in SIZED else None
        if item.kind == "trait":
            return False  # edition 2015: a trait object without dyn
        if item.kind in ("enum", "union"):
            return True
        if item.kind == "type":
            return self._is_sized(item.node.child_by_field_name("type"), item.module, depth + 1)
        if item.kind != "struct" or "?" in text_of(item.node).partition("{")[0]:
            return None
        last = last_field_type(item.node)
        if last is None or text_of(last) in {text_of(one) for one in parameters(item)}:
            return True  # a parameter without ?Sized is sized
        return self._is_sized(last, item.module, depth + 1)


def last_field_type(struct: Node) -> Node | None:
    """The type of a struct's last field; None when it has no fields."""
    body = struct.child_by_field_name("body")
    if body is None:
        return None
    if body.type == "ordered_field_declaration_list":
        types = body.children_by_field_name("type")
        return types[-1] if types else None
    fields = [one for one in body.named_children if one.type == "field_declaration"]
    return fields[-1].child_by_field_name("type") if fields else None


def _nothing(spelling: str) -> Type:
    """A type of no bytes, aligned to 1."""
    return Array(spelling, Scalar("u8", "unsigned char"), 0, depth=2)
