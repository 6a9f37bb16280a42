"""What the files of a Go package declare at the top, by name.

A package's declarations are spread over the files of its folder. Names that a file lacks are looked
up in the others of the same package (tests left out); one that several of them declare depends on
build constraints and is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from layout.sources.trees import Characters, Refused, below, line_of, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

__all__ = ["GRAMMAR", "Declared", "GoFile", "Package"]

GRAMMAR = "tree_sitter_go"

# Bytes of the other files of a package that are looked into.
MAX_SIBLINGS = 16 << 20

_IGNORED = re.compile(rb"^//go:build\s+ignore\b|^// \+build\s+ignore\b", re.MULTILINE)
_LOCAL = re.compile(rb"\btype\s+(\w*)")
_VERSION = re.compile(r"v[0-9]+")


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """One name: ``kind`` is type, alias, const, var or func.

    Of a constant, ``type`` and ``value`` are what it repeats when its own are left out.
    """

    name: str
    kind: str
    file: GoFile
    node: Node
    type: Node | None = None
    value: Node | None = None
    iota: int = 0

    @property
    def line(self) -> int:
        """Where it stands."""
        return line_of(self.node)


class GoFile:
    """One file's package, imports and declarations."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        self.package = ""
        self.imports: dict[str, str] = {}  # local name -> import path
        self.names: dict[str, Declared] = {}
        self.twice: set[str] = set()
        self.types: list[Declared] = []
        self.hidden: list[tuple[str, int, str]] = []  # types out of reach: name, line, reason
        self.characters = Characters(data)
        self.tree = parse(data, GRAMMAR, path)
        tops = self.tree.root_node.children
        for node in tops:
            self._top(node)
        self._find_hidden(tops)

    def _top(self, node: Node) -> None:
        match node.type:
            case "package_clause":
                self.package = text_of(node.named_children[-1]) if node.named_children else ""
            case "import_declaration":
                for spec in _specs(node, "import_spec"):
                    self._import(spec)
            case "type_declaration":
                for spec in _specs(node, "type_spec", "type_alias"):
                    kind = "type" if spec.type == "type_spec" else "alias"
                    type_ = spec.child_by_field_name("type")
                    self._declare(spec.child_by_field_name("name"), kind, spec, type_)
            case "const_declaration":
                self._constants(node)
            case "var_declaration":
                for spec in _specs(node, "var_spec"):
                    for name in spec.children_by_field_name("name"):
                        self._declare(name, "var", spec, spec.child_by_field_name("type"))
            case "function_declaration":
                self._declare(node.child_by_field_name("name"), "func", node)

    def _import(self, spec: Node) -> None:
        path = text_of(spec.child_by_field_name("path")).strip('"`')
        parts = path.split("/")
        last = parts[-2] if len(parts) > 1 and _VERSION.fullmatch(parts[-1]) else parts[-1]
        self.imports[text_of(spec.child_by_field_name("name")) or last] = path

    def _constants(self, node: Node) -> None:
        """Specification, Constant declarations: an omitted list repeats the one before."""
        type_, values = None, list["Node"]()
        for iota, spec in enumerate(_specs(node, "const_spec")):
            listed = spec.child_by_field_name("value")
            if listed is not None:
                type_, values = spec.child_by_field_name("type"), listed.named_children
                values = [value for value in values if value.type != "comment"]
            names = [name for name in spec.children_by_field_name("name") if name.is_named]
            for index, name in enumerate(names):
                value = values[index] if index < len(values) else None
                self._declare(name, "const", spec, type_, value, iota)

    def _declare(
        self,
        name: Node | None,
        kind: str,
        node: Node,
        type_: Node | None = None,
        value: Node | None = None,
        iota: int = 0,
    ) -> None:
        text = text_of(name)
        if not text.isidentifier() or text == "_" or (kind == "func" and text == "init"):
            return
        declared = Declared(text, kind, self, node, type_, value, iota)
        if text in self.names:
            self.twice.add(text)
        self.names[text] = declared
        if kind in ("type", "alias"):
            self.types.append(declared)

    def _find_hidden(self, tops: list[Node]) -> None:
        """Types inside functions and inside what does not parse."""
        reasons = {
            "ERROR": "inside what does not parse; mend the syntax before it",
            **dict.fromkeys(
                ("function_declaration", "method_declaration", "var_declaration"),
                "declared inside a function; declare it at the top of the file to see it",
            ),
        }
        for top in tops:
            reason = reasons.get(top.type)
            if reason is None or _LOCAL.search(top.text or b"") is None:
                continue
            for spec in below(top, "type_spec", "type_alias"):
                name = text_of(spec.child_by_field_name("name"))[:80] or "<unnamed>"
                self.hidden.append((name, line_of(spec), reason))
            if top.type == "ERROR":
                self._find_broken(top)

    def _find_broken(self, top: Node) -> None:
        """What does not parse far enough to be a declaration but names one."""
        listed = {name for name, _, _ in self.hidden}
        for found in _LOCAL.finditer(top.text or b""):
            name = found[1].decode("utf-8", errors="replace")[:80]
            if name and name not in listed and name not in self.names:
                line = line_of(top) + (top.text or b"").count(b"\n", 0, found.start())
                self.hidden.append((name, line, "a syntax error in it; mend it"))
                listed.add(name)


def _specs(node: Node, *types: str) -> Iterator[Node]:
    """The specifications of a declaration, in brackets or not."""
    for child in node.named_children:
        if child.type in types:
            yield child
        elif child.type in ("import_spec_list", "var_spec_list"):
            yield from (spec for spec in child.named_children if spec.type in types)


class Package:
    """A file and, once a name asks for them, the other files of its package."""

    def __init__(self, own: GoFile) -> None:
        self.own = own
        self._siblings: list[tuple[str, bytes]] | None = None
        self._unread = ""  # a file that was not looked into
        self._parsed: dict[str, GoFile] = {}
        self._found: dict[str, Declared | None] = {}

    def find(self, name: str, line: int) -> Declared | None:
        """The declaration of a name elsewhere in the package; None where there is none.

        Raises Refused when several files declare it.
        """
        if name not in self._found:
            self._found[name] = self._search(name, line)
        return self._found[name]

    def _search(self, name: str, line: int) -> Declared | None:
        word = re.compile(rb"\b" + re.escape(name.encode()) + rb"\b")
        found: list[Declared] = []
        for path, data in self._others():
            if word.search(data) is None:
                continue
            if path not in self._parsed:
                self._parsed[path] = GoFile(data, path)
            file = self._parsed[path]
            if file.package == self.own.package and name in file.names:
                found.append(file.names[name])
        if self._unread:
            raise Refused(
                line, f"{name} may stand in {self._unread}, which is not read; copy it here"
            )
        if len(found) > 1 or (found and name in found[0].file.twice):
            names = ", ".join(Path(one.file.path).name for one in found[:3])
            reason = f"{name} depends on build constraints: declared in {names}"
            raise Refused(line, f"{reason}; declare it in this file")
        return found[0] if found else None

    def _others(self) -> list[tuple[str, bytes]]:
        if self._siblings is None:
            self._siblings = []
            own = Path(self.own.path)
            try:
                paths = sorted(own.parent.glob("*.go")) if own.is_file() else []
            except (OSError, ValueError):
                paths = []
            total = 0
            for path in paths:
                if path.name.endswith("_test.go") or path.name[0] in "._" or path.samefile(own):
                    continue
                data = _bytes(path, MAX_SIBLINGS - total)
                if data is None:
                    self._unread = path.name
                elif not _IGNORED.search(data):
                    total += len(data)
                    self._siblings.append((str(path), data))
        return self._siblings


def _bytes(path: Path, most: int) -> bytes | None:
    """A file's content; None when it cannot be read or is larger than that."""
    try:
        if not path.is_file() or path.stat().st_size > most:
            return None
        return path.read_bytes()
    except OSError:
        return None
