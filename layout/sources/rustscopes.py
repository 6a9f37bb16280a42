"""What names mean in a Rust file: its modules, its imports, and the paths that they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from layout.model import MAX_DEPTH
from layout.sources.rustnames import PRELUDE, ROOTS
from layout.sources.trees import Refused, leaves, line_of, plain_text, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["Item", "Module", "RustScopes", "parameters", "short", "spell"]

# Types and constants that one file may make the reader look at.
MAX_STEPS = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A struct, union, enum, type alias, trait or constant, with the attributes above it."""

    name: str
    kind: str
    node: Node
    module: Module
    attributes: tuple[Node, ...] = ()

    @property
    def path(self) -> str:
        """Its name with those of the modules around it."""
        return f"{self.module.path}{self.name}"


@dataclass(slots=True, eq=False)
class Module:
    """The file or a module written out in it: items, imports (name -> path), globs."""

    path: str
    parent: Module | None = None
    items: dict[str, Item] = field(default_factory=dict)
    twice: set[str] = field(default_factory=set)
    imports: dict[str, str] = field(default_factory=dict)
    globs: list[str] = field(default_factory=list)
    inner: dict[str, Module] = field(default_factory=dict)


def spell(node: Node) -> str:
    """A type on one line, as Rust writes it. Raises Refused when it is too long."""
    if text := plain_text(node):
        return text
    out, before = "", ""
    for leaf in leaves(node):
        text = text_of(leaf)
        words = (before[-1:].isalnum() or before == "_") and (text[:1].isalnum() or text == "_")
        if words or before in (",", ";", "->", "=", "+") or text in ("->", "=", "+"):
            out += " "
        out += text
        before = text if not (before == "'" and out.endswith(text)) else f"'{text}"
    return out


class RustScopes:
    """Finds declarations; counts the work."""

    def __init__(self) -> None:
        self._steps = 0

    def step(self, node: Node, depth: int) -> None:
        """Counts the work and the depth. Raises Refused beyond what any real source has."""
        self._steps += 1
        if depth > MAX_DEPTH:
            raise Refused(line_of(node), f"a type or constant nests deeper than {MAX_DEPTH} levels")
        if self._steps > MAX_STEPS:
            raise Refused(line_of(node), f"more than {MAX_STEPS} types to resolve in one file")

    def find(self, node: Node, module: Module) -> tuple[Item | None, str]:
        """The file's declaration of a name or path; else None and the whole path as imported."""
        path = "".join(text_of(leaf) for leaf in leaves(node))
        parts = path.split("::")
        where: Module | None = module
        while len(parts) > 1 and where is not None:
            if parts[0] == "super":
                where = where.parent
            elif parts[0] != "self" and where.inner.get(parts[0]) is None:
                break
            elif parts[0] != "self":
                where = where.inner[parts[0]]
            parts.pop(0)
        name = parts[0]
        if where is None or (len(parts) > 1 and where is not module):
            return None, path
        if len(parts) == 1:
            if name in where.twice:
                raise Refused(line_of(node), f"{name} is declared twice; keep one declaration")
            if name in where.items:
                return where.items[name], path
        root = where.imports.get(name)
        whole = "::".join([root, *parts[1:]]) if root is not None else "::".join(parts)
        if whole.startswith(("self::", "super::", "crate::")):
            return None, whole
        return None, whole if root is not None or len(parts) > 1 else self._glob(name, where)

    def _glob(self, name: str, module: Module) -> str:
        """The path of a bare name by a glob import, or the prelude's."""
        known = [
            root for root in module.globs if root.split("::")[0] in ROOTS.get(name, frozenset())
        ]
        if len(known) == 1 and len(module.globs) == 1:
            return f"{known[0]}::{name}"
        return f"std::prelude::{name}" if name in PRELUDE else name

    def standard(self, node: Node, module: Module) -> str | None:
        """The name of the standard library's or libc's type that a path leads to."""
        item, path = self.find(node, module)
        parts = path.split("::")
        known = item is None and len(parts) > 1 and parts[0] in ROOTS.get(parts[-1], frozenset())
        return parts[-1] if known else None


def parameters(item: Item) -> list[Node]:
    """Type and constant parameters; lifetimes do not matter to a layout."""
    listed = item.node.child_by_field_name("type_parameters")
    if listed is None:
        return []
    kept = ("type_parameter", "const_parameter", "optional_type_parameter")
    return [one.child_by_field_name("name") or one for one in listed.named_children
            if one.type in kept]  # fmt: skip


def short(node: Node | None) -> str:
    """What stands there, on one line, cut short for a message."""
    return " ".join(text_of(node).split())[:60]
