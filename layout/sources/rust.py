"""The reader of Rust: structs and unions whose layout a ``repr`` fixes.

Rust reference, Type layout: ``repr(C)`` follows the C compiler of the target, ``packed(N)`` and
``align(N)`` modify it, ``repr(transparent)`` lies as its only field with a size. Of a record
without them rustc chooses the order of the fields, so it is never placed: the reason says the least
size that it could reach where all its fields are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from layout.abis import DEFAULT_ABI, find_abi
from layout.errors import LayoutError
from layout.model import (
    MAX_DEPTH,
    Alias,
    Array,
    Atomic,
    Count,
    Enum,
    Field,
    Record,
    RecordType,
    Scalar,
    Skipped,
    Source,
    Type,
)
from layout.place import Placer
from layout.sources.rustnames import PRIMITIVES
from layout.sources.rustscopes import Item, Module, spell
from layout.sources.rusttypes import RustTypes
from layout.sources.trees import Characters, Refused, below, leaves, line_of, parse, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["read"]

GRAMMAR = "tree_sitter_rust"
MAX_MODULES = 32  # modules within modules

_KINDS = {"struct_item": "struct", "union_item": "union", "enum_item": "enum",
          "type_item": "type", "const_item": "const", "trait_item": "trait"}  # fmt: skip
_RECORD = re.compile(rb"\b(?:struct|union)\s+(\w+)")


def read(text: str, file: str) -> Source:
    """Records and skipped records of a Rust file. Raises LayoutError beyond `trees.MAX_TEXT`."""
    reader = _FileReader(text.encode("utf-8", errors="replace"), file)
    reader.run()
    skipped = tuple(sorted(reader.skipped, key=lambda entry: (entry.line, entry.name)))
    records = dict(sorted(reader.records.items(), key=lambda entry: entry[1].line))
    aliases = {name: target for name, target in reader.aliases.items() if target in records}
    return Source(file, records, skipped, aliases)


@dataclass(slots=True)
class _Repr:
    """What the ``repr`` attributes of an item say."""

    names: set[str] = field(default_factory=set)
    pack: int | None = None
    aligned: list[int] = field(default_factory=list)


class _FileReader(RustTypes):
    def __init__(self, data: bytes, file: str) -> None:
        super().__init__()
        self.file = file
        self.records: dict[str, Record] = {}
        self.aliases: dict[str, str] = {}
        self.skipped: list[Skipped] = []
        self._characters = Characters(data)
        self._tree = parse(data, GRAMMAR, file)
        self._known: dict[Item, Type | Refused] = {}
        self._items: list[Item] = []

    def run(self) -> None:
        """Reads every item of the file and of the modules written out in it."""
        self._module(self._tree.root_node, Module(""), 0)
        for item in self._items:
            if item.kind in ("struct", "union", "type") and item.name not in item.module.twice:
                self._read_one(item)

    # Items

    def _module(self, body: Node, module: Module, depth: int) -> None:
        above: list[Node] = []
        for node in body.children:
            if node.type == "attribute_item":
                above.append(node)
                continue
            if "comment" in node.type:
                continue
            attributes, above = tuple(above), []
            if node.type in _KINDS:
                self._item(node, module, attributes)
            elif node.type == "mod_item" and depth < MAX_MODULES:
                self._inner(node, module, depth)
            elif node.type == "use_declaration":
                _imports(node, module)
            elif node.is_named:
                self._hidden(node)

    def _item(self, node: Node, module: Module, attributes: tuple[Node, ...]) -> None:
        name, kind = text_of(node.child_by_field_name("name"))[:200], _KINDS[node.type]
        if name in module.items:
            module.twice.add(name)
            if kind in ("struct", "union"):
                reason = "declared twice, perhaps under conditions; keep one declaration"
                self.skipped.append(Skipped(f"{module.path}{name}", line_of(node), reason))
        item = module.items[name] = Item(name, kind, node, module, attributes)
        self._items.append(item)

    def _inner(self, node: Node, module: Module, depth: int) -> None:
        name, body = text_of(node.child_by_field_name("name")), node.child_by_field_name("body")
        if body is not None and name not in module.inner:
            inner = module.inner[name] = Module(f"{module.path}{name}::", module)
            self._module(body, inner, depth + 1)

    def _hidden(self, node: Node) -> None:
        """Lists records inside functions, and inside what does not parse."""
        data = node.text or b""
        if _RECORD.search(data) is None or node.type == "macro_definition":
            return
        broken = node.type == "ERROR"
        names: set[str] = set()
        if not broken:
            for one in below(node, "struct_item", "union_item"):
                name = text_of(one.child_by_field_name("name"))[:80]
                reason = "declared inside a function; declare it outside to see it"
                self.skipped.append(Skipped(name, line_of(one), reason))
            return
        for found in _RECORD.finditer(data):
            name = found[1].decode("utf-8", errors="replace")[:80]
            if name not in names:
                line = line_of(node) + data.count(b"\n", 0, found.start())
                self.skipped.append(Skipped(name, line, "inside what does not parse; mend it"))
                names.add(name)

    def _read_one(self, item: Item) -> None:
        try:
            if item.kind != "type" and item.node.child_by_field_name("type_parameters") is not None:
                self._check_generic(item)
            type_ = self.item_type(item, 0)
            inner = type_
            while isinstance(inner, Alias):
                inner = inner.target
            if item.kind == "type" and isinstance(inner, RecordType):
                self.aliases[item.path] = inner.record.name
        except Refused as fault:
            if item.kind != "type":
                line = fault.line or line_of(item.node)
                self.skipped.append(Skipped(item.path, line, fault.reason))

    def _check_generic(self, item: Item) -> None:
        listed = item.node.child_by_field_name("type_parameters")
        kinds = [] if listed is None else [one.type for one in listed.named_children]
        if any(kind not in ("lifetime", "lifetime_parameter", "attribute_item") for kind in kinds):
            reason = "generic: its layout depends on its arguments"
            raise Refused(line_of(item.node), f"{reason}; write the type out with them")

    def item_type(self, item: Item, depth: int) -> Type:
        known = self._known.get(item)
        if isinstance(known, Refused):
            raise known
        if known is None:
            try:
                known = self._known[item] = self._build(item, depth)
            except Refused as fault:
                # How deep, and within what, it was asked for is no property of the type.
                if "deeper" not in fault.reason and "contains itself" not in fault.reason:
                    self._known[item] = fault
                raise
        if known.depth > MAX_DEPTH:
            raise Refused(line_of(item.node), f"a type nests deeper than {MAX_DEPTH} levels")
        return known

    def _build(self, item: Item, depth: int) -> Type:
        if item.node.has_error:
            raise Refused(line_of(item.node), "a syntax error in it; mend it")
        if item.kind == "type":
            inner = self.type(item.node.child_by_field_name("type"), item.module, depth)
            return Alias(item.name, inner, depth=inner.depth + 1)
        marks = _repr(item)
        if item.kind == "enum":
            return self._enum(item, marks, depth)
        opened = item not in self._open  # `_declared` has entered it, unless it is read for itself
        if opened:
            self._open.append(item)
        try:
            return self._record(item, marks, depth)
        finally:
            if opened:
                self._open.remove(item)

    # Records

    def _record(self, item: Item, marks: _Repr, depth: int) -> Type:
        fixed = marks.names & {"C", "transparent"}
        if not fixed:
            raise Refused(line_of(item.node), self._by_rustc(item, marks, depth))
        fields = self._fields(item, depth)
        if marks.pack is not None and any(_is_aligned(one.type) for one in fields):
            raise Refused(line_of(item.node), "packed with an aligned field, which rustc refuses")
        deep = 1 + max((one.type.depth for one in fields), default=0)
        if deep > MAX_DEPTH:
            raise Refused(line_of(item.node), f"a type nests deeper than {MAX_DEPTH} levels")
        record = Record(
            item.path,
            "union" if item.kind == "union" else "struct",
            tuple(fields),
            line_of(item.node),
            self.file,
            aligned=tuple(marks.aligned),
            pack=marks.pack,
            depth=deep,
            span=self._span(item.node.child_by_field_name("body")),
            language="rust",
        )
        self.records[item.path] = record
        return RecordType(item.name, record, depth=deep)

    def _by_rustc(self, item: Item, marks: _Repr, depth: int) -> str:
        """Why a record without a fixed layout is left out. Every type's size is a multiple of its
        alignment, so that falling alignment leaves no hole: the least size is the sum."""
        reason = "repr(Rust): rustc may reorder its fields"
        remedy = "read the binary's debug info for what it did, or say repr(C)"
        if item.kind == "union":
            return f"repr(Rust): the offsets of its fields are rustc's choice; {remedy}"
        try:
            fields = self._fields(item, depth)
            placer = Placer(find_abi(DEFAULT_ABI))
            sizes = [placer.measure(one.type) for one in fields]
        except (Refused, LayoutError):
            return f"{reason}; {remedy}"
        aligns = [min(align, marks.pack or align) for _, align in sizes]
        align = max([*marks.aligned, *aligns], default=1)
        least = -(-sum(size for size, _ in sizes) // align) * align
        unit = "byte" if least == 1 else "bytes"
        return f"{reason}: at best {least} {unit} on {DEFAULT_ABI}; {remedy}"

    def _fields(self, item: Item, depth: int) -> list[Field]:
        body = item.node.child_by_field_name("body")
        if body is None:
            return []
        tupled = body.type == "ordered_field_declaration_list"
        fields: list[Field] = []
        attributes: list[Node] = []
        for node in body.named_children:
            if node.type == "attribute_item":
                attributes.append(node)
                continue
            if "comment" in node.type or node.type == "visibility_modifier":
                continue
            _check_attributes(attributes, f"field {len(fields)}" if tupled else "a field")
            attributes = []
            type_ = node if tupled else node.child_by_field_name("type")
            name = str(len(fields)) if tupled else text_of(node.child_by_field_name("name"))
            held = self.type(type_, item.module, depth + 1)
            if type_ is not None:
                held = _spelled(held, spell(type_))
            span = self._span(node)
            fields.append(Field(name, held, line=line_of(node), span=span, part=span))
        seen = {one.name for one in fields}
        if len(seen) < len(fields):
            raise Refused(line_of(item.node), "two fields of one name; keep one")
        return fields

    def _span(self, node: Node | None) -> tuple[int, int] | None:
        return None if node is None else self._characters.span(node.start_byte, node.end_byte)

    # Enumerations

    def _enum(self, item: Item, marks: _Repr, depth: int) -> Type:
        """Rust reference, Primitive representations and The C representation, of enums without
        fields."""
        body = item.node.child_by_field_name("body")
        variants = [] if body is None else body.named_children
        variants = [one for one in variants if one.type == "enum_variant"]
        if any(one.child_by_field_name("body") is not None for one in variants):
            raise Refused(line_of(item.node), "an enum with fields: its layout is not read")
        primitive = sorted(marks.names & set(PRIMITIVES))
        if len(primitive) == 1 and variants:
            inner = Scalar(item.name, PRIMITIVES[primitive[0]])
            return Alias(item.name, inner, depth=2)
        if "C" not in marks.names or not variants:
            raise Refused(line_of(item.node), "an enum without repr: its size is rustc's choice")
        values: list[Count] = []
        for variant in variants:
            given = variant.child_by_field_name("value")
            before = values[-1] if values else -1
            value = (self.constant(given, item.module, depth + 1) if given is not None
                     else before + 1 if isinstance(before, int) else before)  # fmt: skip
            if not isinstance(value, int) or not -(1 << 31) <= value < 1 << 31:
                raise Refused(line_of(variant), "a discriminant beyond a C int")
            values.append(value)
        return Enum(item.name, (min(*values, 0), max(*values, 0)), depth=2)  # type: ignore[type-var]


def _spelled(type_: Type, spelling: str) -> Type:
    """The type as the field writes it: a path keeps what stands before the name."""
    return type_ if type_.spelling == spelling else replace(type_, spelling=spelling)


def _is_aligned(type_: Type) -> bool:
    """Whether a record within says ``align``: rustc refuses it inside a packed one."""
    while isinstance(type_, Alias | Array):
        type_ = type_.target if isinstance(type_, Alias) else type_.element
    if not isinstance(type_, RecordType):
        return isinstance(type_, Atomic)
    return bool(type_.record.aligned) or any(_is_aligned(one.type) for one in type_.record.fields)


def _check_attributes(attributes: list[Node], what: str) -> None:
    for node in attributes:
        name = re.sub(r"\s", "", text_of(node))[2:]
        if name.startswith(("cfg(", "cfg_attr(")):
            raise Refused(line_of(node), f"{what} depends on #[cfg]; write it out for one target")


def _repr(item: Item) -> _Repr:
    """The sum of an item's ``repr`` attributes. Raises Refused for one that is conditional or that
    may rewrite the item."""
    marks = _Repr()
    for node in item.attributes:
        words = [text_of(leaf) for leaf in leaves(node)][2:-1]
        if words[:1] == ["cfg_attr"] and "repr" in words:
            raise Refused(line_of(node), "its repr depends on #[cfg_attr]; write it out")
        if any("bitfield" in word for word in words[:3]):
            raise Refused(line_of(node), f"#[{words[0]}] rewrites its fields")
        if words[:1] == ["repr"]:
            _take(words[2:-1], marks, node)
    if marks.pack is not None and marks.aligned:
        raise Refused(line_of(item.node), "packed and align together, which rustc refuses")
    return marks


def _take(words: list[str], marks: _Repr, node: Node) -> None:
    at = 0
    while at < len(words):
        word, number = words[at], 1
        if words[at + 1 : at + 2] == ["("]:
            given = words[at + 2].replace("_", "")
            if not re.fullmatch("[0-9]{1,9}", given) or words[at + 3 : at + 4] != [")"]:
                raise Refused(line_of(node), f"repr({word}) is not understood")
            number = int(given)
            at += 3
        if word in ("packed", "align") and (number & (number - 1) or not 0 < number <= 1 << 29):
            raise Refused(line_of(node), f"{word}({number}) is no power of two up to 2^29")
        if word == "packed":
            marks.pack = min(number, marks.pack or number)
        elif word == "align":
            marks.aligned.append(number)
        elif word in ("C", "Rust", "transparent") or word in PRIMITIVES:
            marks.names.add(word)
        elif word != ",":
            raise Refused(line_of(node), f"repr({word[:40]}) is not supported")
        at += 1


def _imports(node: Node, module: Module) -> None:
    """What a ``use`` brings: names by their whole path, and globs."""
    pending: list[tuple[Node, str]] = [(one, "") for one in node.named_children]
    while pending:
        one, root = pending.pop()
        path = one.child_by_field_name("path")
        if one.type == "scoped_use_list":
            listed = one.child_by_field_name("list")
            inner = f"{root}{spell(path)}::" if path is not None else root
            pending += [(each, inner) for each in (listed.named_children if listed else [])]
        elif one.type == "use_list":
            pending += [(each, root) for each in one.named_children]
        elif one.type == "use_wildcard":
            module.globs.append(f"{root}{spell(one).removesuffix('::*')}")
        elif one.type == "use_as_clause":
            alias = text_of(one.child_by_field_name("alias"))
            module.imports[alias] = f"{root}{spell(path)}" if path is not None else root
        elif one.type in ("identifier", "scoped_identifier"):
            whole = f"{root}{spell(one)}"
            module.imports[whole.rpartition("::")[2]] = whole
        elif one.type == "self":
            module.imports[root.split("::")[-2]] = root.removesuffix("::")
