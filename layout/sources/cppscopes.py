"""C++ scopes and the look-up of names in them (C++20 6.5).

A name is looked for in the innermost scope first, with the bases of a class and the namespaces that
using directives name. A scope that may hold names which were not read, such as a class with an
unknown base, ends the search: what lies behind it may not be what the name means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from layout.model import Count, Type
from layout.sources.cspecifiers import Fault

__all__ = ["Found", "Later", "Scope", "find", "find_within"]

# Namespaces and classes that one look-up may visit: cyclic or huge using directives end there.
MAX_VISITS = 1_000


@dataclass(slots=True, eq=False)
class Scope:
    """A namespace, a class, or the enumerators of an enumeration.

    ``prefix`` is what its members' names begin with: ``ns::Outer::``. Namespaces without a name
    have that of the one around them.
    """

    kind: Literal["namespace", "class", "enum"]
    prefix: str = ""
    parent: Scope | None = None
    types: dict[str, Type | Fault] = field(default_factory=dict)
    values: dict[str, Count | Fault] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    bases: list[Scope] = field(default_factory=list)  # of a class
    inlined: list[Scope] = field(default_factory=list)  # inline and unnamed namespaces within
    # Using directives: the namespace named, and the one as whose members its names count.
    directives: list[tuple[Scope, Scope]] = field(default_factory=list)
    unknown: str = ""  # why it may hold names that were not read
    short: str = ""  # the prefix without inline namespaces

    @property
    def depth(self) -> int:
        """Scopes around it."""
        depth, scope = 0, self.parent
        while scope is not None:
            depth, scope = depth + 1, scope.parent
        return depth

    def use(self, other: Scope) -> None:
        """A using directive: the names of ``other`` count as members of the nearest namespace
        around both (C++20 9.8.4 paragraph 2)."""
        around = set[int]()
        scope: Scope | None = self
        while scope is not None:
            around.add(id(scope))
            scope = scope.parent
        scope = other
        while scope is not None and id(scope) not in around:
            scope = scope.parent
        if scope is not None and (other, scope) not in self.directives:
            self.directives.append((other, scope))


@dataclass(frozen=True, slots=True)
class Later(Fault):
    """A class that is declared but not complete yet; an alias of it is good once it is."""

    scope: Scope
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a scope says of a name: a type or the reason why none, a value, a scope."""

    type: Type | Fault | None = None
    value: Count | Fault | None = None
    scope: Scope | None = None


def find(name: str, start: Scope) -> Found | None:
    """Unqualified look-up from a scope outwards."""
    visible: list[tuple[Scope, Scope]] = []
    scope: Scope | None = start
    visits = 0
    while scope is not None:
        visible += scope.directives
        candidates = [scope, *(used for used, around in visible if around is scope)]
        visits += len(candidates)
        if visits > MAX_VISITS:
            return Found(Fault(f"too many scopes to look '{name[:40]}' up in", 0))
        found = _merge(name, [_member(name, one) for one in candidates])
        if found is not None:
            return found
        if scope.unknown:
            reason = f"'{name[:40]}' may come from {scope.unknown}"
            return Found(Fault(reason, 0), Fault(reason, 0))
        scope = scope.parent
    return None


def find_within(name: str, scope: Scope) -> Found | None:
    """Qualified look-up: ``scope::name``."""
    found = _member(name, scope)
    if found is None:
        found = _merge(name, [_member(name, used) for used, _ in scope.directives])
    if found is None and scope.unknown:
        reason = f"'{name[:40]}' may come from {scope.unknown}"
        return Found(Fault(reason, 0), Fault(reason, 0))
    return found


def _member(name: str, scope: Scope) -> Found | None:
    """A name of a scope itself, of its inline namespaces or of its bases."""
    seen, rest = {id(scope)}, [scope]
    visits = 0
    while rest:
        level: list[Scope] = []
        found: list[Found | None] = []
        for one in rest:
            visits += 1
            own = _own(name, one)
            found.append(own)
            if own is None:
                inner = [*one.inlined, *one.bases]
                level += [other for other in inner if id(other) not in seen]
                seen |= {id(other) for other in inner}
        if visits > MAX_VISITS:
            return Found(Fault(f"too many scopes to look '{name[:40]}' up in", 0))
        merged = _merge(name, found)
        if merged is not None:
            return merged
        if scope.kind == "class" and any(one.unknown for one in rest if one is not scope):
            reason = f"'{name[:40]}' may come from a base that is not read"
            return Found(Fault(reason, 0), Fault(reason, 0))
        rest = level
    return None


def _own(name: str, scope: Scope) -> Found | None:
    type_, value = scope.types.get(name), scope.values.get(name)
    inner = scope.scopes.get(name)
    if isinstance(type_, Later):
        now = type_.scope.types.get(type_.name)
        type_ = now if isinstance(now, Type) else type_
    if type_ is None and value is None and inner is None:
        return None
    return Found(type_, value, inner)


def _merge(name: str, found: list[Found | None]) -> Found | None:
    """One answer from several scopes: different ones are ambiguous."""
    known = [one for one in found if one is not None]
    if not known:
        return None
    first = known[0]
    if all(_same(first, other) for other in known[1:]):
        return first
    fault = Fault(f"'{name[:40]}' is ambiguous; write its scope", 0)
    return Found(fault, fault)


def _same(one: Found, other: Found) -> bool:
    same = one.value is other.value or (isinstance(one.value, int) and one.value == other.value)
    return same and one.type is other.type and one.scope is other.scope
