"""Go's types as the room's: what a field holds by value, names and generics resolved.

Only what lies in the record itself is looked into: behind a pointer, a slice, a map, a channel or a
function there is one word or a header, whatever it leads to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from layout.errors import LayoutError
from layout.goconstants import fold
from layout.model import (
    MAX_DEPTH,
    Alias,
    Array,
    Count,
    Field,
    Pointer,
    Record,
    RecordType,
    Scalar,
    Type,
)
from layout.sources.goconstants import ConstantReader
from layout.sources.gofiles import Declared, GoFile, Package
from layout.sources.gostd import standard_type
from layout.sources.trees import Refused, leaves, line_of, plain_text, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["Scope", "TypeReader"]

# Types and expressions that one file may make the reader look at.
MAX_STEPS = 2_000_000

# Characters that the name of an instantiated type may have.
MAX_NAME = 1000

# Predeclared type -> row of `Abi.scalars`.
UNIVERSE = {
    **{
        name: name
        for name in (
            *("bool", "string", "float32", "float64", "complex64", "complex128", "uintptr"),
            *("int", "int8", "int16", "int32", "int64"),
            *("uint", "uint8", "uint16", "uint32", "uint64"),
        )
    },
    "byte": "uint8",
    "rune": "int32",
    "error": "interface",
    "any": "interface",
}


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """Where a type is read: its file, and what the type parameters around it stand for."""

    file: GoFile
    parameters: Mapping[str, tuple[Node, Scope]] = field(default_factory=dict)


class TypeReader:
    """Resolves types; `records` has every named struct read from the file itself, by name."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.records: dict[str, Record] = {}
        self.aliases: dict[str, str] = {}
        self.constants = ConstantReader(self)
        self._named: dict[tuple[Declared, str], Type | Refused] = {}
        self._open: dict[tuple[Declared, str], str] = {}
        self._steps = 0

    def step(self, node: Node, depth: int) -> None:
        """Counts the work and the depth. Raises Refused beyond what any real source has."""
        self._steps += 1
        if depth > MAX_DEPTH:
            deep = f"it, or what holds it, nests deeper than {MAX_DEPTH} levels"
            raise Refused(line_of(node), deep)
        if self._steps > MAX_STEPS:
            raise Refused(line_of(node), f"more than {MAX_STEPS} types to resolve in one file")

    def type(self, node: Node | None, scope: Scope, depth: int = 0) -> Type:
        """The type that stands there. Raises Refused with the line and the reason."""
        if node is None:
            raise Refused(0, "a type is missing")
        self.step(node, depth)
        match node.type:
            case "type_identifier" | "identifier":
                return self._name(node, scope, depth)
            case "qualified_type":
                return self._foreign(node, scope, None)
            case "generic_type":
                return self._generic(node, scope, depth)
            case "pointer_type" | "map_type" | "channel_type" | "function_type":
                return Pointer(self.spell(node, scope))
            case "slice_type":
                return Scalar(self.spell(node, scope), "slice")
            case "interface_type":
                return Scalar(self.spell(node, scope), "interface")
            case "array_type":
                return self._array(node, scope, depth)
            case "struct_type":
                return self._struct(node, scope, depth)
            case "parenthesized_type" | "type_elem" if node.named_child_count == 1:
                return self.type(node.named_children[0], scope, depth + 1)
        raise Refused(line_of(node), f"'{text_of(node)[:40]}' is not read as a field's type")

    # Names

    def find(self, node: Node, scope: Scope) -> Declared | None:
        """The package's declaration of a name, None for a predeclared one."""
        name, line = text_of(node), line_of(node)
        if name in scope.file.twice:
            raise Refused(line, f"{name} is declared twice; keep one declaration")
        found = scope.file.names.get(name)
        if found is None and name not in UNIVERSE:
            found = self._elsewhere(name, line, scope)
        return found

    def _elsewhere(self, name: str, line: int, scope: Scope) -> Declared | None:
        own = self.package.own
        if scope.file is not own and name in own.names and name not in own.twice:
            return own.names[name]
        return self.package.find(name, line)

    def _name(self, node: Node, scope: Scope, depth: int) -> Type:
        name = text_of(node)
        bound = scope.parameters.get(name)
        if bound is not None:
            return self.type(bound[0], bound[1], depth + 1)
        declared = self.find(node, scope)
        if declared is None:
            if name in UNIVERSE:
                return Scalar(name, UNIVERSE[name])
            raise Refused(line_of(node), f"unknown type '{name[:40]}'; declare it in this package")
        if declared.kind not in ("type", "alias"):
            raise Refused(line_of(node), f"'{name[:40]}' is no type")
        if declared.node.child_by_field_name("type_parameters") is not None:
            raise Refused(line_of(node), f"generic type {name} without its type arguments")
        return self._used(node, declared, "", Scope(declared.file), depth)

    def _used(self, node: Node, declared: Declared, args: str, inner: Scope, depth: int) -> Type:
        """A declared type where a field uses it; its fault becomes the field's."""
        try:
            return self.named(declared, args, inner, depth)
        except Refused as fault:
            name, line = f"{declared.name}{args}", line_of(node)
            place = f"{declared.file.path}:{fault.line or declared.line}"
            if fault.reason.startswith(("in ", "it, or what")) or "contains itself" in fault.reason:
                raise Refused(line, fault.reason) from None
            raise Refused(line, f"in {name}, {place}: {fault.reason}") from None

    def named(self, declared: Declared, args: str, scope: Scope, depth: int = 0) -> Type:
        """A declared type, of a generic one the instance whose arguments ``scope`` has."""
        key = (declared, args)
        known = self._named.get(key)
        if isinstance(known, Type):
            return known
        if known is not None:
            raise known
        if key in self._open:
            names = [*list(self._open.values())[list(self._open).index(key) :], declared.name]
            way = f" ({' in '.join(reversed(names))})"[:200] if len(names) > 2 else ""
            reason = f"{declared.name} contains itself by value{way}; hold a pointer to it"
            raise Refused(declared.line, reason)
        self._open[key] = declared.name
        try:
            type_ = self._declared(declared, args, scope, depth)
        except Refused as fault:
            self._named[key] = fault
            raise
        finally:
            del self._open[key]
        if type_.depth > MAX_DEPTH:
            raise Refused(declared.line, f"a type nests deeper than {MAX_DEPTH} levels")
        self._named[key] = type_
        return type_

    def _declared(self, declared: Declared, args: str, scope: Scope, depth: int) -> Type:
        if declared.node.has_error:
            raise Refused(declared.line, "a syntax error in it; mend it")
        name = f"{declared.name}{args}"
        literal = declared.type is not None and declared.type.type == "struct_type"
        type_ = self.type(declared.type, scope, depth if literal else depth + 1)
        if isinstance(type_, RecordType):
            if declared.kind == "alias" and not literal:
                if declared.file is self.package.own:
                    self.aliases[name] = type_.record.name
                return type_
            record = replace(type_.record, name=name, line=declared.line)
            if not literal:  # `type A B`: the fields are B's, and stand there
                record = replace(record, file=declared.file.path, span=None)
            if declared.file is self.package.own:
                self.records[name] = record
            return RecordType(name, record, depth=type_.depth)
        if declared.kind == "alias":
            return type_
        target = type_.target if isinstance(type_, Alias) else type_
        return Alias(name, target, depth=target.depth + 1)

    # Generics

    def _generic(self, node: Node, scope: Scope, depth: int) -> Type:
        base = node.child_by_field_name("type")
        arguments = node.child_by_field_name("type_arguments")
        given = [] if arguments is None else arguments.named_children
        given = [one for one in given if one.type != "comment"]
        if base is None or not given:
            raise Refused(line_of(node), f"'{text_of(node)[:40]}' is not read as a field's type")
        if base.type == "qualified_type":
            return self._foreign(base, scope, node)
        declared = self.find(base, scope)
        if declared is None or declared.kind not in ("type", "alias"):
            reason = f"unknown type '{text_of(base)[:40]}'; declare it in this package"
            raise Refused(line_of(node), reason)
        names = _parameters(declared)
        if len(names) != len(given):
            reason = f"{declared.name} has {len(names)} type parameters, here are {len(given)}"
            raise Refused(line_of(node), reason)
        args = f"[{','.join(self.spell(one, scope, exact=True) for one in given)}]"
        if len(args) > MAX_NAME:
            raise Refused(line_of(node), f"type arguments longer than {MAX_NAME} characters")
        bound = {name: (one, scope) for name, one in zip(names, given, strict=True)}
        return self._used(node, declared, args, Scope(declared.file, bound), depth)

    def spell(self, node: Node, scope: Scope, exact: bool = False) -> str:
        """A type as Go spells it on one line, type parameters replaced. Raises Refused.

        As it stands where that is one line; ``exact`` for one spelling whatever the spaces.
        """
        if not exact and not scope.parameters and (text := plain_text(node)):
            return text
        out: list[str] = []
        size, before = 0, None
        for leaf in leaves(node):
            self.step(leaf, 0)
            text = text_of(leaf)
            bound = scope.parameters.get(text) if leaf.type == "type_identifier" else None
            if bound is not None:
                text = self.spell(*bound, exact=exact)
            elif leaf.type == "package_identifier":
                path = scope.file.imports.get(text, text)
                # As the file itself calls it; two packages never look alike.
                text = text if self.package.own.imports.get(text, text) == path else path
            elif text.startswith("\n"):
                text = ";"
            if before is not None:
                out.append(_between(before, leaf))
            out.append(text)
            before = leaf
            size += len(text) + 1
            if size > 4 * MAX_NAME:
                raise Refused(line_of(node), f"a type longer than {4 * MAX_NAME} characters")
        return "".join(out)

    # Other packages

    def _foreign(self, node: Node, scope: Scope, generic: Node | None) -> Type:
        local = text_of(node.child_by_field_name("package"))
        name = text_of(node.child_by_field_name("name"))
        path = scope.file.imports.get(local)
        spelling = text_of(node)
        if local == "C":
            raise Refused(line_of(node), f"{spelling} is a C type; its layout is the C compiler's")
        if path is None:
            raise Refused(line_of(node), f"no import is called {local}; import {spelling} here")
        if (path, name) == ("unsafe", "Pointer"):
            return Pointer(spelling)
        known = standard_type(path, name, generic is not None)
        if known is None:
            reason = f"{path}.{name} by value: its declaration is in another package"
            raise Refused(line_of(node), f"{reason}; read the program's debug info instead")
        return replace(known, spelling=self.spell(generic or node, scope))

    # Composite types

    def _array(self, node: Node, scope: Scope, depth: int) -> Type:
        element = self.type(node.child_by_field_name("element"), scope, depth + 1)
        length = node.child_by_field_name("length")
        if length is None:
            raise Refused(line_of(node), "an array without a length")
        count = self._length(length, scope, depth)
        deep = max(element.depth, 0 if isinstance(count, int) else count.depth) + 1
        if deep > MAX_DEPTH:
            raise Refused(line_of(node), f"a type nests deeper than {MAX_DEPTH} levels")
        return Array(self.spell(node, scope), element, count, depth=deep)

    def _length(self, node: Node, scope: Scope, depth: int) -> Count:
        expression = self.constants.expression(node, scope, None, depth + 1)
        try:
            known = fold(expression)
        except LayoutError as fault:
            raise Refused(line_of(node), f"array length: {fault}") from None
        if known is None:
            return expression
        value = known.value
        if isinstance(value, str) or value != int(value) or value < 0:
            raise Refused(
                line_of(node), f"array length {text_of(node)[:40]} is no positive integer"
            )
        if value >= 1 << 63:
            raise Refused(line_of(node), f"array length {text_of(node)[:40]} overflows int")
        # Only int's range remains to be checked, which every ABI holds below.
        return int(value) if value < 1 << 31 else known

    def _struct(self, node: Node, scope: Scope, depth: int) -> Type:
        body = next((one for one in node.named_children if "list" in one.type), None)
        if node.has_error or body is None:
            raise Refused(line_of(node), "a syntax error in it; mend it")
        fields: list[Field] = []
        seen: set[str] = set()
        for member in body.named_children:
            if member.type == "comment":
                continue
            for one in self._members(member, scope, depth):
                if one.name in seen:
                    raise Refused(one.line, f"field {one.name} twice; keep one")
                seen |= {one.name or ""} - {"_"}
                fields.append(one)
        deep = 1 + max((one.type.depth for one in fields), default=0)
        listed = "; ".join(f"{one.name} {one.type}" for one in fields)
        spelling = f"struct{{ {listed} }}" if listed else "struct{}"
        if len(spelling) > 4 * MAX_NAME:
            spelling = "struct{...}"
        record = Record(spelling, "struct", tuple(fields), line_of(node), scope.file.path,
                        depth=deep, language="go",
                        span=self._span(body, scope))  # fmt: skip
        return RecordType(spelling, record, depth=deep)

    def _members(self, member: Node, scope: Scope, depth: int) -> list[Field]:
        node = member.child_by_field_name("type")
        if member.type != "field_declaration" or node is None:
            raise Refused(line_of(member), "a syntax error in it; mend it")
        names = [one for one in member.children_by_field_name("name") if one.is_named]
        span, line = self._span(member, scope), line_of(member)
        if names:
            type_ = self.type(node, scope, depth + 1)
            return [
                Field(text_of(name), type_, line=line_of(name), span=span,
                      part=self._span(name, scope))
                for name in names
            ]  # fmt: skip
        pointer = any(child.type == "*" for child in member.children)
        own = node.child_by_field_name("type") if node.type == "generic_type" else node
        if own is not None and own.type == "qualified_type":
            own = own.child_by_field_name("name")
        if own is None or own.type != "type_identifier":
            raise Refused(line, f"'{text_of(member)[:40]}' is not read as an embedded field")
        if pointer:
            embedded: Type = Pointer(f"*{self.spell(node, scope)}")
        else:
            embedded = self.type(node, scope, depth + 1)
        return [Field(text_of(own), embedded, line=line, span=span, part=span)]

    def _span(self, node: Node, scope: Scope) -> tuple[int, int] | None:
        if scope.file is not self.package.own:
            return None
        return scope.file.characters.span(node.start_byte, node.end_byte)


def _between(before: Node, leaf: Node) -> str:
    """What stands between two tokens of a type written on one line."""
    left, right = before.type, leaf.type
    if right in (")", ",", "]", "}", ";"):
        return ""
    if leaf.start_point[0] > before.end_point[0] and left not in ("(", "[", "{", ",", ";"):
        return "; "
    if left in (",", ";", "field_identifier") or (left == "chan" and right != "<-"):
        return "" if right == "(" else " "
    if left == ")":
        return " "
    parted = left == "identifier" if right in ("*", "[", "{") else left.endswith("identifier")
    words = right in ("*", "[", "{") or right.endswith(("identifier", "func", "chan", "map"))
    return " " if parted and words else ""


def _parameters(declared: Declared) -> list[str]:
    """The names of a generic declaration's type parameters, in order."""
    listed = declared.node.child_by_field_name("type_parameters")
    if listed is None:
        return []
    return [
        text_of(name)
        for one in listed.named_children
        if one.type == "type_parameter_declaration"
        for name in one.children_by_field_name("name")
        if name.is_named
    ]
