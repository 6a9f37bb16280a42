"""Go's constant expressions as they stand in a source: array lengths and what they name."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING

from layout.errors import LayoutError
from layout.goconstants import GoConstant, GoLength, GoOffset, fold, underlying
from layout.model import (
    MAX_DEPTH,
    Array,
    Binary,
    Cast,
    Count,
    Expression,
    Measure,
    Record,
    RecordType,
    Scalar,
    Type,
    Unary,
)
from layout.sources.gofiles import Declared, GoFile
from layout.sources.gostd import standard_constant
from layout.sources.gostrings import literal_bytes
from layout.sources.trees import Refused, line_of, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from layout.sources.gotypes import Scope, TypeReader

__all__ = ["ConstantReader"]

_BUILTINS = ("len", "cap", "min", "max")

# Digits of a number that are read.
MAX_DIGITS = 1200


class ConstantReader:
    """Builds expressions; named constants are folded once."""

    def __init__(self, types: TypeReader) -> None:
        self.types = types
        self._known: dict[Declared, Expression | Refused | None] = {}
        self._swept: set[GoFile] = set()  # files whose constants were read in order

    def expression(self, node: Node, scope: Scope, iota: int | None, depth: int) -> Expression:
        """The constant expression at a node. Raises Refused."""
        self.types.step(node, depth)
        match node.type:
            case "int_literal" | "float_literal":
                return _number(node)
            case "rune_literal" | "interpreted_string_literal" | "raw_string_literal":
                return _literal(node)
            case "iota" if iota is not None:
                return GoConstant(iota, "untyped int")
            case "identifier":
                return self._named(node, scope, depth)
            case "parenthesized_expression" if node.named_child_count == 1:
                return self.expression(node.named_children[0], scope, iota, depth + 1)
            case "unary_expression":
                return self._unary(node, scope, iota, depth)
            case "binary_expression":
                return self._binary(node, scope, iota, depth)
            case "call_expression" | "type_conversion_expression":
                return self._call(node, scope, iota, depth)
            case "selector_expression":
                return self._foreign(node, scope)
        raise _refusal(node)

    def _named(self, node: Node, scope: Scope, depth: int) -> Expression:
        name = text_of(node)
        declared = self.types.find(node, scope)
        if declared is None:
            reason = f"unknown constant '{name[:40]}'; declare it in this package"
            raise Refused(line_of(node), reason)
        if declared.kind != "const":
            raise Refused(line_of(node), f"'{name[:40]}' is no constant")
        try:
            return self._constant(declared, depth + 1)
        except Refused as fault:
            if name in fault.reason or "deeper" in fault.reason:
                raise Refused(line_of(node), fault.reason) from None
            raise Refused(line_of(node), f"constant {name}: {fault.reason}") from None

    def _constant(self, declared: Declared, depth: int) -> Expression:
        if declared not in self._known:
            self._known[declared] = None  # open: who asks again depends on itself
            try:
                self._known[declared] = self._value(declared, depth)
            except Refused as fault:
                self._known[declared] = fault
                if "deeper" in fault.reason and declared.file not in self._swept:
                    del self._known[declared]  # until the ones before it are known
                    if not any(known is None for known in self._known.values()):
                        return self._in_order(declared)
                    raise
        known = self._known[declared]
        if known is None:
            raise Refused(declared.line, f"{declared.name} depends on itself")
        if isinstance(known, Refused):
            raise known
        return known

    def _in_order(self, declared: Declared) -> Expression:
        """Reads every constant of a file from the top: each may rest on the one before it."""
        self._swept.add(declared.file)
        for one in declared.file.names.values():
            if one.kind == "const":
                with suppress(Refused):
                    self._constant(one, 3)
        return self._constant(declared, 3)

    def _value(self, declared: Declared, depth: int) -> Expression:
        from layout.sources.gotypes import Scope

        scope = Scope(declared.file)
        if declared.value is None or declared.node.has_error:
            raise Refused(declared.line, "it has no value that could be read")
        value = self.expression(declared.value, scope, declared.iota, depth)
        if declared.type is not None:
            type_ = self.types.type(declared.type, scope, depth)
            value = Cast(type_, value, depth=_deeper(value, declared.node))
        try:
            return fold(value) or value
        except LayoutError as fault:
            raise Refused(declared.line, str(fault)) from None

    def _unary(self, node: Node, scope: Scope, iota: int | None, depth: int) -> Expression:
        operator, operand = (node.child_by_field_name(name) for name in ("operator", "operand"))
        if operand is None or text_of(operator) not in ("+", "-", "^"):
            raise _refusal(node)
        inner = self.expression(operand, scope, iota, depth + 1)
        return Unary(text_of(operator), inner, depth=_deeper(inner, node))

    def _binary(self, node: Node, scope: Scope, iota: int | None, depth: int) -> Expression:
        left, right = (node.child_by_field_name(name) for name in ("left", "right"))
        operator = text_of(node.child_by_field_name("operator"))
        if left is None or right is None or not operator:
            raise _refusal(node)
        sides = [self.expression(one, scope, iota, depth + 1) for one in (left, right)]
        deep = max(_deeper(side, node) for side in sides)
        return Binary(operator, sides[0], sides[1], depth=deep)

    # Calls: conversions, built-in functions, package unsafe

    def _call(self, node: Node, scope: Scope, iota: int | None, depth: int) -> Expression:
        called, arguments = _call_parts(node)
        name = text_of(called)
        if called.type == "identifier" and name in _BUILTINS and self._builtin(called, scope):
            if name in ("len", "cap"):
                return self._len(node, arguments, scope, iota, depth)
            sides = [self.expression(one, scope, iota, depth + 1) for one in arguments]
            return _extreme(node, name, sides)
        if called.type == "selector_expression" and _unsafe(called, scope):
            return self._measure(node, text_of(called.child_by_field_name("field")),
                                 arguments, scope, depth)  # fmt: skip
        if len(arguments) != 1:
            raise _refusal(node)
        type_ = self.types.type(called, scope, depth + 1)
        inner = self.expression(arguments[0], scope, iota, depth + 1)
        return Cast(type_, inner, depth=_deeper(inner, node))

    def _builtin(self, called: Node, scope: Scope) -> bool:
        return self.types.find(called, scope) is None

    def _len(
        self, node: Node, arguments: list[Node], scope: Scope, iota: int | None, depth: int
    ) -> Expression:
        if len(arguments) != 1:
            raise _refusal(node)
        try:
            operand = self.expression(arguments[0], scope, iota, depth + 1)
        except Refused:
            array = underlying(self.type_of(arguments[0], scope, depth + 1))
            if isinstance(array, Array) and text_of(_call_parts(node)[0]) in ("len", "cap"):
                return GoLength(array, depth=array.depth + 1)
            raise
        return Unary("len", operand, depth=_deeper(operand, node))

    def _measure(
        self, node: Node, name: str, arguments: list[Node], scope: Scope, depth: int
    ) -> Expression:
        if len(arguments) != 1:
            raise _refusal(node)
        if name == "Offsetof":
            return self._offset(arguments[0], scope, depth)
        if name not in ("Sizeof", "Alignof"):
            raise _refusal(node)
        type_ = self.type_of(arguments[0], scope, depth + 1)
        if type_.depth >= MAX_DEPTH:
            raise Refused(line_of(node), f"a type nests deeper than {MAX_DEPTH} levels")
        operator = "sizeof" if name == "Sizeof" else "_Alignof"
        return Measure(operator, type_, depth=type_.depth + 1)  # type: ignore[arg-type]

    def _offset(self, node: Node, scope: Scope, depth: int) -> Expression:
        operand, name = node.child_by_field_name("operand"), node.child_by_field_name("field")
        if node.type != "selector_expression" or operand is None:
            raise _refusal(node)
        type_ = self.type_of(operand, scope, depth + 1)
        self._field(node, type_, text_of(name))
        return GoOffset(type_, text_of(name), depth=type_.depth + 1)

    def _foreign(self, node: Node, scope: Scope) -> Expression:
        """``package.Name``."""
        operand, name = node.child_by_field_name("operand"), node.child_by_field_name("field")
        local = text_of(operand)
        path = scope.file.imports.get(local)
        if operand is None or operand.type != "identifier" or path is None:
            raise _refusal(node)
        if local in scope.file.names or local == "C":
            raise _refusal(node)
        known = standard_constant(path, text_of(name))
        if known is None:
            reason = f"{path}.{text_of(name)[:40]}: a constant of another package"
            raise Refused(line_of(node), f"{reason}; write its value here")
        return known

    # The types of operands

    def type_of(self, node: Node, scope: Scope, depth: int) -> Type:
        """The type of an expression that unsafe.Sizeof or len is asked about. Raises Refused."""
        self.types.step(node, depth)
        match node.type:
            case "parenthesized_expression" if node.named_child_count == 1:
                return self.type_of(node.named_children[0], scope, depth + 1)
            case "composite_literal":
                return self.types.type(node.child_by_field_name("type"), scope, depth + 1)
            case "call_expression" | "type_conversion_expression":
                return self.types.type(_call_parts(node)[0], scope, depth + 1)
            case "identifier":
                return self._type_of_name(node, scope, depth)
            case "selector_expression":
                operand = node.child_by_field_name("operand")
                if operand is not None:
                    type_ = self.type_of(operand, scope, depth + 1)
                    return self._field(node, type_, text_of(node.child_by_field_name("field")))
            case "interpreted_string_literal" | "raw_string_literal":
                return Scalar("string", "string")
            case "int_literal":
                return Scalar("int", "int")
        raise _refusal(node)

    def _type_of_name(self, node: Node, scope: Scope, depth: int) -> Type:
        declared = self.types.find(node, scope)
        typed = declared is not None and declared.kind in ("var", "const")
        if declared is None or not typed or declared.type is None:
            raise _refusal(node)
        from layout.sources.gotypes import Scope

        return self.types.type(declared.type, Scope(declared.file), depth + 1)

    def _field(self, node: Node, type_: Type, name: str) -> Type:
        """The type of a struct's own field; a promoted one is refused."""
        record: Record | None = None
        inner = underlying(type_)
        if isinstance(inner, RecordType):
            record = inner.record
        for field in record.fields if record else ():
            if field.name == name and name != "_":
                return field.type
        raise _refusal(node)


def _refusal(node: Node) -> Refused:
    return Refused(line_of(node), f"'{text_of(node)[:40]}' is not read as a constant expression")


def _deeper(inner: Count, node: Node) -> int:
    depth = 1 if isinstance(inner, int) else inner.depth + 1
    if depth > MAX_DEPTH:
        raise Refused(line_of(node), f"a constant nests deeper than {MAX_DEPTH} levels")
    return depth


def _extreme(node: Node, name: str, sides: list[Expression]) -> Expression:
    if not sides:
        raise _refusal(node)
    result = sides[0]
    for side in sides[1:]:
        result = Binary(name, result, side, depth=max(_deeper(result, node), _deeper(side, node)))
    return result


def _unsafe(called: Node, scope: Scope) -> bool:
    local = text_of(called.child_by_field_name("operand"))
    return scope.file.imports.get(local) == "unsafe"


def _call_parts(node: Node) -> tuple[Node, list[Node]]:
    """What is called or converted to, and its arguments."""
    if node.type == "type_conversion_expression":
        called, operand = node.child_by_field_name("type"), node.child_by_field_name("operand")
        listed = [] if operand is None else [operand]
    else:
        called, given = (node.child_by_field_name(name) for name in ("function", "arguments"))
        listed = [] if given is None else given.named_children
    if called is None:
        raise _refusal(node)
    return called, [one for one in listed if one.type != "comment"]


def _number(node: Node) -> Expression:
    """Specification, Integer literals and Floating-point literals."""
    text = text_of(node).replace("_", "").lower()
    exponent = re.search(r"p([+-]?[0-9]+)$" if text.startswith("0x") else r"e([+-]?[0-9]+)$", text)
    if len(text) > MAX_DIGITS or (exponent and abs(int(exponent[1])) > MAX_DIGITS):
        raise Refused(line_of(node), "a number too long to read")
    try:
        if node.type == "int_literal":
            octal = text[0] == "0" and text[1:].isdigit()
            return GoConstant(int(text, 8 if octal else 0), "untyped int")
        if not text.startswith("0x"):
            return GoConstant(Fraction(text), "untyped float")
        mantissa, _, power = text[2:].partition("p")
        whole, _, part = mantissa.partition(".")
        value = Fraction(int(f"{whole}{part}", 16), 16 ** len(part)) * Fraction(2) ** int(power)
    except (ValueError, OverflowError):
        raise _refusal(node) from None
    return GoConstant(value, "untyped float")


def _literal(node: Node) -> Expression:
    data = literal_bytes(text_of(node))
    if data is None:
        raise _refusal(node)
    if node.type == "rune_literal":
        text = data.decode("utf-8", errors="surrogateescape")
        if len(text) != 1:
            raise _refusal(node)
        point = ord(text)
        return GoConstant(point - 0xDC00 if 0xDC80 <= point <= 0xDCFF else point, "untyped rune")
    return GoConstant(data.decode("latin-1"), "untyped string")
